package org.postroom.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;

/// Who takes part: how a server of the kind is set up.
///
/// @param title as the table calls it
/// @param packages Debian's; none for our own
record Contender(String title, String address, List<String> packages, Maker maker) {

    /// Sets a server up in an empty folder; it does not run yet.
    @FunctionalInterface
    interface Maker {
        Subject make(Site site, Path folder, InetAddress address, Stage stage) throws IOException;
    }

    static final Contender POSTROOM =
            new Contender(
                    "Postroom",
                    "127.7.0.1",
                    List.of(),
                    (site, folder, address, stage) ->
                            new Postroom(site, folder, address, stage, java.util.Map.of()));

    static final Contender POSTFIX_DOVECOT =
            new Contender(
                    "Postfix, Dovecot",
                    "127.7.0.3",
                    List.of(
                            "postfix",
                            "dovecot-core",
                            "dovecot-imapd",
                            "dovecot-pop3d",
                            "dovecot-lmtpd"),
                    PostfixDovecot::new);

    Contender {
        packages = List.copyOf(packages);
    }

    Subject set(Site site, Stage stage) throws IOException {
        var folder =
                site.folder(title.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z]+", "-"));
        return maker.make(site, folder, InetAddress.getByName(address), stage);
    }
}
