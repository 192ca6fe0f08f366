package org.postroom.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.control.Exit;
import org.postroom.control.Ports;
import org.postroom.control.Serving;
import org.postroom.home.Home;
import org.postroom.store.Addressee;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What programs say to `/usr/sbin/sendmail`, and what comes of it.
final class SendmailTest {

    @TempDir Path folder;
    private Home home;
    private Serving serving;

    @BeforeEach
    void serve() throws Exception {
        home = new Home(folder.resolve("home"));
        serving = Serving.start(home, Serving.Wishes.NONE, Optional.of(Ports.free()));
        var directory = serving.house().store().directory();
        directory.addDomain("example.test");
        for (var name : List.of("ann", "bob")) directory.add(Addressee.of(name + "@example.test"));
    }

    @AfterEach
    void stop() {
        serving.close();
    }

    private record Ended(int exit, String out, String err) {}

    private Ended sendmail(String letter, String... words) {
        var all = new ArrayList<>(List.of("--home", home.path().toString()));
        all.addAll(List.of(words));
        var out = new StringWriter();
        var err = new StringWriter();
        int exit =
                Sendmail.run(
                        all,
                        new ByteArrayInputStream(letter.getBytes(StandardCharsets.UTF_8)),
                        new PrintWriter(out),
                        new PrintWriter(err));
        return new Ended(exit, out.toString(), err.toString());
    }

    private List<String> inbox(String who) throws Exception {
        var store = serving.house().store();
        var account = store.account(store.directory().find(Addressee.of(who)).orElseThrow());
        var view = account.view(account.inbox().id());
        var letters = new ArrayList<String>();
        for (int i = 1; i <= view.size(); i++)
            try (var in = account.message(view.email(i)).read()) {
                letters.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        return letters;
    }

    @Test
    void cronNamesTheRecipientAndSaysNoMore() throws Exception {
        assertThat(
                        sendmail(
                                "Subject: cron\n\n.\nnot text\n",
                                "-FCronDaemon",
                                "-i",
                                "bob@example.test"))
                .isEqualTo(new Ended(Exit.OK, "", ""));
        assertThat(inbox("bob@example.test"))
                .singleElement()
                .asString()
                .startsWith("Return-Path: <postmaster@localhost>\r\n")
                .contains(
                        "From: \"CronDaemon\" <postmaster@localhost>\r\n"
                                + "Subject: cron\r\n\r\n"
                                + ".\r\n");
        // without -i the dot ends it
        sendmail("Subject: dot\n\ntext\n.\nmore\n", "bob@example.test");
        assertThat(inbox("bob@example.test").getLast()).endsWith("\r\n\r\ntext\r\n");
    }

    @Test
    void aScriptNamesThemInTheHeader() throws Exception {
        var letter =
                """
                From: ann@example.test
                To: Bob <bob@example.test>
                Bcc: postmaster@localhost
                Subject: hello

                text
                """;
        assertThat(sendmail(letter, "-oi", "-t", "-odb", "-f", "ann+tag@example.test").exit())
                .isZero();
        await().until(() -> inbox("bob@example.test").size() == 1);
        assertThat(inbox("bob@example.test").getFirst())
                .startsWith("Return-Path: <ann+tag@example.test>\r\n")
                .doesNotContain("Bcc");
        await().until(() -> inbox("postmaster@localhost").size() == 1);
        sendmail(letter, "-t", "-f", "<>");
        await().until(() -> inbox("bob@example.test").size() == 2);
        assertThat(inbox("bob@example.test").getLast()).startsWith("Return-Path: <>\r\n");
    }

    @Test
    void aNameBeyondAsciiIsEncoded() throws Exception {
        sendmail("Subject: x\n\n", "-F", "J\u00f6rg \"J\"", "bob@example.test");
        await().until(() -> inbox("bob@example.test").size() == 1);
        assertThat(inbox("bob@example.test").getFirst())
                .contains("From: =?UTF-8?B?SsO2cmcgIkoi?= <postmaster@localhost>");
    }

    // RFC 3461 §4.1, §4.3, §4.4
    @Test
    void noticesComeAsTheyAreAskedFor() throws Exception {
        var words =
                new String[] {"-N", "success", "-R", "hdrs", "-V", "id7", "-f", "ann@example.test"};
        var all = new ArrayList<>(List.of(words));
        all.add("bob@example.test");
        assertThat(sendmail("Subject: x\n\ntext\n", all.toArray(String[]::new)).exit()).isZero();
        await().until(() -> inbox("ann@example.test").size() == 1);
        assertThat(inbox("ann@example.test").getFirst())
                .contains("Action: delivered\r\n", "Original-Envelope-Id: id7\r\n")
                .doesNotContain("text/plain\r\n\r\ntext");
        for (var bad : List.of("-Nsometimes", "-Nnever,delay", "-Rsome"))
            assertThat(sendmail("", bad, "bob@example.test").exit()).isEqualTo(Exit.USAGE);
    }

    // RFC 5321 §3.3
    @Test
    void smtpIsSpokenByAProgramThatPrefersIt() throws Exception {
        var spoken =
                sendmail(
                        "EHLO localhost\r\nMAIL FROM:<ann@example.test>\r\n"
                                + "RCPT TO:<bob@example.test>\r\nRCPT TO:<no@example.test>\r\n"
                                + "DATA\r\nSubject: spoken\r\n\r\n..dot\r\n.\r\nQUIT\r\n",
                        "-bs",
                        "-f",
                        "ann@example.test");
        assertThat(spoken.exit()).isZero();
        assertThat(spoken.out().lines().map(line -> line.substring(0, 3)))
                .containsSubsequence("220", "250", "250", "250", "550", "354", "250", "221");
        assertThat(inbox("bob@example.test").getFirst()).endsWith("\r\n\r\n.dot\r\n");
    }

    @Test
    void whatWaitsIsShownAndTried() throws Exception {
        Files.writeString(
                home.configuration(),
                "[[route]]\ndomain = \"a.example\"\nhost = \"127.0.0.1\"\nport = 9\n");
        serving.reload();
        assertThat(sendmail("Subject: x\n\n", "bob@a.example").exit()).isZero();
        await().until(() -> sendmail("", "-bp").out().contains("bob@a.example"));
        assertThat(sendmail("", "-q").out()).contains("recipients are tried");
        assertThat(sendmail("", "-bi").exit()).isZero();
    }

    @Test
    void itEndsAsSysexitsSays() throws Exception {
        assertThat(sendmail("x", "nobody@example.test").exit()).isEqualTo(67); // EX_NOUSER
        assertThat(sendmail("x").exit()).isEqualTo(Exit.USAGE);
        assertThat(sendmail("x", "-bd").exit()).isEqualTo(Exit.USAGE);
        assertThat(sendmail("x", "-f").exit()).isEqualTo(Exit.USAGE);
        assertThat(sendmail("x", "-k", "bob@example.test").err()).contains("unknown option -k");
        assertThat(sendmail("x", "--", "-k").exit()).isNotZero(); // a recipient
        serving.close();
        assertThat(sendmail("x", "bob@example.test").exit()).isEqualTo(Exit.UNAVAILABLE);
    }
}
