package org.postroom.mime.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.postroom.mime.Fields;
import org.postroom.mime.Source;
import org.postroom.mime.Structure;
import org.postroom.mime.compose.Party.Person;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

final class ReplyTest {

    private static final Person ANN = new Person("Ann", "ann", "example.org");

    private static byte[] octets(String text) {
        return text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    private static Reply reply(String header) {
        return new Reply(
                Fields.of(octets(header)), List.of(ANN, new Person("Ann.Other", "example.org")));
    }

    private static String header(Letter letter) throws Exception {
        var header = new StringBuilder();
        for (var field : letter.from(ANN).compose(Desk.composer()).header())
            if (List.of("To", "Cc", "Subject", "In-Reply-To", "References").contains(field.name()))
                header.append(field.text(NextHop.SEVEN_BIT));
        return header.toString().replace("\r\n", "\n");
    }

    private static final String ORIGINAL =
            """
            From: Bob <bob@example.net>
            To: Ann <ann@example.org>, Carol <carol@example.com>
            Cc: dave@example.com, ANN.OTHER@EXAMPLE.ORG, Bob <bob@example.net>
            Subject: Lunch
            Date: Mon, 2 Mar 2026 08:00:00 +0000
            Message-ID: <2@example.net>
            In-Reply-To: <1@example.net>
            """;

    @Test
    void anAnswerGoesToWhoWroteAndSaysWhatItAnswers() throws Exception {
        assertThat(header(reply(ORIGINAL).toSender()))
                .isEqualTo(
                        """
                        To: Bob <bob@example.net>
                        Subject: Re: Lunch
                        In-Reply-To: <2@example.net>
                        References: <1@example.net> <2@example.net>
                        """);
        assertThat(header(reply("Reply-To: team@example.net\n" + ORIGINAL).toSender()))
                .startsWith("To: team@example.net\n");
    }

    @Test
    void anAnswerToAllGoesToEverybodyOnceAndNotToOneself() throws Exception {
        assertThat(header(reply(ORIGINAL).toAll()))
                .startsWith(
                        "To: Bob <bob@example.net>\n"
                                + "Cc: Carol <carol@example.com>, dave@example.com\n");
        assertThat(header(reply("Mail-Followup-To: list@example.net\n" + ORIGINAL).toAll()))
                .startsWith("To: list@example.net\nSubject");
        assertThat(
                        header(
                                reply("List-Post: <mailto:list@example.net?subject=x>\n" + ORIGINAL)
                                        .toList()))
                .startsWith("To: list@example.net\nSubject");
    }

    @Test
    void whoAnswersHisOwnLetterWritesToItsRecipients() throws Exception {
        assertThat(
                        header(
                                reply(
                                                "From: ann@example.org\n"
                                                        + "To: bob@example.net\n"
                                                        + "Cc: carol@example.com\n\n")
                                        .toAll()))
                .startsWith("To: bob@example.net\nCc: carol@example.com\n");
    }

    // RFC 5322 §3.6.4
    @Test
    void aLongThreadKeepsItsFirstAndItsLastIds() throws Exception {
        String references =
                IntStream.range(0, 500)
                        .mapToObj(i -> "<r" + i + "@x>")
                        .collect(Collectors.joining("\n "));
        String header =
                header(reply("Message-ID: <me@x>\nReferences: " + references + "\n").toSender());
        assertThat(header).contains("References: <r0@x> <r482@x>").contains("<r499@x> <me@x>\n");
    }

    @Test
    void aHostileOriginalPutsNothingIntoTheAnswer() throws Exception {
        var letter =
                reply(
                                """
                                From: "a\\\rBcc: eve@x" <bob@example.net>, <@@>, <x@y z>
                                Subject: =?utf-8?Q?a=0D=0ABcc:_eve@example.org?=
                                Message-ID: <a\tb c@x>
                                References: <%s> <ok@x>
                                """
                                        .formatted("l".repeat(2_000)))
                        .toAll();
        String header = header(letter);
        assertThat(header.lines()).noneMatch(line -> line.startsWith("Bcc"));
        assertThat(header).contains("Subject: Re: a  Bcc: eve@example.org\n").doesNotContain("lll");
    }

    @Test
    void whatIsQuotedIsMarked() {
        assertThat(reply(ORIGINAL).quoting("Hi\n\n> old\n"))
                .isEqualTo("On 2 March 2026 at 08:00 +0000, Bob wrote:\n> Hi\n>\n>> old\n");
    }

    @Test
    void aForwardHasTheMessageInItOrItsWords() throws Exception {
        byte[] original =
                octets(
                        ORIGINAL
                                + "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
                                + "Content-Transfer-Encoding: 8bit\n\nGrüße\n");
        var forward = new Forward(Fields.of(original));
        byte[] attached =
                forward.attached(Source.of(original))
                        .from(ANN)
                        .to(ANN)
                        .text("See below.\n")
                        .compose(Desk.composer())
                        .octets(NextHop.EIGHT_BIT);
        assertThat(new String(attached, StandardCharsets.UTF_8))
                .contains(
                        "Subject: Fwd: Lunch\r\n",
                        "message/rfc822\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
                                + new String(original, StandardCharsets.UTF_8));
        assertThat(Structure.of(attached).root().children().get(1).isMessage()).isTrue();
        byte[] inline =
                forward.inline("See below.", "Grüße\n")
                        .from(ANN)
                        .to(ANN)
                        .compose(Desk.composer())
                        .octets(NextHop.EIGHT_BIT);
        assertThat(new String(inline, StandardCharsets.UTF_8))
                .contains(
                        "See below.\r\n\r\n---------- Forwarded message ----------\r\n"
                                + "From: Bob <bob@example.net>\r\n",
                        "Grüße");
    }

    // RFC 5322 §3.6.6
    @Test
    void aResendPutsABlockBeforeAndChangesNothing() throws Exception {
        byte[] original = octets("Resent-From: x@y\n" + ORIGINAL + "\nHi\n");
        var out = new ByteArrayOutputStream();
        Resend.of(
                        Desk.composer(),
                        ANN,
                        List.of(new Person("eve", "example.org")),
                        Source.of(original))
                .writeTo(out, NextHop.SEVEN_BIT);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        """
                        Resent-Date: Sun, 1 Mar 2026 10:30:00 +0100
                        Resent-From: Ann <ann@example.org>
                        Resent-To: eve@example.org
                        Resent-Message-ID: <id1@example.org>
                        """
                                        .replace("\n", "\r\n")
                                + new String(original, StandardCharsets.UTF_8));
        assertThatThrownBy(() -> Resend.of(Desk.composer(), ANN, List.of(), Source.of(original)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
