package org.postroom.mime.compose;

import org.postroom.mime.compose.Party.Person;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// A message: header fields, and its content. It can be written any number of times, for different
/// hops.
public record Message(List<Header> header, Entity content) {

    private static final int BUFFER = 16 << 10;

    public Message {
        header = List.copyOf(header);
    }

    /// Writes it, streaming what it contains. Whatever a hop takes, another one after it may ask for
    /// less: [Reencoding] is for that.
    ///
    /// @throws CannotCross before anything is written, if the hop can't take it however it is written
    public void writeTo(OutputStream out, NextHop hop) throws IOException, CannotCross {
        var plan = Plan.of(content, hop, false);
        byte[] fields = fields(hop);
        var buffer = new BufferedOutputStream(out, BUFFER);
        var lines = new LastLine(buffer);
        lines.write(fields);
        plan.write(lines);
        lines.end();
        buffer.flush();
    }

    private byte[] fields(NextHop hop) throws CannotCross {
        var fields = new ByteArrayOutputStream();
        for (var field : header) fields.writeBytes(field.print(hop));
        fields.writeBytes(new Header.Tokens("MIME-Version", "1.0").print(hop)); // RFC 2045 §4
        return fields.toByteArray();
    }

    /// All of it in memory; for messages that are known to be small.
    public byte[] octets(NextHop hop) throws IOException, CannotCross {
        var out = new ByteArrayOutputStream();
        writeTo(out, hop);
        return out.toByteArray();
    }

    /// The least that a hop must take for the message as it is written for this one: what goes to
    /// MAIL FROM's BODY and SMTPUTF8 (RFC 6152 §2, RFC 6531 §3.4).
    public NextHop needs(NextHop hop) throws IOException, CannotCross {
        var needs = Plan.of(content, hop, false).needs();
        for (byte octet : fields(hop)) if (octet < 0) return needs.or(NextHop.UTF8);
        return needs;
    }

    /// Without the field that the recipients must not see. RFC 5322 §3.6.3.
    public Message withoutBcc() {
        return new Message(
                header.stream().filter(field -> !field.name().equalsIgnoreCase("Bcc")).toList(),
                content);
    }

    /// Whom it is for, each once: To, Cc and Bcc, or their Resent- kin where there are any.
    public List<Person> recipients() {
        boolean resent = header.stream().anyMatch(field -> field.name().startsWith("Resent-"));
        SequencedMap<String, Person> people = new LinkedHashMap<>();
        for (var field : header)
            if (field instanceof Header.Parties(var name, var parties)
                    && List.of("To", "Cc", "Bcc")
                            .contains(resent ? name.replaceFirst("^Resent-", "") : name)
                    && name.startsWith("Resent-") == resent)
                for (var person : Party.people(parties)) people.putIfAbsent(person.key(), person);
        return new ArrayList<>(people.values());
    }

    /// Sees to it that the message's last line has its end.
    private static final class LastLine extends OutputStream {

        private final OutputStream out;
        private int last = '\n';

        LastLine(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            last = b;
        }

        @Override
        public void write(byte[] b, int off, int len) throws IOException {
            out.write(b, off, len);
            if (len > 0) last = b[off + len - 1];
        }

        void end() throws IOException {
            if (last != '\n') Lines.end(out);
        }
    }
}
