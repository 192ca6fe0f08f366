package org.postroom.interop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `./postroom mail` as a person and a script use it: at our server, at Dovecot's and Cyrus's, by POP3
/// alone, and through a pseudo-terminal.
final class MailAgentTest {

    @TempDir Path folder;

    private Peer mail(String... words) {
        var command = Served.command(List.of(), "mail");
        var all = new ArrayList<>(command.subList(1, command.size()));
        all.addAll(List.of(words));
        return Peer.of(command.getFirst(), all.toArray())
                .where("XDG_CONFIG_HOME", folder)
                .where("TERM", "dumb");
    }

    private String[] at(Served server, String address, String... words) {
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--home", server.home.toString(), "--as", address));
        return all.toArray(String[]::new);
    }

    private static String[] with(String[] words, String... more) {
        var all = new ArrayList<>(List.of(more));
        all.addAll(List.of(words));
        return all.toArray(String[]::new);
    }

    // MISSION M2, M3: scripts, with what they can rely on
    @Test
    void scriptsSendReadAndFile() throws Exception {
        var server = Served.shared();
        String ann = server.account();
        String bob = server.account();
        var file = Files.writeString(folder.resolve("a file.txt"), "content\n");
        mail(at(server, ann, "send", "-s", "Grüße — 1", "-a", file.toString(), bob))
                .hears("Hello\nBob\n")
                .run()
                .succeeded();
        mail(at(server, bob, "list", "--json"))
                .run()
                .succeeded()
                .says("\"subject\":\"Grüße — 1\"", "\"from\":[\"" + ann + "\"]");
        mail(at(server, bob, "read", "1")).run().succeeded().says("Hello\nBob\n", "a file.txt");
        assertThat(mail(at(server, bob, "read", "1", "--part", "2")).run().succeeded().output())
                .isEqualTo("content\n");
        mail(at(server, bob, "move", "1", "Archive")).run().succeeded();
        assertThat(mail(at(server, bob, "read", "1")).run().exit()).isEqualTo(65);
        assertThat(mail(at(server, bob, "search", "subject:Grüße")).run().exit()).isEqualTo(1);
        mail(at(server, bob, "search", "-f", "Archive", "subject:Grüße", "body:hello"))
                .run()
                .succeeded()
                .says("Grüße — 1");
        assertThat(mail(at(server, bob, "send", "nobody@example.test")).hears("x").run().exit())
                .isEqualTo(65);
        assertThat(mail("list", "--nonsense").run().exit()).isEqualTo(64);
    }

    // RFC 1939 §7: a letter that was read stays where it is, and is known to have been read
    @Test
    void pop3AloneIsEnoughToRead() throws Exception {
        var server = Served.shared();
        String ann = server.account();
        mail(at(server, ann, "send", "-s", "By POP3", ann)).hears("Body\n").run().succeeded();
        String[] by = {
            "--account",
            "pop3s://" + ann + "@localhost:" + server.port(995),
            "--insecure",
            "--password-command",
            "echo " + Served.PASSWORD
        };
        mail(with(by, "list")).run().succeeded().says(" N ", "By POP3");
        mail(with(by, "read", "1")).run().succeeded().says("Body");
        assertThat(mail(with(by, "list")).run().succeeded().output())
                .contains("By POP3")
                .doesNotContain(" N ");
        mail(with(by, "search", "body:body")).run().succeeded().says("By POP3");
        mail(with(by, "delete", "1")).run().succeeded();
        assertThat(mail(with(by, "list")).run().succeeded().output()).isEmpty();
    }

    /// What any IMAP server is asked for, in one session of the line-oriented face.
    private void services(String... account) throws IOException, InterruptedException {
        mail(with(account, "send", "--draft", "-s", "Ein Brief", "bob@example.test"))
                .hears("Über alles\n")
                .run()
                .succeeded();
        var saved = folder.resolve("saved.mbox");
        String said =
                mail(account)
                        .hears(
                                String.join(
                                        "\n",
                                        "open Drafts",
                                        "create Ablage",
                                        "copy 1 Ablage",
                                        "move 1 INBOX",
                                        "open INBOX",
                                        "search subject:Brief",
                                        "flag 1 flagged unseen",
                                        "list --threads",
                                        "read 1",
                                        "parts 1",
                                        "save 1 " + saved,
                                        "search flagged body:Über",
                                        "rename Ablage Archiv",
                                        "delete 1",
                                        "expunge",
                                        "open Archiv",
                                        "mailboxes",
                                        "quit",
                                        ""))
                        .run()
                        .succeeded()
                        .output();
        assertThat(said)
                .contains("1 letter copied", "1 letter moved to INBOX", "1 letter found")
                .contains(" N! ", "Über alles", "text/plain", "is in " + saved)
                .contains("Archiv: 1 letter", "Ein Brief");
        assertThat(saved).content().startsWith("From ").contains("Subject: Ein Brief");
    }

    @Test
    void ourServerIsServed() throws Exception {
        var server = Served.shared();
        String ann = server.account();
        services("--home", server.home.toString(), "--as", ann);
    }

    @Test
    void dovecotIsServed() throws Exception {
        try (var dovecot = Dovecot.start();
                var bridge = new Bridge(dovecot.command())) {
            services(
                    "--insecure", // it says PREAUTH, in the clear
                    "--from",
                    "ann@example.test",
                    "--account",
                    "imap://ann@127.0.0.1:" + bridge.port());
        }
    }

    @Test
    void cyrusIsServed() throws Exception {
        try (var cyrus = Cyrus.start()) {
            String[] as = {
                "--password-command",
                "echo anything",
                "--from",
                "ann@example.test",
                "--account",
                "imap://cyrus@127.0.0.1:" + cyrus.port()
            };
            mail(with(as, "create", "user/ann")).run().succeeded();
            as[as.length - 1] = "imap://ann@127.0.0.1:" + cyrus.port();
            services(as);
        }
    }

    /// A person at a terminal: history, a full screen, and back.
    @Test
    void aPersonReadsAndAnswers() throws Exception {
        Peer.require("expect");
        var server = Served.shared();
        String ann = server.account();
        String bob = server.account();
        mail(at(server, ann, "send", "-s", "Lunch?", bob)).hears("At noon\n").run().succeeded();
        var words =
                new ArrayList<>(Served.command(List.of("-Dorg.jline.terminal.dumb=false"), "mail"));
        words.addAll(List.of("--home", server.home.toString(), "--as", bob));
        var script =
                """
                set timeout 50
                set stty_init "rows 24 columns 80"
                spawn %s
                expect "INBOX>"
                send "1\\r"
                expect "At noon"
                expect "INBOX>"
                send "reply\\r"
                expect "ends, ~?"
                send "Yes.\\r"
                send ".\\r"
                expect "Send it?"
                send "y"
                expect "Sent."
                expect "INBOX>"
                send "browse\\r"
                expect "? keys"
                send "\\r"
                expect "At noon"
                send "qq"
                expect "INBOX>"
                send "quit\\r"
                expect eof
                lassign [wait] pid spawnid os code
                exit $code
                """
                        .formatted(String.join(" ", words));
        var file = Files.writeString(folder.resolve("person.exp"), script);
        Peer.of("expect", file)
                .where("XDG_CONFIG_HOME", folder)
                .where("TERM", "xterm")
                .where("EDITOR", "")
                .where("VISUAL", "")
                .run()
                .succeeded();
        mail(at(server, ann, "read", "1"))
                .run()
                .succeeded()
                .says("Re: Lunch?", "> At noon", "Yes.");
    }
}
