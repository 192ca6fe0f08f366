package org.postroom.mime.compose;

import org.postroom.mime.Source;
import org.postroom.mime.compose.Party.Person;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/// A message sent once more as it is, by another one: a block of Resent- fields before it, and not an
/// octet of it changed but what the hop can't take.
// RFC 5322 §3.6.6: the block stands before all earlier ones; the fields below it stay
public record Resend(List<Header> block, Source message) {

    public Resend {
        block = List.copyOf(block);
    }

    public static Resend of(
            Composer composer, Person from, List<? extends Party> to, Source message) {
        if (to.isEmpty()) throw new IllegalArgumentException("to nobody");
        var block = new ArrayList<Header>();
        block.add(new Header.Date("Resent-Date", composer.now()));
        block.add(new Header.Parties("Resent-From", List.of(from)));
        block.add(new Header.Parties("Resent-To", to));
        block.add(new Header.Ids("Resent-Message-ID", List.of(composer.id())));
        return new Resend(block, message);
    }

    public void writeTo(OutputStream out, NextHop hop) throws IOException, CannotCross {
        var reencoding = Reencoding.of(message, hop);
        reencoding.demandWhole();
        for (var field : block) out.write(field.print(hop));
        reencoding.writeTo(out);
    }
}
