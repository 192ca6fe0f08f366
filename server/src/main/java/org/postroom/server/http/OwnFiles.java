package org.postroom.server.http;

import org.postroom.store.FilePath;
import org.postroom.store.Refused;
import org.postroom.store.Use;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;

/// `/files/`: an account's own tree, as FTP shows it.
final class OwnFiles implements Area {

    private final SignIn signIn;
    private final Files files = new Files();

    OwnFiles(SignIn signIn) {
        this.signIn = signIn;
    }

    @Override
    public Answer answer(Exchange asked) throws Refusal, Refused, IOException {
        var who = signIn.signed(asked, Use.FILES);
        var shelf =
                new Shelf(
                        asked.house().store().account(who.account()),
                        FilePath.ROOT,
                        "/files",
                        EnumSet.allOf(Shelf.Right.class),
                        Optional.of(who),
                        Optional.empty());
        return files.answer(asked, shelf, Site.below(asked));
    }
}
