package org.postroom.mime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;

class DecodingTest {

    private static String decode(String text, String encoding) throws IOException {
        var in = new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
        try (var decoding = Decoding.of(in, encoding)) {
            return new String(decoding.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void base64ReadsWhatTheJdkWrites() throws IOException {
        var random = new Random(2045);
        for (int length = 0; length < 300; length++) {
            byte[] octets = new byte[length];
            random.nextBytes(octets);
            String text = Base64.getMimeEncoder().encodeToString(octets);
            assertThat(decode(text, "BASE64"))
                    .isEqualTo(new String(octets, StandardCharsets.ISO_8859_1));
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "SGVsbG8=,Hello",
                "SGVsbG8,Hello", // the padding is missing
                "S!G V-s*bG8=,Hello", // what is not of the alphabet
                "SGVsbG8=SGVsbG8=,HelloHello", // two, one after the other
                "SGVsbG8=====,Hello",
                "SGVsbG8=____a list,Hello", // garbage after padding is the end
                "S,``",
                "=,``",
            })
    void base64Survives(String text, String meaning) throws IOException {
        assertThat(decode(text, "base64")).isEqualTo(meaning);
    }

    @Test
    void quotedPrintable() throws IOException { // RFC 2045 §6.7
        assertThat(
                        decode(
                                "Now's the time =\r\nfor all folk to come=\r\n to the aid of their"
                                        + " country.",
                                "Quoted-Printable"))
                .isEqualTo("Now's the time for all folk to come to the aid of their country.");
        assertThat(decode("a=3Db=0D=0A=e4=E4", "quoted-printable"))
                .isEqualTo("a=b\r\n\u00e4\u00e4");
        assertThat(decode("blanks \t \r\nend  ", "quoted-printable")).isEqualTo("blanks\r\nend");
        assertThat(decode("a b\tc=20\r\n", "quoted-printable")).isEqualTo("a b\tc \r\n");
    }

    @Test
    void quotedPrintableSurvives() throws IOException {
        assertThat(decode("=", "quoted-printable")).isEmpty();
        assertThat(decode("a=\nb", "quoted-printable")).isEqualTo("ab");
        assertThat(decode("a= \t\r\nb", "quoted-printable")).isEqualTo("ab");
        assertThat(decode("a= b", "quoted-printable")).isEqualTo("a= b");
        assertThat(decode("a=\rb", "quoted-printable")).isEqualTo("ab");
        assertThat(decode("=G1=1G=4=", "quoted-printable")).isEqualTo("=G1=1G=4");
        assertThat(decode("==41", "quoted-printable")).isEqualTo("=A");
        String blanks = " ".repeat(5000);
        assertThat(decode(blanks + "x", "quoted-printable")).isEqualTo(blanks + "x");
        assertThat(decode("=" + blanks + "x", "quoted-printable")).isEqualTo("=" + blanks + "x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-uuencode", "UUENCODE", "uue", "x-uue"})
    void uuencode(String encoding) throws IOException { // Tolerance.UUENCODE
        String file = "begin 644 cat.txt\r\n#0V%T\r\n`\r\nend\r\n";
        assertThat(decode(file, encoding)).isEqualTo("Cat");
        assertThat(decode("Here it is:\n\n" + file + "Bye\n#0V%T\n", encoding)).isEqualTo("Cat");
    }

    @Test
    void uuencodeSurvives() throws IOException {
        // "\0\0\0" in blanks, which were cut off at the end of the line
        assertThat(decode("begin 0 x\n#\nend", "uuencode")).isEqualTo("\0\0\0");
        assertThat(decode("begin 0 x\n#0V%Tx\nend", "uuencode")).isEqualTo("Cat");
        assertThat(decode("#0V%T\n", "uuencode")).isEmpty();
        assertThat(decode("begin 0 x\n#0V%T", "uuencode")).isEqualTo("Cat");
        assertThat(decode("", "uuencode")).isEmpty();
        assertThat(decode("begin 0 x\n\u00e4\u00e4\n#0V%T\nend", "uuencode")).isEqualTo("Cat");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "base64 | SGVsbG8= | -1",
                "base64 | SGVsbG8 | 6",
                "base64 | SGVs!bG8= | 4",
                "base64 | SGVsbG8=SGVs | 8",
                "base64 | = | 0",
                "base64 | SG==Vs | 4",
                "base64 | S=== | 1",
                "quoted-printable | a=3Db=3d | -1",
                "quoted-printable | a=x | 1",
                "quoted-printable | a=3 | 2",
                "quoted-printable | a= | -1",
                "uuencode | #0V%T | 4",
                "8bit | x | -1",
            })
    void damageHasAPlace(String encoding, String text, long offset) throws IOException {
        try (var decoding =
                Decoding.of(
                        new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)),
                        encoding)) {
            decoding.transferTo(OutputStream.nullOutputStream());
            assertThat(decoding.oddity().map(Oddity::offset).orElse(-1L)).isEqualTo(offset);
        }
    }

    @Test
    void damageFarIntoAStreamHasAPlace() throws IOException {
        byte[] octets = ("QUJD".repeat(50_000) + "!").getBytes(StandardCharsets.US_ASCII);
        try (var decoding = Decoding.of(new ByteArrayInputStream(octets), "base64")) {
            assertThat(decoding.readAllBytes()).hasSize(150_000);
            assertThat(decoding.oddity()).contains(new Oddity(Oddity.Kind.BASE64_DAMAGED, 200_000));
        }
    }

    @Test
    void otherEncodingsAreNone() throws IOException { // RFC 2045 §6.2
        assertThat(decode("a=3D", "8bit")).isEqualTo("a=3D");
        assertThat(decode("a=3D", "x-unknown")).isEqualTo("a=3D");
    }
}
