package org.postroom.mime.compose;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.postroom.mime.Decoding;
import org.postroom.mime.Source;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

final class EncodingTest {

    private static String encoded(Encoding encoding, byte[] octets) throws IOException {
        var out = new ByteArrayOutputStream();
        encoding.write(Source.of(octets), out);
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    private static String quotedPrintable(String text) throws IOException {
        return encoded(Encoding.QUOTED_PRINTABLE, text.getBytes(StandardCharsets.UTF_8));
    }

    private static Encoding best(String octets, boolean text, NextHop hop) throws IOException {
        var source = Source.of(octets.getBytes(StandardCharsets.ISO_8859_1));
        return Encoding.best(Survey.of(source), text, hop, false);
    }

    // Textbook: M11 table 23.5, base64 written
    @Test
    void base64WritesTheTablesCharacterForEachOfSixtyFourValues() throws IOException {
        String table = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int value = 0; value < 64; value++) {
            byte[] octets = {
                (byte) (value << 2 | value >> 4),
                (byte) (value << 4 | value >> 2),
                (byte) (value << 6 | value)
            };
            assertThat(encoded(Encoding.BASE64, octets))
                    .isEqualTo(String.valueOf(table.charAt(value)).repeat(4));
        }
    }

    // Textbook: M11 table 23.4, base64 written
    @Test
    void base64DividesTwentyFourBitsIntoFourCharacters() throws IOException {
        byte[] octets = {(byte) 0b11001100, (byte) 0b10000001, (byte) 0b00111001};
        assertThat(encoded(Encoding.BASE64, octets)).isEqualTo("zIE5");
        assertThat(encoded(Encoding.BASE64, new byte[] {1})).isEqualTo("AQ==");
        assertThat(encoded(Encoding.BASE64, new byte[] {1, 2})).isEqualTo("AQI=");
    }

    // Textbook: M11 table 23.4, quoted-printable written
    @Test
    void quotedPrintableWritesWhatIsNotAsciiAsItsCode() throws IOException {
        byte[] octets = {'&', (byte) 0b10011101, '9'};
        assertThat(encoded(Encoding.QUOTED_PRINTABLE, octets)).isEqualTo("&=9D9");
        assertThat(quotedPrintable("a=b")).isEqualTo("a=3Db");
        assertThat(quotedPrintable("äß")).isEqualTo("=C3=A4=C3=9F");
    }

    // Textbook: M11 table 23.4, the encoding chosen
    @Test
    void theEncodingIsTheLeastThatGoesThrough() throws IOException {
        String tooLong = "x".repeat(999);
        assertThat(best("short\r\n", true, NextHop.SEVEN_BIT)).isEqualTo(Encoding.SEVEN_BIT);
        assertThat(best("gr\u00FC\u00DFe\r\n", true, NextHop.EIGHT_BIT))
                .isEqualTo(Encoding.EIGHT_BIT);
        assertThat(best("gr\u00FC\u00DFe sagen wir\r\n", true, NextHop.SEVEN_BIT))
                .isEqualTo(Encoding.QUOTED_PRINTABLE);
        assertThat(best("\u00E0\u00B0\u00A4\u00E0", true, NextHop.SEVEN_BIT))
                .isEqualTo(Encoding.BASE64);
        assertThat(best("GIF89a\0\0", false, NextHop.EIGHT_BIT)).isEqualTo(Encoding.BASE64);
        assertThat(best("GIF89a\0\0", false, NextHop.BINARY)).isEqualTo(Encoding.BINARY);
        assertThat(best(tooLong, true, NextHop.EIGHT_BIT)).isEqualTo(Encoding.QUOTED_PRINTABLE);
        assertThat(best("a line\nanother\n", true, NextHop.EIGHT_BIT))
                .isEqualTo(Encoding.QUOTED_PRINTABLE);
        assertThat(best("a line\ranother\r", true, NextHop.EIGHT_BIT))
                .isEqualTo(Encoding.QUOTED_PRINTABLE);
    }

    // RFC 2045 §6.7: rules 3 and 5
    @Test
    void quotedPrintableBreaksLinesSoftlyAndGuardsTheirEnds() throws IOException {
        assertThat(quotedPrintable("blank \r\ntab\t\r\nend "))
                .isEqualTo("blank=20\r\ntab=09\r\nend=20");
        assertThat(quotedPrintable("x".repeat(80)))
                .isEqualTo("x".repeat(75) + "=\r\n" + "x".repeat(5));
        assertThat(quotedPrintable("From me\r\n.\r\n..\r\nFrom"))
                .isEqualTo("=46rom me\r\n=2E\r\n..\r\nFrom");
        assertThat(quotedPrintable("a\nb\rc\r")).isEqualTo("a=0Ab=0Dc=0D");
    }

    @Test
    void whatIsEncodedIsDecodedAgain() throws IOException {
        for (long seed = 0; seed < 2_000; seed++) {
            byte[] octets = noise(new Random(seed));
            for (var encoding : new Encoding[] {Encoding.QUOTED_PRINTABLE, Encoding.BASE64}) {
                String text = encoded(encoding, octets);
                assertThat(text.lines().mapToInt(String::length).max().orElse(0))
                        .as("seed %d", seed)
                        .isLessThanOrEqualTo(76);
                var in = new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
                try (var decoding = Decoding.of(in, encoding.token)) {
                    assertThat(decoding.readAllBytes()).as("seed %d", seed).isEqualTo(octets);
                }
            }
        }
    }

    private static byte[] noise(Random random) {
        var out = new ByteArrayOutputStream();
        String[] pieces = {
            "From ", "\r\n", "\r", "\n", " ", "\t", ".", "=", "text", "\u00E4", "\0", "x".repeat(70)
        };
        for (int i = random.nextInt(30); i > 0; i--)
            out.writeBytes(
                    pieces[random.nextInt(pieces.length)].getBytes(StandardCharsets.ISO_8859_1));
        return out.toByteArray();
    }

    @Test
    void theGuessOfTheLengthIsNearTheLength() throws IOException {
        for (long seed = 0; seed < 200; seed++) {
            byte[] octets = new byte[2_000];
            new Random(seed).nextBytes(octets);
            if (seed % 2 == 0) Arrays.fill(octets, 0, 1_500, (byte) 'a');
            var survey = Survey.of(Source.of(octets));
            assertThat(
                            (double) encoded(Encoding.QUOTED_PRINTABLE, octets).length()
                                    / survey.quotedPrintable())
                    .as("seed %d", seed)
                    .isBetween(0.6, 1.1);
            assertThat(Math.abs(encoded(Encoding.BASE64, octets).length() - survey.base64()))
                    .isLessThan(3);
        }
    }
}
