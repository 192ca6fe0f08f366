package org.postroom.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.sasl.ClientExchange;
import org.postroom.sasl.Mechanism;
import org.postroom.wire.Departure;
import org.postroom.wire.Secret;
import org.postroom.wire.Tls;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;

class SmtpClientTest {

    private static final Command.Mail MAIL =
            new Command.Mail(new Address("ann", "a.test"), MailParameters.NONE.withSize(7));
    private static final Address BOB = new Address("bob", "b.test");
    private static final Address EVE = new Address("eve", "b.test");

    @Test
    void helloFallsBackToHelo() throws Exception {
        try (var server =
                        new ScriptedServer(
                                "S220 old\r\n",
                                "CEHLO me.test",
                                "S500 What?\r\n",
                                "CHELO me.test",
                                "S250 old\r\n");
                var client = new SmtpClient(server.call())) {
            assertThat(client.hello("me.test")).isEqualTo(Extensions.NONE);
            assertThat(server.surprises()).isEmpty();
        }
    }

    @Test
    void aServerThatIsBusyIsARefusalAtTheGreeting() throws Exception {
        try (var server = new ScriptedServer("S421 busy\r\n")) {
            var wire = server.call();
            assertThatThrownBy(() -> new SmtpClient(wire))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> assertThat(refusal.reply().isTransient()).isTrue());
            wire.close();
        }
    }

    @Test
    void aLetterIsPipelinedAndEachRecipientHasItsReply() throws Exception {
        try (var server =
                        new ScriptedServer(
                                "S220 b.test\r\n",
                                "CEHLO",
                                "S250-b.test\r\n250-PIPELINING\r\n250 SIZE 1000\r\n",
                                "CMAIL FROM:<ann@a.test> SIZE=7", // nothing is said in between
                                "CRCPT TO:<bob@b.test>",
                                "CRCPT TO:<eve@b.test>",
                                "CDATA",
                                "S250 ok\r\n250 2.1.5 ok\r\n",
                                "S550-5.1.1 Nobody\r\n550 5.1.1 here\r\n354 go\r\n",
                                "C..dot",
                                "C.",
                                "S250 2.0.0 taken\r\n");
                var client = new SmtpClient(server.call())) {
            client.hello("me.test");
            assertThat(client.send(MAIL, List.of(BOB, EVE), letter(".dot\r\n")))
                    .containsExactly(
                            Reply.of(250, "2.0.0", "taken"),
                            Reply.of(550, "5.1.1", "Nobody", "here"));
            assertThat(server.surprises()).isEmpty();
        }
    }

    @Test
    void withoutPipeliningEachReplyIsAwaited() throws Exception {
        try (var server =
                        new ScriptedServer(
                                "S220 b.test\r\n",
                                "CEHLO",
                                "S250 b.test\r\n",
                                "CMAIL FROM:<ann@a.test>",
                                "S451 4.3.0 not now\r\n",
                                "CRSET",
                                "S250\r\n");
                var client = new SmtpClient(server.call())) {
            client.hello("me.test");
            assertThat(client.send(MAIL, List.of(BOB, EVE), letter("x")))
                    .containsOnly(Reply.of(451, "4.3.0", "not now"))
                    .hasSize(2);
            client.rset();
            assertThat(server.surprises()).isEmpty();
        }
    }

    /// RFC 2920 §3.1: "the client cannot assume that the DATA command will be rejected just because
    /// none of the RCPT TO commands worked".
    @Test
    void aServerThatGoesOnWithoutRecipientsIsGivenNothing() throws Exception {
        try (var server =
                        new ScriptedServer(
                                "S220 b.test\r\n",
                                "CEHLO",
                                "S250-b.test\r\n250 PIPELINING\r\n",
                                "CMAIL",
                                "CRCPT",
                                "CDATA",
                                "S250 ok\r\n550 no\r\n354 go\r\n",
                                "C.",
                                "S554 no\r\n");
                var client = new SmtpClient(server.call())) {
            client.hello("me.test");
            assertThat(client.send(MAIL, List.of(BOB), letter("x")))
                    .containsExactly(Reply.of(550, "", "no"));
            assertThat(server.surprises()).isEmpty();
        }
    }

    @Test
    void inLmtpEachRecipientHasTheLettersReplyForItself() throws Exception {
        try (var server =
                        new ScriptedServer(
                                "S220 b.test\r\n",
                                "CLHLO",
                                "S250-b.test\r\n250 PIPELINING\r\n",
                                "CMAIL",
                                "CRCPT",
                                "CRCPT",
                                "CDATA",
                                "S250 ok\r\n250 ok\r\n250 ok\r\n354 go\r\n",
                                "Cx",
                                "C.",
                                "S250 one\r\n452 4.2.2 full\r\n");
                var client = new SmtpClient(server.call())) {
            client.lhlo("me.test");
            assertThat(client.send(MAIL, List.of(BOB, EVE), letter("x")))
                    .containsExactly(Reply.of(250, "", "one"), Reply.of(452, "4.2.2", "full"));
            assertThat(server.surprises()).isEmpty();
        }
    }

    /// RFC 3030 §2, RFC 2920 §3.1: one write, and no word of the server's in between.
    @Test
    void aSmallLetterGoesWithItsEnvelope() throws Exception {
        try (var server =
                        new ScriptedServer(
                                "S220 b.test\r\n",
                                "CEHLO",
                                "S250-b.test\r\n250-PIPELINING\r\n250-DSN\r\n250 CHUNKING\r\n",
                                "CMAIL FROM:<ann@a.test> RET=HDRS",
                                "CRCPT TO:<bob@b.test> NOTIFY=SUCCESS",
                                "CRCPT TO:<eve@b.test>",
                                "CBDAT 6 LAST",
                                "C.dot",
                                "S250 ok\r\n250 2.1.5 ok\r\n550 5.1.1 no\r\n250 2.0.0 taken\r\n");
                var client = new SmtpClient(server.call())) {
            client.hello("me.test");
            var mail =
                    new Command.Mail(
                            MAIL.from(),
                            MAIL.parameters()
                                    .withRet(Optional.of(MailParameters.Ret.HDRS))
                                    .withPriority(OptionalInt.of(3)));
            var bob =
                    new Command.Rcpt(
                            BOB,
                            RcptParameters.NONE.withWhen(Set.of(RcptParameters.Notify.SUCCESS)));
            assertThat(client.post(mail, List.of(bob, new Command.Rcpt(EVE)), letter(".dot\r\n")))
                    .containsExactly(Reply.of(250, "2.0.0", "taken"), Reply.of(550, "5.1.1", "no"));
            assertThat(client.hasAnswered()).isTrue();
            assertThat(server.surprises()).isEmpty();
        }
    }

    @Test
    void nobodyToSendAChunkToIsRefusedOnce() throws Exception {
        try (var server =
                        new ScriptedServer(
                                "S220 b.test\r\n",
                                "CEHLO",
                                "S250-b.test\r\n250-PIPELINING\r\n250 CHUNKING\r\n",
                                "CMAIL",
                                "CRCPT",
                                "CBDAT 3 LAST",
                                "Cx",
                                "S250 ok\r\n550 5.1.1 no\r\n554 5.5.1 no one\r\n",
                                "CRSET",
                                "S250 ok\r\n");
                var client = new SmtpClient(server.call())) {
            client.hello("me.test");
            assertThat(client.send(MAIL, List.of(BOB), letter("x\r\n")))
                    .containsExactly(Reply.of(550, "5.1.1", "no"));
            assertThat(server.surprises()).isEmpty();
        }
    }

    /// RFC 3030 §2: "the sender-SMTP MUST NOT send any additional BDAT segments".
    @Test
    void afterAChunkThatWasRefusedNoneFollows() throws Exception {
        String chunk = "x".repeat(256 * 1024 - 2) + "\r\n";
        try (var server =
                        new ScriptedServer(
                                "S220 b.test\r\n",
                                "CEHLO",
                                "S250-b.test\r\n250 CHUNKING\r\n",
                                "CMAIL",
                                "S250 ok\r\n",
                                "CRCPT",
                                "S250 ok\r\n",
                                "CBDAT 262144",
                                "Cx",
                                "S452 4.3.1 full\r\n",
                                "CRSET",
                                "S250 ok\r\n");
                var client = new SmtpClient(server.call())) {
            client.hello("me.test");
            assertThat(client.send(MAIL, List.of(BOB), letter(chunk + chunk)))
                    .containsExactly(Reply.of(452, "4.3.1", "full"));
            assertThat(server.surprises()).isEmpty();
        }
    }

    @Test
    void whatTheNextServerCouldNotKeepIsNotSent() throws Exception {
        try (var server = new ScriptedServer("S220 b.test\r\n", "CEHLO", "S250 b.test\r\n");
                var client = new SmtpClient(server.call())) {
            client.hello("me.test");
            var none = MailParameters.NONE;
            refused(client, none.withBody(MailParameters.Body.BINARY), Reply.NO_EIGHT_BIT);
            refused(client, none.withUtf8(true), Reply.NO_UTF8);
            refused(client, none.withRequireTls(true), Reply.NO_REQUIRETLS);
            refused(
                    client,
                    none.withHold(Optional.of(new MailParameters.Hold.For(60))),
                    Reply.UNKNOWN_PARAMETER);
        }
    }

    private static void refused(SmtpClient client, MailParameters parameters, Reply why) {
        assertThatThrownBy(() -> client.mail(new Command.Mail(new NullPath(), parameters)))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reply()).isEqualTo(why));
    }

    @Test
    void eightBitsAreNotSentToWhoDoesNotTakeThem() throws Exception {
        try (var server = new ScriptedServer("S220 b.test\r\n", "CEHLO", "S250 b.test\r\n");
                var client = new SmtpClient(server.call())) {
            client.hello("me.test");
            var eightBit =
                    new Command.Mail(
                            new NullPath(),
                            MailParameters.NONE.withBody(MailParameters.Body.EIGHT_BIT));
            assertThatThrownBy(() -> client.mail(eightBit))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> assertThat(refusal.reply()).isEqualTo(Reply.NO_EIGHT_BIT));
        }
    }

    /// TRAPS T4: an answer to a command that was not said yet, injected before the handshake.
    @Test
    void clearTextBehindTheReplyToStarttlsEndsIt() throws Exception {
        try (var server =
                        new ScriptedServer(
                                "S220 b.test\r\n", "CSTARTTLS", "S220 go\r\n250 injected\r\n");
                var client = new SmtpClient(server.call())) {
            assertThatThrownBy(() -> client.starttls(Tls.opportunistic(), "b.test"))
                    .isInstanceOf(Departure.class)
                    .hasMessageContaining("plaintext");
        }
    }

    @Test
    void aServerThatProvesNothingIsLeft() throws Exception {
        try (var server =
                        new ScriptedServer(
                                "S220 b.test\r\n", "CAUTH SCRAM-SHA-256", "S235 welcome\r\n");
                var client = new SmtpClient(server.call())) {
            var exchange =
                    ClientExchange.scram(Mechanism.SCRAM_SHA_256, "bob", new Secret("letmein"));
            assertThatThrownBy(() -> client.auth(exchange)).isInstanceOf(Departure.class);
        }
    }

    /// What a server says is read, or refused, or ends the session; nothing else comes of it.
    @Test
    void rubbishIsReadOrTakenForAFarewell() throws Exception {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        var pieces =
                new String[] {
                    "220",
                    "250",
                    "550",
                    "-",
                    " ",
                    "\r\n",
                    "\n",
                    "\r",
                    "2.0.0 ",
                    "5.9999.1 ",
                    "\0",
                    "\u00ff",
                    "PIPELINING",
                    "SIZE 99999999999999999999",
                    "CHUNKING",
                    "x",
                    "AUTH"
                };
        for (int i = 0; i < 100; i++) {
            var said = new StringBuilder("S220 b.test\r\n");
            for (int n = random.nextInt(30); n > 0; n--)
                said.append(pieces[random.nextInt(pieces.length)]);
            try (var server = new ScriptedServer(said.toString());
                    var client = new SmtpClient(server.call())) {
                var offers = client.hello("me.test");
                assertThat(offers.mostOctets()).as("seed %d", seed).isNotNull();
                assertThat(client.send(MAIL, List.of(BOB), letter("x\r\n"))).isNotEmpty();
            } catch (Refusal | Departure gone) {
                assertThat(gone).as("seed %d", seed).hasMessageNotContaining("Exception");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello\r\n",
                "99 no\r\n",
                "650 no\r\n",
                "220_no\r\n",
                "220-a\r\n250 b\r\n",
                "HTTP/1.1 400 Bad Request\r\n"
            })
    void whatIsNoReplyEndsTheSession(String greeting) throws Exception {
        try (var server = new ScriptedServer("S" + greeting)) {
            var wire = server.call();
            assertThatThrownBy(() -> new SmtpClient(wire)).isInstanceOf(Departure.class);
            wire.close();
        }
    }

    @Test
    void aReplyWithoutAnEndEndsTheSession() throws Exception {
        try (var server = new ScriptedServer("S" + "220-more\r\n".repeat(200))) {
            var wire = server.call();
            assertThatThrownBy(() -> new SmtpClient(wire)).isInstanceOf(Departure.class);
            wire.close();
        }
    }

    @Test
    void controlCharactersInAReplyAreNotKept() throws Exception {
        try (var server = new ScriptedServer("S220 a\rb\u001b[2Jc\r\n");
                var client = new SmtpClient(server.call())) {
            assertThat(client.greeting().text()).isEqualTo("a b [2Jc");
        }
    }

    @Test
    void aSizeOfZeroIsNoLimit() throws Exception {
        try (var server =
                        new ScriptedServer(
                                "S220 b.test\r\n", "CEHLO", "S250-b.test\r\n250 SIZE 0\r\n");
                var client = new SmtpClient(server.call())) {
            assertThat(client.hello("me.test").mostOctets()).isEmpty();
        }
    }

    private static InputStream letter(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
