package org.postroom.mime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

class TextTest {

    @ParameterizedTest
    @ValueSource(strings = {"utf-8", "UTF-8", " utf8 ", "us-ascii", "no-such", "", "\u00ff", "?"})
    void utf8IsRead(String label) {
        byte[] octets = "Gr\u00fc\u00dfe \u0c24".getBytes(StandardCharsets.UTF_8);
        assertThat(Text.of(octets, label)).isEqualTo("Gr\u00fc\u00dfe \u0c24");
        assertThat(Text.of(octets, null)).isEqualTo("Gr\u00fc\u00dfe \u0c24");
    }

    @ParameterizedTest
    @ValueSource(strings = {"iso-8859-1", "latin1", "windows-1252", "us-ascii", "no-such"})
    void windows1252IsMeantOrAssumed(String label) {
        assertThat(Text.of(new byte[] {(byte) 0x80, (byte) 0xE4}, label)).isEqualTo("\u20ac\u00e4");
    }

    @Test
    void whatIsNamedIsUsed() {
        for (String label :
                new String[] {"koi8-r", "Big5", "iso-2022-jp", "gb2312", "windows-1256"})
            assertThat(Text.of("abc".getBytes(Charset.forName(label)), label)).isEqualTo("abc");
        assertThat(Text.of("\u043f\u0440\u0438".getBytes(Charset.forName("koi8-r")), "KOI8-R"))
                .isEqualTo("\u043f\u0440\u0438");
        assertThat(Text.of("\u65e5\u672c".getBytes(Charset.forName("ISO-2022-JP")), "iso-2022-jp"))
                .isEqualTo("\u65e5\u672c");
    }

    @ParameterizedTest
    @CsvSource({
        "cp1251, \u042f",
        "Windows_1251, \u042f",
        "x-cp1251, \u042f",
        "win-1251, \u042f",
        "windows-cp1251, \u042f",
        "'\"windows-1251\"', \u042f",
        "koi8-r, \u044a",
        "iso8859-5, \u043f",
        "ISO_8859-5:1988, \u043f",
        "iso-8859-8-i, \u2017",
        "x-mac-cyrillic, \u044f",
        "macintosh, \ufb02",
        "ANSI_X3.110-1983, \u00df",
        "iso-8859-11, \u0e3f",
        "tis-620, \u0e3f",
        "ibm437, \u2580"
    })
    void labelsVary(String label, String character) {
        assertThat(Text.of(new byte[] {(byte) 0xDF}, label)).isEqualTo(character);
        assertThat(Text.isKnown(label)).isTrue();
    }

    @Test
    void windowsIsMeant() { // Tolerance.CHARSET_MEANT
        assertThat(Text.of(new byte[] {(byte) 0x87, 0x40}, "shift_jis")).isEqualTo("\u2460");
        assertThat(Text.of(new byte[] {(byte) 0x81, 0x30, (byte) 0x84, 0x36}, "gb2312"))
                .isEqualTo("\u00a5");
        assertThat(Text.of(new byte[] {(byte) 0x81, 0x41}, "euc-kr")).isEqualTo("\uac02");
        assertThat(Text.of(new byte[] {(byte) 0x80}, "iso-8859-9")).isEqualTo("\u20ac");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                // RFC 2152: the examples
                "A+ImIDkQ. | A\u2262\u0391.",
                "Hi Mom -+Jjo--! | Hi Mom -\u263a-!",
                "+ZeVnLIqe- | \u65e5\u672c\u8a9e",
                "Item 3 is +AKM-1. | Item 3 is \u00a31.",
                "1 +- 1 | 1 + 1",
                "+2D3cqQ- | \ud83d\udca9",
                "+2D0- | \ufffd",
                "+ | ^^",
                "+AGE | a",
                "+AGE!b | a!b",
                "\u00e4 | \ufffd",
            })
    void utf7IsReadWhereItIsNamed(String encoded, String text) {
        byte[] octets = encoded.getBytes(StandardCharsets.ISO_8859_1);
        assertThat(Text.of(octets, "UTF-7")).isEqualTo(text);
        assertThat(Text.of(octets, "us-ascii")).isEqualTo(encoded);
        assertThat(Text.of(octets, null)).isEqualTo(encoded);
    }

    @Test
    void aReaderReadsTheSame() throws IOException {
        for (String label : new String[] {"utf-8", "us-ascii", "utf-7", "iso-8859-1"})
            for (String text : new String[] {"plain", "\u00e4+AGE-", "\u00c3\u00a4", ""}) {
                byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
                try (var reader = Text.reader(new ByteArrayInputStream(octets), label)) {
                    var read = new StringWriter();
                    reader.transferTo(read);
                    assertThat(read).hasToString(Text.of(octets, label));
                }
            }
    }

    @Test
    void aReaderLooksAtTheBeginningOnly() throws IOException {
        byte[] octets = ("a".repeat((64 << 10) - 1) + "\u00e4").getBytes(StandardCharsets.UTF_8);
        try (var reader = Text.reader(new ByteArrayInputStream(octets), null)) {
            var read = new StringWriter();
            reader.transferTo(read);
            assertThat(read.toString()).endsWith("a\u00e4");
        }
    }

    @Test
    void noCharsetIsGuessedByItsEscapes() { // TRAPS T35
        byte[] octets = "\u65e5".getBytes(Charset.forName("ISO-2022-JP"));
        for (String label : new String[] {"us-ascii", "no-such", "x-JISAutoDetect"})
            assertThat(Text.of(octets, label)).isEqualTo("\u001b$BF|\u001b(B");
    }
}
