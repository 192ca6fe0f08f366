package org.postroom.interop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

/// Programs that people read and write mail with: s-nail and mutt.
final class ReadersTest {

    @TempDir Path folder;

    @Test
    void snailSendsAndReads() throws Exception {
        var server = Served.shared();
        var ann = server.account();
        String user = ann.replace("@", "%40");
        Peer.of(
                        "s-nail",
                        "-n",
                        "-Sv15-compat",
                        "-Stls-verify=ignore",
                        "-Ssmtp-use-starttls",
                        "-Ssmtp-auth=plain",
                        "-Smta=smtp://"
                                + user
                                + ":"
                                + Served.PASSWORD
                                + "@127.0.0.1:"
                                + server.port(587),
                        "-Sfrom=" + ann,
                        "-s",
                        "by snail",
                        ann)
                .hears("slowly\n")
                .where("HOME", folder)
                .run()
                .succeeded();
        for (var url :
                new String[] {
                    "pop3://" + user + ":" + Served.PASSWORD + "@127.0.0.1:" + server.port(110),
                    "imap://"
                            + user
                            + ":"
                            + Served.PASSWORD
                            + "@127.0.0.1:"
                            + server.port(143)
                            + "/INBOX"
                })
            Peer.of(
                            "s-nail",
                            "-n",
                            "-Sv15-compat",
                            "-Stls-verify=ignore",
                            "-Spop3-keepalive=0",
                            "-f",
                            url)
                    .hears("headers\ntype 1\nxit\n")
                    .where("HOME", folder)
                    .run()
                    .says("by snail", "slowly");
    }

    @Test
    void muttSendsAndSaves() throws Exception {
        var server = Served.shared();
        var ann = server.account();
        String user = ann.replace("@", "%40");
        var config =
                Files.writeString(
                        folder.resolve("muttrc"),
                        """
                        set from="%1$s"
                        set smtp_url="smtp://%2$s:%3$s@127.0.0.1:%4$d/"
                        set ssl_starttls=no
                        set ssl_force_tls=no
                        set smtp_authenticators="plain"
                        set imap_user="%1$s"
                        set imap_pass="%3$s"
                        set record="imap://127.0.0.1:%5$d/Sent"
                        set copy=yes
                        set use_envelope_from=no
                        """
                                .formatted(
                                        ann,
                                        user,
                                        Served.PASSWORD,
                                        server.port(587),
                                        server.port(143)));
        Peer.of("mutt", "-n", "-F", config, "-s", "by mutt", "--", ann)
                .hears("a dog's life\n")
                .where("HOME", folder)
                .run()
                .succeeded();
        assertThat(Letters.newest(server, ann, "INBOX"))
                .contains("Subject: by mutt", "a dog's life");
        assertThat(Letters.newest(server, ann, "Sent")).contains("Subject: by mutt");
    }
}
