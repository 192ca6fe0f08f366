package org.postroom.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.wire.Line;
import org.postroom.wire.Secret;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;

class GrammarTest {

    @Test
    void whatIsPrintedIsReadAgain() throws Refusal {
        long seed = new Random().nextLong();
        var sayings = new Sayings(seed);
        for (int i = 0; i < 20_000; i++) {
            var command = sayings.command();
            var line = Grammar.print(command);
            assertThat(line.text()).startsWith(command.verb().name());
            assertThat(Grammar.command(line)).as("seed %d: %s", seed, line).isEqualTo(command);
        }
    }

    @Test
    void rubbishIsReadOrRefusedAndNothingElse() {
        long seed = new Random().nextLong();
        var sayings = new Sayings(seed);
        int refused = 0;
        for (int i = 0; i < 50_000; i++) {
            String line = sayings.rubbish();
            try {
                Grammar.command(Line.of(line));
            } catch (Refusal refusal) {
                refused++;
                assertThat(refusal.reply().isPermanent()).as("seed %d: %s", seed, line).isTrue();
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void theNullPathIsAPathOfItsOwn() throws Refusal {
        assertThat(from("MAIL FROM:<>")).isEqualTo(new NullPath());
    }

    @Test
    void quotingIsUndoneAndPrintedOnlyWhereItIsNeeded() throws Refusal {
        // RFC 5321 §4.1.2: all quoted forms are equivalent
        assertThat(from("MAIL FROM:<\"b\\ob\"@Example.TEST>"))
                .isEqualTo(new Address("bob", "example.test"))
                .hasToString("bob@example.test");
        assertThat(from("MAIL FROM:<\"b b\\\\\"@example.test>"))
                .hasToString("\"b b\\\\\"@example.test");
    }

    @Test
    void aSourceRouteIsIgnored() throws Refusal {
        assertThat(Grammar.command(Line.of("RCPT TO:<@a.test,@b.test:c@d.test>")))
                .isEqualTo(new Command.Rcpt(new Address("c", "d.test")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RCPT TO:<postmaster>", "rcpt to:<PostMaster>", "RCPT TO: postmaster"})
    void thePostmasterNeedsNoDomain(String line) throws Refusal {
        assertThat(Grammar.command(Line.of(line))).isEqualTo(new Command.Rcpt(new Postmaster()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MAIL FROM: <a@b.test>    | SPACE_AFTER_COLON | 501",
                "MAIL FROM:a@b.test       | BARE_ADDRESS      | 501",
                "RCPT TO:postmaster       | BARE_ADDRESS      | 501",
                "HELO: b.test             | HELO_COLON        | 500",
                "EHLO under_score         | ANY_HELO_NAME     | 501",
                "SMOL FROM:<a@b.test>     | SMOL_AND_SMAL     | 500",
                "SMAL FROM:<a@b.test>     | SMOL_AND_SMAL     | 500",
                "RCPT TO:<prvs=0123456789=someone=0123456789=0123456789=0123456789=01234567@b.test>"
                        + " | LONG_LOCAL_PART | 501"
            })
    void eachToleranceIsNeededForWhatItTolerates(String line, Tolerance tolerance, int code)
            throws Refusal {
        assertThat(Grammar.command(Line.of(line), Set.of(tolerance))).isNotNull();
        assertThatThrownBy(() -> Grammar.command(Line.of(line), Set.of()))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.reply().code()).isEqualTo(code));
    }

    @Test
    void theTextbooksSpellingsMeanWhatTheyMean() throws Refusal {
        var bob = new Address("bob", "b.test");
        assertThat(Grammar.command(Line.of("SMOL FROM: bob@b.test")))
                .isEqualTo(new Command.Soml(bob));
        assertThat(Grammar.command(Line.of("SMAL FROM: bob@b.test")))
                .isEqualTo(new Command.Saml(bob));
        assertThat(Grammar.command(Line.of("HELO: deanza.edu")))
                .isEqualTo(new Command.Helo("deanza.edu"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                        | 500 5.5.1",
                "BREW                                    | 500 5.5.1",
                "GET / HTTP/1.1                          | 500 5.5.1",
                "MAIL                                    | 501 5.5.4",
                "MAIL FROM                               | 501 5.5.4",
                "MAIL FROM:                              | 501 5.5.4",
                "MAIL TO:<a@b.test>                      | 501 5.5.4",
                "MAIL FROM:<a@b.test                     | 553 5.1.7",
                "MAIL FROM:<a>                           | 553 5.1.7",
                "MAIL FROM:<@b.test>                     | 553 5.1.7",
                "MAIL FROM:<a..b@c.test>                 | 553 5.1.7",
                "MAIL FROM:<a@-b.test>                   | 553 5.1.7",
                "MAIL FROM:<a@b_c.test>                  | 553 5.1.7",
                "MAIL FROM:<a@[300.0.2.1]>               | 553 5.1.7",
                "MAIL FROM:<a@[IPv6:1:2:3:4:5:6:7::8]>   | 553 5.1.7",
                "MAIL FROM:<a@b.test>junk                | 501 5.5.4",
                "MAIL FROM:<a@b.test> SIZE=              | 501 5.5.4",
                "MAIL FROM:<a@b.test> SIZE=-1            | 501 5.5.4",
                "MAIL FROM:<a@b.test> SIZE=1 SIZE=2      | 501 5.5.4",
                "MAIL FROM:<a@b.test> BODY=BINARY        | 504 5.5.4",
                "MAIL FROM:<a@b.test> COLOUR=blue        | 555 5.5.4",
                "MAIL FROM:<a@b.test> RET=SOME           | 501 5.5.4",
                "MAIL FROM:<a@b.test> RET=FULL RET=HDRS  | 501 5.5.4",
                "MAIL FROM:<a@b.test> ENVID=+0D+0A       | 501 5.5.4",
                "MAIL FROM:<a@b.test> SMTPUTF8=yes       | 501 5.5.4",
                "MAIL FROM:<a@b.test> REQUIRETLS=1       | 501 5.5.4",
                "MAIL FROM:<a@b.test> BY=0;R             | 501 5.5.4",
                "MAIL FROM:<a@b.test> BY=1000000000;N    | 501 5.5.4",
                "MAIL FROM:<a@b.test> BY=10;X            | 501 5.5.4",
                "MAIL FROM:<a@b.test> BY=10              | 501 5.5.4",
                "MAIL FROM:<a@b.test> HOLDFOR=1 HOLDFOR=1 | 501 5.5.4",
                "MAIL FROM:<a@b.test> HOLDUNTIL=tomorrow | 501 5.5.4",
                "MAIL FROM:<a@b.test> MT-PRIORITY=10     | 501 5.5.4",
                "MAIL FROM:<a@b.test> MT-PRIORITY=-0     | 501 5.5.4",
                "RCPT TO:<a@b.test> NOTIFY=NEVER,DELAY   | 501 5.5.4",
                "RCPT TO:<a@b.test> NOTIFY=              | 501 5.5.4",
                "RCPT TO:<a@b.test> NOTIFY=,             | 501 5.5.4",
                "RCPT TO:<a@b.test> ORCPT=a@b.test       | 501 5.5.4",
                "RCPT TO:<a@b.test> ORCPT=rfc822;a+0Db   | 501 5.5.4",
                "RCPT TO:<a@b.test> SIZE=1               | 555 5.5.4",
                "RCPT TO:<>                              | 553 5.1.3",
                "RCPT TO:<a b@c.test>                    | 553 5.1.3",
                "DATA now                                | 501 5.5.4",
                "QUIT now                                | 501 5.5.4",
                "HELO                                    | 501 5.5.4",
                "HELO two words                          | 501 5.5.4",
                "HELO (evil                              | 501 5.5.4",
                "VRFY                                    | 501 5.5.4",
                "AUTH                                    | 501 5.5.4"
            })
    void whatIsMalformedHearsWhy(String line, String reply) {
        assertThatThrownBy(() -> Grammar.command(Line.of(line == null ? "" : line)))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.reply().toString()).startsWith(reply));
    }

    @Test
    void aPathBeyond256OctetsIsTooLong() {
        // RFC 5321 §4.5.3.1.3, §4.5.3.1.10
        String path = "<" + "a".repeat(250) + "@b.test>";
        assertThatThrownBy(() -> Grammar.command(Line.of("RCPT TO:" + path)))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.reply()).isEqualTo(Reply.PATH_TOO_LONG));
    }

    @Test
    void aSizeBeyondAllNumbersIsTheLargest() throws Refusal {
        var mail =
                (Command.Mail)
                        Grammar.command(Line.of("MAIL FROM:<a@b.test> size=99999999999999999999"));
        assertThat(mail.parameters().size()).hasValue(Long.MAX_VALUE);
    }

    @Test
    void theParametersAreReadAsTheirRfcsPrintThem() throws Refusal {
        // RFC 3461 §10.1, RFC 6710 §8, RFC 2852 §4, RFC 4865 §5
        var mail =
                (Command.Mail)
                        Grammar.command(
                                Line.of(
                                        "MAIL FROM:<Alice@Example.ORG> RET=HDRS ENVID=QQ314159"
                                                + " BY=+120;nt mt-priority=-3"
                                                + " HOLDUNTIL=2026-11-21T20:00:00+01:00"));
        assertThat(mail.parameters())
                .isEqualTo(
                        MailParameters.NONE
                                .withRet(Optional.of(MailParameters.Ret.HDRS))
                                .withEnvid(Optional.of("QQ314159"))
                                .withBy(
                                        Optional.of(
                                                new MailParameters.DeliverBy(
                                                        120,
                                                        MailParameters.DeliverBy.Mode.NOTIFY,
                                                        true)))
                                .withPriority(OptionalInt.of(-3))
                                .withHold(
                                        Optional.of(
                                                new MailParameters.Hold.Until(
                                                        Instant.parse("2026-11-21T19:00:00Z")))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rfc822;Carol@Ivory.EDU                 | rfc822 | Carol@Ivory.EDU",
                "RFC822;a+2Bb+3Dc@d.test                | rfc822 | a+b=c@d.test",
                "utf-8;b\\x{FC}cher\\x{2B}1@d.test      | utf-8  | b\u00fccher+1@d.test",
                "utf-8;b\u00c3\u00bccher@d.test          | utf-8  | b\u00fccher@d.test",
                "utf-8;a\\x{D800}\\x{41}@d.test         | utf-8  | a\\x{D800}\\x{41}@d.test"
            })
    void theOriginalRecipientIsUndoneOfItsEncoding(String value, String type, String address)
            throws Refusal {
        // RFC 3461 §4.2, RFC 6533 §3
        var rcpt = (Command.Rcpt) Grammar.command(Line.of("RCPT TO:<c@d.test> ORCPT=" + value));
        assertThat(rcpt.parameters().orcpt())
                .contains(new RcptParameters.OriginalRecipient(type, address));
    }

    @Test
    void whatSignsInIsSecret() throws Refusal {
        var line = Line.of("auth plain AGEAYg==");
        assertThat(Grammar.command(line))
                .isEqualTo(new Command.Auth("PLAIN", Optional.of(new Secret("AGEAYg=="))));
        assertThat(line.shown()).isEqualTo("auth plain ****");
    }

    @Test
    void octetsThatAreNoUtf8AreRefused() {
        assertThatThrownBy(() -> from("MAIL FROM:<b\u00fcb@b.test>")).isInstanceOf(Refusal.class);
    }

    @Test
    void everyRowHasASection() {
        assertThat(Verb.values()).allMatch(verb -> verb.section.startsWith("RFC "));
        assertThat(Tolerance.values()).allMatch(it -> it.section.startsWith("RFC "));
        assertThat(Extension.values()).allMatch(it -> it.section.startsWith("RFC "));
    }

    private static ReversePath from(String line) throws Refusal {
        return ((Command.Mail) Grammar.command(Line.of(line))).from();
    }
}
