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
/// @param packages Debian's; none for our own, nor for libraries
record Contender(String title, boolean isOurs, String address, List<String> packages, Maker maker) {

    /// Sets a server up in an empty folder; it does not run yet.
    @FunctionalInterface
    interface Maker {
        Subject make(Site site, Path folder, InetAddress address, Stage stage) throws IOException;
    }

    static final Contender POSTROOM =
            new Contender(
                    "Postroom",
                    true,
                    "127.7.0.1",
                    List.of(),
                    (site, folder, address, stage) ->
                            new Postroom(site, folder, address, stage, Map.of()));

    static final Contender UNSYNCED =
            new Contender(
                    "Postroom without sync",
                    true,
                    "127.7.0.2",
                    List.of(),
                    (site, folder, address, stage) ->
                            new Postroom(site, folder, address, stage, Unsynced.environment(site)));

    static final Contender POSTFIX_DOVECOT =
            new Contender(
                    "Postfix, Dovecot",
                    false,
                    "127.7.0.3",
                    List.of(
                            "postfix",
                            "dovecot-core",
                            "dovecot-imapd",
                            "dovecot-pop3d",
                            "dovecot-lmtpd"),
                    PostfixDovecot::new);

    static final Contender POSTROOM_TWICE =
            new Contender(
                    "Postroom to Postroom", true, "127.7.0.8", List.of(), Relay.OfPostroom::new);

    static final Contender POSTFIX_TWICE =
            new Contender(
                    "Postfix to Postfix",
                    false,
                    "127.7.0.10",
                    POSTFIX_DOVECOT.packages(),
                    Relay.OfPostfix::new);

    static final Contender VSFTPD =
            new Contender("vsftpd", false, "127.7.0.4", List.of("vsftpd"), Vsftpd::new);

    static final Contender PROFTPD =
            new Contender(
                    "ProFTPD",
                    false,
                    "127.7.0.5",
                    List.of("proftpd-core", "proftpd-mod-crypto"),
                    Proftpd::new);

    static final Contender PURE_FTPD =
            new Contender("Pure-FTPd", false, "127.7.0.6", List.of("pure-ftpd"), PureFtpd::new);

    static final Contender LFTP =
            new Contender("lftp", false, "127.7.0.8", List.of("lftp"), Lftp::new);

    static final Contender NGINX =
            new Contender("nginx", false, "127.7.0.12", List.of("nginx"), Nginx::new);

    static final Contender OUR_SUMMARY = library("Postroom, its summaries", MessageReader.OURS);
    static final Contender MIME4J = library("Mime4j", MessageReader.MIME4J);
    static final Contender ANGUS_MAIL = library("Angus Mail", MessageReader.ANGUS_MAIL);

    private static Contender library(String title, MessageReader reader) {
        return new Contender(
                title,
                reader == MessageReader.OURS,
                "127.7.0.7",
                List.of(),
                (site, folder, address, stage) -> new Library(site, folder, address, reader));
    }

    Contender {
        packages = List.copyOf(packages);
    }

    Subject set(Site site, Stage stage) throws IOException {
        var name = title.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-");
        return maker.make(site, site.folder(name), InetAddress.getByName(address), stage);
    }
}
