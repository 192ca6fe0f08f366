package org.postroom.mime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @Test
    void noCharsetIsGuessedByItsEscapes() { // TRAPS T35
        byte[] octets = "\u65e5".getBytes(Charset.forName("ISO-2022-JP"));
        for (String label : new String[] {"us-ascii", "no-such", "x-JISAutoDetect"})
            assertThat(Text.of(octets, label)).isEqualTo("\u001b$BF|\u001b(B");
    }
}
