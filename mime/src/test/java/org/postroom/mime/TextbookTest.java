package org.postroom.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.mime.StructureTest.message;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// What the textbooks print of MIME, read.
class TextbookTest {

    // Textbook: M11 table 23.3, data types and subtypes
    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "text/html",
                "image/jpeg",
                "image/gif",
                "video/mpeg",
                "audio/basic",
                "application/postscript",
                "application/octet-stream",
                "message/partial",
                "message/external-body"
            })
    void leaves(String type) {
        var root = Structure.of(message("Content-Type: " + type, "", "x")).root();
        assertThat(StructureTest.tree(root)).isEqualTo(type);
        assertThat(root.children()).isEmpty();
    }

    // Textbook: M11 table 23.3, multipart and message/rfc822
    @ParameterizedTest
    @CsvSource({
        "mixed, text/plain",
        "parallel, text/plain",
        "alternative, text/plain",
        "digest, message/rfc822(text/plain)"
    })
    void multiparts(String subtype, String part) {
        var root =
                Structure.of(
                                message(
                                        "Content-Type: multipart/" + subtype + "; boundary=b",
                                        "",
                                        "--b",
                                        "",
                                        "Subject: one",
                                        "",
                                        "--b",
                                        "",
                                        "Subject: two",
                                        "",
                                        "--b--"))
                        .root();
        assertThat(StructureTest.tree(root))
                .isEqualTo("multipart/" + subtype + "(" + part + " " + part + ")");
    }

    // Textbook: M11 table 23.4, transfer encodings
    @ParameterizedTest
    @CsvSource({
        "7bit, IDENTITY, aS=3D",
        "8bit, IDENTITY, aS=3D",
        "binary, IDENTITY, aS=3D",
        "base64, BASE64, i\u00dc",
        "quoted-printable, QUOTED_PRINTABLE, aS="
    })
    void encodings(String name, TransferEncoding encoding, String meaning) throws IOException {
        byte[] letter = message("Content-Transfer-Encoding: " + name, "", "aS=3D");
        var root = Structure.of(letter).root();
        assertThat(root.transferEncoding()).isEqualTo(encoding);
        byte[] body = "aS=3D".getBytes(StandardCharsets.US_ASCII);
        try (var in = Decoding.of(new ByteArrayInputStream(body), root.encoding())) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1))
                    .isEqualTo(meaning);
        }
    }

    // Textbook: M11 table 23.5, base64's alphabet
    @Test
    void base64() throws IOException {
        for (int value = 0; value < 64; value++) {
            char c;
            if (value < 26) c = (char) ('A' + value);
            else if (value < 52) c = (char) ('a' + value - 26);
            else if (value < 62) c = (char) ('0' + value - 52);
            else c = value == 62 ? '+' : '/';
            byte[] text = ("AAA" + c).getBytes(StandardCharsets.US_ASCII);
            try (var in = Decoding.of(new ByteArrayInputStream(text), "base64")) {
                assertThat(in.readAllBytes()).containsExactly(0, 0, value);
            }
        }
    }

    // Textbook: M11 MIME headers, with the figure's MIME-Version 1.1
    @Test
    void headers() {
        var summary =
                Structure.of(
                        message(
                                "From: a@x.test",
                                "Date: 5 Jan 2005 10:00 +0000",
                                "MIME-Version: 1.1",
                                "Content-Type: text/plain",
                                "Content-Transfer-Encoding: 7bit",
                                "Content-Id: <1@x>",
                                "Content-Description: a letter",
                                "",
                                "x"));
        assertThat(summary.root().id()).isEqualTo("<1@x>");
        assertThat(summary.root().description()).isEqualTo("a letter");
        assertThat(summary.oddities()).isEmpty(); // Tolerance.NO_MIME_VERSION
    }

    // Textbook: M5 figure 23.7, names without addresses and a date in no RFC's form
    @Test
    void figure23x7() {
        var summary =
                Structure.of(
                        message(
                                "From: Behrouz Forouzan",
                                "To: Firouz Mosharraf",
                                "Date: 1/5/05",
                                "Subject: Network",
                                "",
                                "Dear Mr. Mosharraf"));
        assertThat(summary.envelope().from().getFirst().displayName())
                .isEqualTo("Behrouz Forouzan");
        assertThat(summary.envelope().date()).isEqualTo("1/5/05");
        assertThat(StructureTest.kinds(summary))
                .containsExactly(Oddity.Kind.BAD_DATE, Oddity.Kind.BAD_ADDRESS);
    }
}
