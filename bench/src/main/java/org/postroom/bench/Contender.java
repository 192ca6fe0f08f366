package org.postroom.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
                            new Postroom(site, folder, address, stage, Map.of()));

    static final Contender UNSYNCED =
            new Contender(
                    "Postroom without sync",
                    "127.7.0.2",
                    List.of(),
                    (site, folder, address, stage) ->
                            new Postroom(site, folder, address, stage, Unsynced.environment(site)));

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

    static final Contender VSFTPD =
            new Contender("vsftpd", "127.7.0.4", List.of("vsftpd"), Vsftpd::new);

    static final Contender PROFTPD =
            new Contender(
                    "ProFTPD",
                    "127.7.0.5",
                    List.of("proftpd-core", "proftpd-mod-crypto"),
                    Proftpd::new);

    static final Contender PURE_FTPD =
            new Contender("Pure-FTPd", "127.7.0.6", List.of("pure-ftpd"), PureFtpd::new);

    Contender {
        packages = List.copyOf(packages);
    }

    boolean isOurs() {
        return packages.isEmpty();
    }

    Subject set(Site site, Stage stage) throws IOException {
        var name = title.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-");
        return maker.make(site, site.folder(name), InetAddress.getByName(address), stage);
    }
}
