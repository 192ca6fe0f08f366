package org.postroom.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.postroom.mime.StructureTest.message;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

class SummaryTest {

    private static final byte[] LETTER =
            message(
                    "From: Terry Gray <gray@cac.washington.edu>",
                    "Sender: <@a,@b:c@d>",
                    "To: a group: x@y;, J\u00f6e",
                    "Subject: J\u00f6e",
                    "Content-Type: multipart/mixed; boundary=b; x=\u00e4",
                    "",
                    "--b",
                    "Content-Disposition: inline; filename=x",
                    "Content-Language: de, en",
                    "",
                    "\u00e4\u00f6 text",
                    "--b",
                    "Content-Type: message/rfc822",
                    "Content-ID:",
                    "",
                    "Subject: within",
                    "",
                    "\0");

    @Test
    void whatIsEncodedIsDecoded() {
        var summary = Structure.of(LETTER);
        assertThat(summary.oddities()).hasSize(5);
        assertThat(summary.preview()).isEqualTo("\u00e4\u00f6 text");
        assertThat(Summary.decode(summary.encode())).isEqualTo(summary);
        assertThat(Summary.isCurrent(summary.encode())).isTrue();
    }

    @Test
    void aRowIsSmall() {
        var summary = Structure.of(message("From: Joe <joe@x.test>", "Subject: hello", "", "text"));
        assertThat(summary.encode().length).isLessThan(140);
    }

    @Test
    void aRowOfAnotherVersionOrLengthIsRefused() {
        byte[] row = Structure.of(LETTER).encode();
        for (int length = 0; length < row.length; length++) {
            byte[] part = Arrays.copyOf(row, length);
            assertThatThrownBy(() -> Summary.decode(part))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        byte[] more = Arrays.copyOf(row, row.length + 1);
        assertThatThrownBy(() -> Summary.decode(more)).isInstanceOf(IllegalArgumentException.class);
        row[0]++;
        assertThat(Summary.isCurrent(row)).isFalse();
        assertThat(Summary.isCurrent(new byte[0])).isFalse();
        assertThatThrownBy(() -> Summary.decode(row)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aDamagedRowIsReadOrRefused() {
        byte[] row = Structure.of(LETTER).encode();
        var random = new Random(34);
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] damaged = row.clone();
            for (int i = random.nextInt(3); i >= 0; i--)
                damaged[1 + random.nextInt(row.length - 1)] = (byte) random.nextInt(256);
            try {
                assertThat(Summary.decode(damaged)).isNotNull();
            } catch (IllegalArgumentException expected) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(100);
    }

    @Test
    void aPrefixedSummaryIsThatOfThePrefixedMessage() {
        byte[] trace =
                message("Return-Path: <a@b>", "Received: from x", "\tby y; Mon, 5 Jan 2026 0:00");
        var whole = new ByteArrayOutputStream();
        whole.writeBytes(trace);
        whole.writeBytes(LETTER);
        var prefixed = Structure.of(LETTER).prefixed(trace);
        assertThat(prefixed).isEqualTo(Structure.of(whole.toByteArray()));
        assertThat(prefixed.root().header().offset()).isZero();
        assertThat(prefixed.fields().getFirst()).isEqualTo(new FieldPlace("Return-Path", 0, 20));
        assertThat(Summary.decode(prefixed.encode())).isEqualTo(prefixed);
        assertThat(Structure.of(LETTER).prefixed(new byte[0])).isEqualTo(Structure.of(LETTER));
    }

    @Test
    void attachmentsAreSeen() {
        assertThat(hasAttachment("mixed", "Content-Disposition: ATTACHMENT")).isTrue();
        assertThat(hasAttachment("mixed", "Content-Disposition: inline")).isFalse();
        assertThat(hasAttachment("mixed", "Content-Type: application/pdf")).isTrue();
        assertThat(hasAttachment("mixed", "Content-Type: message/rfc822")).isTrue();
        assertThat(hasAttachment("mixed", "Content-Type: image/png")).isFalse();
        assertThat(hasAttachment("related", "Content-Type: image/png")).isTrue();
        assertThat(hasAttachment("mixed", "Content-Type: text/plain; name=x.txt")).isTrue();
        assertThat(hasAttachment("alternative", "Content-Type: text/html")).isFalse();
        assertThat(hasAttachment("signed", "Content-Type: application/pgp-signature")).isFalse();
        assertThat(Structure.of(message("Content-Type: application/pdf", "")).hasAttachment())
                .isTrue();
        assertThat(Structure.of(message("Subject: text", "", "x")).hasAttachment()).isFalse();
    }

    // RFC 8621 §4.1.4
    private static boolean hasAttachment(String multipart, String field) {
        return Structure.of(
                        message(
                                "Content-Type: multipart/" + multipart + "; boundary=b",
                                "",
                                "--b",
                                "",
                                "text",
                                "--b",
                                field,
                                "",
                                "--b--"))
                .hasAttachment();
    }

    @Test
    void whatItIsThreadedAndSortedByIsKept() {
        var summary =
                Structure.of(
                        message(
                                "Subject: Re: [list] =?utf-8?q?gr=C3=BCn?= (fwd)",
                                "Message-ID: <4@x>",
                                "In-Reply-To: Your letter <3@x>",
                                "References: <1@x>",
                                " <2@x> <\"3\"@x>",
                                "",
                                "text"));
        assertThat(summary.identification())
                .isEqualTo(new Identification("4@x", List.of("3@x"), List.of("1@x", "2@x", "3@x")));
        assertThat(summary.identification().ancestors()).containsExactly("1@x", "2@x", "3@x");
        assertThat(summary.baseSubject()).isEqualTo(new BaseSubject("gr\u00fcn", true));
        assertThat(Summary.decode(summary.encode())).isEqualTo(summary);
    }

    @Test
    void aReplyWithoutReferencesHasOneAncestor() { // RFC 5256 §3
        var summary = Structure.of(message("In-Reply-To: <1@x> <2@x>", "", ""));
        assertThat(summary.identification().ancestors()).containsExactly("1@x");
        assertThat(summary.identification().messageId()).isNull();
    }
}
