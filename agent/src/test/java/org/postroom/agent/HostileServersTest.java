package org.postroom.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.agent.account.Accounts;
import org.postroom.agent.account.Folder;
import org.postroom.agent.account.Hindrance;
import org.postroom.agent.account.SecretSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Servers that lie, never end, or would have the terminal obey: the agent refuses, says why, and
/// harms nothing.
@Timeout(120)
final class HostileServersTest {

    private static final String CAPABILITIES =
            "* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n%t OK done\r\n";
    private static final String ONE =
            "* 1 EXISTS\r\n* OK [UIDVALIDITY 1] x\r\n%t OK [READ-WRITE] done\r\n";

    @TempDir Path folder;

    private Session session(int port, TestDesk desk, boolean insecure) throws Hindrance {
        return session("imap://ann%40example.test@127.0.0.1:" + port, desk, insecure);
    }

    private Session session(String url, TestDesk desk, boolean insecure) throws Hindrance {
        var account =
                Accounts.of(url, Optional.empty(), Optional.empty(), new SecretSource.Asked());
        return new Session(new Folder(folder), account, desk, insecure, Optional.empty());
    }

    private String run(Impostor server, String... words) throws Hindrance {
        var desk = new TestDesk(true);
        var given = Given.parse(List.of(words));
        try (var session = session(server.port(), desk, false)) {
            new Commands(session).run(given.verb().orElseThrow(), given);
        }
        return desk.shown();
    }

    // TRAPS T21, the client's half: a size that no machine has
    @Test
    void aLiteralOfTwoToThe63IsNotWaitedFor() throws Exception {
        String announced = "* 1 FETCH (UID 1 BODY[HEADER.FIELDS (X)] {9223372036854775808}\r\n";
        try (var server =
                new Impostor("CAPABILITY", CAPABILITIES, "SELECT", ONE, "FETCH", announced)) {
            assertThatThrownBy(() -> run(server, "list")).isInstanceOf(Hindrance.class);
        }
    }

    @Test
    void aBodyLargerThanAnyLetterIsNotWaitedFor() throws Exception {
        String row = "* 1 FETCH (UID 1 FLAGS () RFC822.SIZE 10 BODY[] {9223372036854775808}\r\n";
        try (var server = new Impostor("CAPABILITY", CAPABILITIES, "SELECT", ONE, "FETCH", row)) {
            assertThatThrownBy(() -> run(server, "read", "1")).isInstanceOf(Hindrance.class);
        }
    }

    @Test
    void untaggedLinesWithoutEndAreNotHeardOut() throws Exception {
        try (var server =
                new Impostor(
                        "CAPABILITY",
                        CAPABILITIES,
                        "SELECT",
                        "* OK still here\r\n",
                        "endless SELECT",
                        "")) {
            assertThatThrownBy(() -> run(server, "list"))
                    .isInstanceOf(Hindrance.class)
                    .hasMessageContaining("without end");
        }
    }

    @Test
    void moreLettersThanThereAreInTheWorldAreNotCounted() throws Exception {
        String many = "* 4294967295 EXISTS\r\n%t OK [READ-WRITE] done\r\n";
        try (var server = new Impostor("CAPABILITY", CAPABILITIES, "SELECT", many)) {
            assertThatThrownBy(() -> run(server, "list"))
                    .isInstanceOf(Hindrance.class)
                    .hasMessageContaining("4294967295");
        }
    }

    private static String row(String header) {
        return "* 1 FETCH (UID 1 FLAGS () RFC822.SIZE "
                + header.length()
                + " BODY[HEADER.FIELDS (FROM)] {"
                + header.length()
                + "}\r\n"
                + header
                + ")\r\n%t OK done\r\n";
    }

    @Test
    void escapeSequencesAreShownAndNotObeyed() throws Exception {
        String header =
                "From: \"\u001b]0;owned\u0007Ann\" <ann@\u001b[2Jexample.test>\r\n"
                        + "Subject: =?utf-8?q?=1b[31mred=0abut_no_second_line?=\r\n\r\n";
        try (var server =
                new Impostor("CAPABILITY", CAPABILITIES, "SELECT", ONE, "FETCH", row(header))) {
            assertThat(run(server, "list")).doesNotContain("\u001b", "\u0007").hasLineCount(1);
        }
    }

    @Test
    void refusalsOfTheServerAreShownAndNotObeyed() throws Exception {
        try (var server =
                new Impostor("CAPABILITY", CAPABILITIES, "SELECT", "%t NO \u001b[2Jgone\r\n")) {
            assertThatThrownBy(() -> run(server, "list"))
                    .isInstanceOf(Hindrance.class)
                    .satisfies(no -> assertThat(no.getMessage()).doesNotContain("\u001b"));
        }
    }

