package org.postroom.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.imap.ImapClient;
import org.postroom.imap.MailboxName;
import org.postroom.server.Port;
import org.postroom.smtp.Command;
import org.postroom.smtp.Grammar;
import org.postroom.smtp.Refusal;
import org.postroom.smtp.Reply;
import org.postroom.smtp.SmtpClient;
import org.postroom.wire.Secret;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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

    /// What is said to who is there, by telnet's means.
    private static Reply say(Served server, Command verb, String to) throws Exception {
        try (var client = new SmtpClient(server.call(Port.SMTP))) {
            client.hello("localhost");
            try {
                client.ask(verb);
                client.ask(new Command.Rcpt(Grammar.address(to)));
            } catch (Refusal refusal) {
                return refusal.reply();
            }
            var letter = "Subject: tea\r\n\r\nTea is ready.\r\n";
            return client.data(
                    new ByteArrayInputStream(letter.getBytes(StandardCharsets.US_ASCII)));
        }
    }

    private Tmux atTheTerminal(Served server, String address, String... words) throws Exception {
        var command = Served.command(List.of(), "mail");
        command.addAll(List.of(words));
        command.addAll(List.of("--home", server.home.toString(), "--as", address));
        var environment =
                Map.of(
                        "XDG_CONFIG_HOME", folder.toString(),
                        "TERM", "screen-256color",
                        "LC_ALL", "C.UTF-8",
                        "EDITOR", "",
                        "VISUAL", "");
        return new Tmux(80, 24, folder, environment, command);
    }

    // RFC 821 §3.4; Textbook: SEND, SOML
    @Test
    void whatIsSaidStandsOnTheTerminalBeforeTheSenderHears250() throws Exception {
        var server = Served.shared();
        String ann = server.account();
        var from = Grammar.address("bob@example.test");
        for (var face : List.of("list", "browse")) {
            String[] words = face.equals("list") ? new String[0] : new String[] {face};
            try (var terminal = atTheTerminal(server, ann, words)) {
                terminal.sees(face.equals("list") ? "INBOX>" : "\\? keys");
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> say(server, new Command.Send(from), ann).isPositive());
                assertThat(terminal.screen()).contains("somebody says to you", "Tea is ready.");
            }
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> say(server, new Command.Send(from), ann).code() == 450);
        assertThat(say(server, new Command.Soml(from), ann).isPositive()).isTrue();
        assertThat(mail(at(server, ann, "list", "--json")).run().succeeded().output())
                .hasLineCount(1)
                .contains("\"subject\":\"tea\"");
    }

    /// Lines of the prompt, and answers to what it asks.
    private Peer.Result says(String[] account, Map<String, Object> environment, String... lines)
            throws Exception {
        var peer = mail(account).hears(String.join("\n", lines) + "\nquit\n");
        environment.forEach(peer::where);
        return peer.run().succeeded();
    }

    // RFC 2046 §5.2.2
    @Test
    void aLetterGoesInPiecesAndIsJoined() throws Exception {
        var server = Served.shared();
        String ann = server.account();
        var text = new StringBuilder();
        for (int i = 0; i < 2000; i++) text.append("Line " + i + " of many.\n");
        mail(at(server, ann, "send", "--pieces", "20K", "-s", "Long", ann))
                .hears(text.toString())
                .run()
                .succeeded();
        var home = new String[] {"--home", server.home.toString(), "--as", ann};
        says(home, Map.of(), "list --every", "join 1", "y", "check", "search subject:Long")
                .says("Line 0 of many.", "Line 1999 of many.", "Put the whole letter");
        mail(at(server, ann, "read", "$")).run().succeeded().says("Line 0 of", "Line 1999 of");
    }

    @Test
    void whatCanNotBeSentWaitsInTheOutbox() throws Exception {
        var server = Served.shared();
        String ann = server.account();
        String[] account = {
            "--insecure",
            "--password-command",
            "echo " + Served.PASSWORD,
            "--account",
            "imap://" + ann + "@127.0.0.1:" + server.port(143),
            "--submission"
        };
        var offline = with(new String[] {"submission://" + ann + "@127.0.0.1:1"}, account);
        var online =
                with(
                        new String[] {"submission://" + ann + "@127.0.0.1:" + server.port(587)},
                        account);
        var sent = mail(with(offline, "send", "-s", "Later", ann)).hears("Body\n").run();
        assertThat(sent.exit()).isEqualTo(75);
        sent.says("The letter is kept");
        mail(with(offline, "outbox")).run().succeeded().says("to " + ann);
        mail(with(online, "outbox", "send")).run().succeeded().says("Sent to " + ann);
        assertThat(mail(with(online, "outbox")).run().succeeded().output()).isEmpty();
        mail(with(online, "list")).run().succeeded().says("Later");
    }

    // RFC 1939 §6: what was read is in our file first, and goes from the server by QUIT
    @Test
    void pop3InDeleteModeLeavesNothingAtTheServer() throws Exception {
        var server = Served.shared();
        String ann = server.account();
        mail(at(server, ann, "send", "-s", "Take me", ann)).hears("Body\n").run().succeeded();
        mail(at(server, ann, "send", "-s", "Not me", ann)).hears("Body\n").run().succeeded();
        Files.createDirectories(folder.resolve("postroom"));
        Files.writeString(
                folder.resolve("postroom/accounts.toml"),
                """
                [account.old]
                address = "%1$s"
                access = "pop3://%1$s@127.0.0.1:%2$d"
                password-command = "echo %3$s"
                collect = "delete"
                """
                        .formatted(ann, server.port(110), Served.PASSWORD));
        mail("--insecure", "search", "subject:Take").run().succeeded().says("Take me");
        mail("--insecure", "read", "1").run().succeeded().says("Body");
        assertThat(mail("--insecure", "list").run().succeeded().output())
                .contains("Not me")
                .doesNotContain("Take me");
        assertThat(folder.resolve("postroom/old.mbox")).content().contains("Subject: Take me");
    }

    // RFC 1524; RFC 2046 §5.2.3
    @Test
    void otherProgramsAreGivenWhatThePersonAgreesTo() throws Exception {
        var server = Served.shared();
        String ann = server.account();
        var web = TaskLetters.elsewhere();
        var letter =
                """
                From: ann@example.test
                Subject: Three parts
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: text/plain

                The text.
                --b
                Content-Type: image/png; name="; touch evil.png"

                not really
                --b
                Content-Type: message/external-body; access-type=URL;
                 url="%s"

                Content-Type: text/plain

                --b
                Content-Type: message/external-body; access-type=local-file; name="/etc/passwd"

                Content-Type: text/plain

                --b--
                """
                        .formatted(web.url())
                        .replace("\n", "\r\n");
        try (var client = new ImapClient(server.call(Port.IMAP))) {
            client.login(ann, new Secret(Served.PASSWORD));
            var octets = letter.getBytes(StandardCharsets.US_ASCII);
            client.append(
                    MailboxName.INBOX, List.of(), new ByteArrayInputStream(octets), octets.length);
            client.logout();
        }
        var viewed = folder.resolve("viewed");
        var printed = folder.resolve("printed");
        var mailcap =
                Files.writeString(folder.resolve("mailcap"), "image/*; cp %s " + viewed + "\n");
        var home = new String[] {"--home", server.home.toString(), "--as", ann};
        var shell = "cd '" + folder + "' && exec \"$@\"";
        var command = new ArrayList<>(List.of("-c", shell, "sh"));
        command.addAll(Served.command(List.of(), "mail"));
        command.addAll(List.of(home));
        String said =
                Peer.of("sh", command.toArray())
                        .where("XDG_CONFIG_HOME", folder)
                        .where("TERM", "dumb")
                        .where("MAILCAPS", mailcap)
                        .where("PRINTCMD", "cat > " + printed)
                        .hears(
                                """
                                parts 1
                                view 1 2
                                y
                                print 1
                                fetch 1 3
                                y
                                fetch 1 4
                                pipe 1 --part 2 cat > piped
                                quit
                                """)
                        .run()
                        .succeeded()
                        .output();
        web.close();
        assertThat(said).contains("image/png", "Fetch it from 127.0.0.1", "is not followed");
        assertThat(viewed).content().isEqualTo("not really");
        assertThat(printed).content().contains("The text.");
        assertThat(folder.resolve("thing.txt")).content().isEqualTo("fetched\n");
        assertThat(folder.resolve("piped")).content().isEqualTo("not really");
        assertThat(folder.resolve("evil.png")).doesNotExist();
    }

    // RFC 3461 §4.1, RFC 8689 §4.2.1
    @Test
    void whatIsWishedOfTheServersIsSaidToThem() throws Exception {
        var server = Served.shared();
        String ann = server.account();
        String bob = server.account();
        mail(at(server, ann, "addresses", "all", ann, bob)).run().succeeded();
        mail(at(server, ann, "send", "--each", "-s", "Alone", "all"))
                .hears("x\n")
                .run()
                .succeeded();
        assertThat(mail(at(server, bob, "read", "1", "--raw")).run().succeeded().output())
                .contains("To: " + bob)
                .doesNotContain("To: " + ann);
        mail(at(server, ann, "send", "--receipt", "-s", "Told", bob))
                .hears("x\n")
                .run()
                .succeeded();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> mail(at(server, ann, "search", "body:Told")).run().exit() == 0);
        var secret = mail(at(server, ann, "send", "--require-tls", bob)).hears("x\n").run();
        assertThat(secret.exit()).isEqualTo(65);
        secret.says("REQUIRETLS");
    }

    /// What was deleted last comes back, and a draft goes on where it was left.
    @Test
    void whatWasDeletedComesBackAndADraftGoesOn() throws Exception {
        var server = Served.shared();
        String ann = server.account();
        mail(at(server, ann, "send", "--draft", "-s", "Begun", ann))
                .hears("One\n")
                .run()
                .succeeded();
        var home = new String[] {"--home", server.home.toString(), "--as", ann};
        says(home, Map.of("EDITOR", ""), "recall", "Two", ".", "y", "check").says("One", "Sent.");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> mail(at(server, ann, "search", "body:Two")).run().exit() == 0);
        says(home, Map.of(), "open Drafts", "open INBOX", "delete 1", "list", "undelete", "list")
                .says("Drafts: 0 letters", "moved to Trash", "is back", "INBOX: 1 letter");
    }
}
