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
import org.postroom.agent.letter.Draft;
import org.postroom.agent.letter.Parcel;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// POP3 and submission servers that lie, never end, or would have the terminal obey, and letters whose
/// addresses would have us say what we did not mean.
@Timeout(120)
final class HostileHandsTest {

    private static final String CAPA = "+OK\r\nUSER\r\n.\r\n";

    @TempDir Path folder;

    private Session session(String access, Optional<String> submission, TestDesk desk)
            throws Hindrance {
        var account = Accounts.of(access, submission, Optional.empty(), new SecretSource.Asked());
        return new Session(new Folder(folder), account, desk, false, Optional.empty());
    }

    private String pop3(Impostor server, String... words) throws Hindrance {
        return pop3("127.0.0.1", server, words);
    }

    private String pop3(String host, Impostor server, String... words) throws Hindrance {
        var desk = new TestDesk(true);
        var given = Given.parse(List.of(words));
        String url = "pop3://ann%40example.test@" + host + ":" + server.port();
        try (var session = session(url, Optional.empty(), desk)) {
            new Commands(session).run(given.verb().orElseThrow(), given);
        }
        return desk.shown();
    }

    @Test
    void aListOfPop3WithoutEndIsNotHeardOut() throws Exception {
        try (var server =
                Impostor.pop3(
                        "CAPA",
                        CAPA,
                        "STAT",
                        "+OK 1 10\r\n",
                        "LIST",
                        "+OK\r\n" + "1 10\r\n".repeat(1000),
                        "endless LIST",
                        "")) {
            assertThatThrownBy(() -> pop3(server, "list"))
                    .isInstanceOf(Hindrance.class)
                    .hasMessageContaining("without end");
        }
    }

    @Test
    void aHeaderOfPop3WithoutEndIsNotHeardOut() throws Exception {
        try (var server =
                Impostor.pop3(
                        "CAPA", CAPA,
                        "STAT", "+OK 1 10\r\n",
                        "LIST", "+OK\r\n1 10\r\n.\r\n",
                        "UIDL", "+OK\r\n1 x\r\n.\r\n",
                        "TOP", "+OK\r\n" + "X: y\r\n".repeat(1000),
                        "endless TOP", "")) {
            assertThatThrownBy(() -> pop3(server, "list")).isInstanceOf(Hindrance.class);
        }
    }

    @Test
    void moreLettersInAMaildropThanThereAreInTheWorldAreNotCounted() throws Exception {
        try (var server = Impostor.pop3("CAPA", CAPA, "STAT", "+OK 9223372036854775808 1\r\n")) {
            assertThatThrownBy(() -> pop3(server, "list")).isInstanceOf(Hindrance.class);
        }
    }

    @Test
    void whatPop3SaysIsShownAndNotObeyed() throws Exception {
        try (var server =
                Impostor.pop3("CAPA", CAPA, "PASS", "-ERR \u001b]0;owned\u0007\u001b[2Jno\r\n")) {
            assertThatThrownBy(() -> pop3(server, "list"))
                    .isInstanceOf(Hindrance.class)
                    .satisfies(no -> assertThat(no.getMessage()).doesNotContain("\u001b"));
        }
    }

    // TRAPS T4, in POP3: what comes behind the go-ahead in the clear is nobody's word
    @Test
    void aReplyOfPop3BeforeTlsIsNotBelieved() throws Exception {
        try (var server =
                Impostor.pop3(
                        "CAPA", "+OK\r\nSTLS\r\nUSER\r\n.\r\n",
                        "STLS", "+OK go\r\n+OK\r\nUSER\r\n.\r\n")) {
            assertThatThrownBy(() -> pop3(server, "list")).isInstanceOf(Hindrance.class);
            assertThat(server.heard()).noneMatch(line -> line.startsWith("PASS"));
        }
    }

    // TRAPS T4: somebody on the way has taken STLS out; the name with a dot is no loopback by its
    // letters
    @Test
    void aPasswordIsNotSaidWhereTlsWasTakenAway() throws Exception {
        try (var server = Impostor.pop3("CAPA", CAPA)) {
            assertThatThrownBy(() -> pop3("[::ffff:127.0.0.1]", server, "list"))
                    .isInstanceOf(Hindrance.class)
                    .hasMessageContaining("no TLS");
            assertThat(server.heard()).noneMatch(line -> line.startsWith("PASS"));
        }
    }

    // ---- submission

    private void submit(Impostor server, String to) throws Hindrance {
        String url = "submission://ann%40example.test@127.0.0.1:" + server.port();
        String access = "imap://ann%40example.test@127.0.0.1:1";
        try (var session = session(access, Optional.of(url), new TestDesk(true))) {
            var draft = new Draft();
            draft.to = to;
            draft.text = "Hello\n";
            var message = draft.message(session.account, session.book, session.composer, true);
            session.submission()
                    .send(
                            new Parcel(
                                    session.account.person(),
                                    draft.recipients(session.book),
                                    Parcel.Wishes.NONE,
                                    new Parcel.Fresh(message)));
        }
    }

    @Test
    void aReplyOfSmtpWithoutEndIsNotHeardOut() throws Exception {
        try (var server = Impostor.smtp("EHLO", "250-X\r\n".repeat(1000), "endless EHLO", "")) {
            assertThatThrownBy(() -> submit(server, "bob@example.test"))
                    .isInstanceOf(Hindrance.class);
        }
    }

    @Test
    void whatSmtpSaysIsShownAndNotObeyed() throws Exception {
        try (var server =
                Impostor.smtp("RCPT", "550 \u001b]0;owned\u0007\u001b[2Jno\u009b2J\r\n")) {
            assertThatThrownBy(() -> submit(server, "bob@example.test"))
                    .isInstanceOf(Hindrance.class)
                    .satisfies(no ->
                            assertThat(no.getMessage())
                                    .contains("550")
                                    .doesNotContain("\u001b", "\u0007", "\u009b"));
        }
    }

    // TRAPS T4, in submission
    @Test
    void aReplyOfSmtpBeforeTlsIsNotBelieved() throws Exception {
        try (var server =
                Impostor.smtp(
                        "EHLO", "250-here\r\n250 STARTTLS\r\n",
                        "STARTTLS", "220 go\r\n250 AUTH PLAIN\r\n")) {
            assertThatThrownBy(() -> submit(server, "bob@example.test"))
                    .isInstanceOf(Hindrance.class);
            assertThat(server.heard()).noneMatch(line -> line.startsWith("AUTH"));
        }
    }

    // TRAPS T24's like for envelopes
    @Test
    void anAddressWithLinesAndEscapesInItSaysNothingMoreToTheServer() throws Exception {
        for (var hostile :
                List.of(
                        "bob@example.test>\r\nRCPT TO:<evil@example.test",
                        "bob@example.test\r\nX: evil",
                        "\"bob\nRSET\"@example.test",
                        "bob\u001b[2J@example.test",
                        "bob@exa\rmple.test",
                        "bob@example.test\u0000"))
            try (var server = Impostor.smtp("DATA", "354 go on\r\n")) {
                try {
                    submit(server, hostile);
                } catch (Hindrance refused) {
                    assertThat(refused.why()).doesNotContain("\u001b", "\r", "\n", "\u0000");
                }
                assertThat(server.heard())
                        .noneMatch(line -> line.startsWith("RSET\"") || line.startsWith("X:"))
                        .allMatch(line -> line.chars().noneMatch(c -> c < ' '));
            }
    }
}
