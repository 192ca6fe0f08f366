package org.postroom.server.http;

import org.postroom.ftp.Verb;
import org.postroom.http.Status;
import org.postroom.server.Settings;
import org.postroom.store.Addressee;
import org.postroom.store.FilePath;
import org.postroom.store.Refused;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;

/// `/pub/`: what anonymous FTP shows (RFC 1635), to whoever asks. Nothing comes in by it; what was put into
/// the drop box is its owner's alone.
final class PublicFiles implements Area {

    private final Files files = new Files();

    @Override
    public Answer answer(Exchange asked) throws Refusal, Refused, IOException {
        var anonymous = asked.house().settings().get().ftp().anonymous();
        if (anonymous.isEmpty() || !anonymous.get().commands().contains(Verb.RETR))
            throw new Refusal(Status.NOT_FOUND, "not-found");
        return files.answer(asked, shelf(asked, anonymous.get()), Site.below(asked));
    }

    private static Shelf shelf(Exchange asked, Settings.Anonymous anonymous)
            throws Refusal, Refused {
        var store = asked.house().store();
        var account =
                store.directory()
                        .find(Addressee.of(anonymous.account()))
                        .orElseThrow(() -> new Refusal(Status.NOT_FOUND, "not-found"));
        return new Shelf(
                store.account(account),
                FilePath.ROOT,
                "/pub",
                EnumSet.of(Shelf.Right.READ),
                Optional.empty(),
                anonymous.dropBox().isEmpty()
                        ? Optional.empty()
                        : Optional.of(FilePath.ROOT.resolve(anonymous.dropBox())));
    }
}
