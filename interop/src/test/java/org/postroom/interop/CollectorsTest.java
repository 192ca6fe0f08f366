package org.postroom.interop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// Programs that collect mail: fetchmail by POP3 and IMAP, mbsync both ways.
final class CollectorsTest {

    @TempDir Path folder;

    @Test
    void fetchmailCollects() throws Exception {
        var server = Served.shared();
        for (var protocol :
                new String[] {"pop3 port " + server.port(110), "imap port " + server.port(143)}) {
            var ann = server.account();
            Letters.send(server, ann, "one", "first");
            Letters.send(server, ann, "two", "second");
            var got = folder.resolve("got" + protocol.charAt(0));
            var config =
                    Files.writeString(
                            folder.resolve("fetchmailrc"),
                            """
                            poll 127.0.0.1 protocol %s
                              user "%s" password "%s" sslproto ""
                              mda "cat >> %s"
                            """
                                    .formatted(protocol, ann, Served.PASSWORD, got));
            Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-------"));
            Peer.of(
                            "fetchmail",
                            "-f",
                            config,
                            "--pidfile",
                            folder.resolve("pid"),
                            "--idfile",
                            folder.resolve("ids"),
                            "-a")
                    .where("HOME", folder)
                    .where("FETCHMAIL_INCLUDE_DEFAULT_X509_CA_CERTS", "1")
                    .run()
                    .succeeded();
            assertThat(Files.readString(got)).contains("first", "second");
        }
    }

    @Test
    void mbsyncPullsAndPushes() throws Exception {
        var server = Served.shared();
        var ann = server.account();
        Letters.send(server, ann, "pulled", "from the server");
        var mail = Files.createDirectories(folder.resolve("mail"));
        var config =
                Files.writeString(
                        folder.resolve("mbsyncrc"),
                        """
                        IMAPAccount a
                        Host 127.0.0.1
                        Port %d
                        User %s
                        Pass %s
                        SSLType None
                        AuthMechs LOGIN

                        IMAPStore far
                        Account a

                        MaildirStore near
                        Path %s/
                        Inbox %s/INBOX
                        SubFolders Verbatim

                        Channel c
                        Far :far:
                        Near :near:
                        Patterns *
                        Create Both
                        Expunge Both
                        SyncState *
                        """
                                .formatted(server.port(143), ann, Served.PASSWORD, mail, mail));
        Peer.of("mbsync", "-c", config, "-a").where("HOME", folder).run().succeeded();
        try (var files = Files.walk(mail.resolve("INBOX"))) {
            assertThat(files.filter(Files::isRegularFile).map(Path::toString))
                    .anyMatch(name -> name.contains("/new/") || name.contains("/cur/"));
        }
        Files.writeString(
                mail.resolve("Drafts/cur/1234.near:2,S"), "Subject: pushed\n\nfrom here\n");
        Peer.of("mbsync", "-c", config, "-a").where("HOME", folder).run().succeeded();
        assertThat(Letters.newest(server, ann, "Drafts")).contains("Subject: pushed", "from here");
    }
}