    // TRAPS T28: some servers say nothing where nothing is found
    @Test
    void aSearchThatIsAnsweredByNothingFindsNothing() throws Exception {
        try (var server =
                new Impostor(
                        "CAPABILITY", CAPABILITIES, "SELECT", ONE, "SEARCH", "%t OK done\r\n")) {
            assertThat(run(server, "search", "lunch")).isEmpty();
        }
    }

    // TRAPS T24: a mailbox's name is a stranger's word, too; it may be shown or passed over
    @Test
    void namesOfMailboxesAreShownAndNotObeyed() throws Exception {
        String name = "a\r\nb LOGOUT\u001b[2J";
        String list = "* LIST () \"/\" {" + name.length() + "}\r\n" + name + "\r\n%t OK done\r\n";
        try (var server = new Impostor("CAPABILITY", CAPABILITIES, "SELECT", ONE, "LIST", list)) {
            try {
                assertThat(run(server, "mailboxes")).doesNotContain("\u001b", "\r");
            } catch (Hindrance refused) {
                assertThat(refused.why()).doesNotContain("\u001b");
            }
            assertThat(server.heard()).noneMatch(line -> line.startsWith("b LOGOUT"));
        }
    }

    // TRAPS F27's like for letters
    @Test
    void namesOfPartsLeadNowhere() throws Exception {
        String letter =
                "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
                        + "Content-Type: application/x\r\nContent-Disposition: attachment;"
                        + " filename=\"../../.profile\"\r\n\r\nrm -rf\r\n--b--\r\n";
        String body =
                "* 1 FETCH (UID 1 RFC822.SIZE 9 BODY[] {" + letter.length() + "}\r\n" + letter;
        try (var server =
                new Impostor(
                        "CAPABILITY",
                        CAPABILITIES,
                        "SELECT",
                        ONE,
                        "FETCH",
                        body + ")\r\n%t OK x\r\n")) {
            var into = Files.createDirectory(folder.resolve("into"));
            run(server, "save", "--part", "1", "1", into.toString());
            try (var files = Files.list(into)) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .containsExactly("profile");
            }
        }
    }

    // TRAPS T4: signed in before the line is safe
    @Test
    void preauthWithStarttlsPendingIsLeft() throws Exception {
        try (var server =
                new Impostor(
                        "",
                        "* PREAUTH welcome\r\n",
                        "CAPABILITY",
                        "* CAPABILITY IMAP4rev1 STARTTLS\r\n%t OK done\r\n")) {
            assertThatThrownBy(() -> run(server, "list")).isInstanceOf(Hindrance.class);
            assertThat(server.heard()).noneMatch(line -> line.contains("SELECT"));
        }
    }

    // TRAPS T4: a response behind the go-ahead, before the handshake, is nobody's word
    @Test
    void aResponseBeforeTlsIsNotBelieved() throws Exception {
        try (var server =
                new Impostor(
                        "CAPABILITY",
                        "* CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN\r\n%t OK done\r\n",
                        "STARTTLS",
                        "%t OK go\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\na3 OK done\r\n")) {
            assertThatThrownBy(() -> run(server, "list"))
                    .isInstanceOf(Hindrance.class)
                    .hasMessageContaining("plaintext came behind");
            assertThat(server.heard()).noneMatch(line -> line.contains("AUTH"));
        }
    }

    @Test
    void aCertificateForAnotherNameIsAskedAbout() throws Exception {
        try (var server = Impostor.secured(Strangers.certificates("elsewhere.test"))) {
            var desk = new TestDesk(false);
            String url = "imaps://ann%40example.test@localhost:" + server.getLocalPort();
            try (var session = session(url, desk, false)) {
                assertThatThrownBy(session::access)
                        .isInstanceOf(Hindrance.class)
                        .hasMessageContaining("not trusted");
            }
            assertThat(desk.shown()).contains("SHA-256", "elsewhere.test");
            assertThat(folder.resolve("certificates")).doesNotExist();
        }
    }

    @Test
    void anAcceptedCertificateIsRememberedAndAnotherIsWarnedOf() throws Exception {
        int port;
        try (var server = Impostor.secured(Strangers.certificates("elsewhere.test"))) {
            port = server.getLocalPort();
            var desk = new TestDesk(true);
            try (var session = session("imaps://ann%40x@localhost:" + port, desk, false)) {
                // it says no more than its greeting
                assertThatThrownBy(session::access).isInstanceOf(Hindrance.class);
            }
            assertThat(folder.resolve("certificates")).content().contains("localhost:" + port);
        }
        var known = folder.resolve("certificates");
        try (var other = Impostor.secured(Strangers.certificates("elsewhere.test"))) {
            Files.writeString(
                    known, Files.readString(known).replace(":" + port, ":" + other.getLocalPort()));
            var desk = new TestDesk(false);
            String url = "imaps://ann%40x@localhost:" + other.getLocalPort();
            try (var session = session(url, desk, false)) {
                assertThatThrownBy(session::access).isInstanceOf(Hindrance.class);
            }
            assertThat(desk.shown()).contains("WARNING");
        }
    }
}
