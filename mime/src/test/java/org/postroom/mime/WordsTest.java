package org.postroom.mime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

class WordsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // RFC 2047 §8
                "=?US-ASCII?Q?Keith_Moore?= <moore@cs.utk.edu> | Keith Moore <moore@cs.utk.edu>",
                "=?ISO-8859-1?Q?Keld_J=F8rn_Simonsen?= | Keld J\u00f8rn Simonsen",
                "=?ISO-8859-1?Q?Andr=E9?= Pirard | Andr\u00e9 Pirard",
                "=?ISO-8859-1?B?SWYgeW91IGNhbiByZWFkIHRoaXMgeW8=?="
                        + " =?ISO-8859-2?B?dSB1bmRlcnN0YW5kIHRoZSBleGFtcGxlLg==?="
                        + " | If you can read this you understand the example.",
                "(=?iso-8859-8?b?7eXs+SDv4SDp7Oj08A==?=) | (\u05dd\u05d5\u05dc\u05e9 \u05df\u05d1"
                        + " \u05d9\u05dc\u05d8\u05e4\u05e0)",
                "(=?ISO-8859-1?Q?a?=) | (a)",
                "(=?ISO-8859-1?Q?a?= b) | (a b)",
                "(=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=) | (ab)",
                "(=?ISO-8859-1?Q?a?=    =?ISO-8859-1?Q?b?=) | (ab)",
                "(=?ISO-8859-1?Q?a_b?=) | (a b)",
                "(=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=) | (a b)",
                // RFC 2231 §5
                "=?US-ASCII*EN?Q?Keith_Moore?= | Keith Moore",
                // a character split between two words, and small letters
                "=?utf-8?q?=e2=82?= =?UTF-8?q?=ac?= | \u20ac",
                "a =?utf-8?q?b?=c | a bc",
            })
    void isDecoded(String value, String text) {
        assertThat(Words.decode(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=?",
                "=?=",
                "=?utf-8",
                "=?utf-8?",
                "=?utf-8?q",
                "=?utf-8?q?",
                "=?utf-8?q?a",
                "=?utf-8?q?a?",
                "=?utf-8?x?a?=",
                "=?no-such-charset?q?a?=",
                "=?x-JISAutoDetect?q?a?=",
                "=??q?a?=",
                "=?utf-8?qq?a?=",
                "plain",
                "=?=?=?=?=?=",
                "=? utf-8?q?a?=",
                ""
            })
    void whatIsBrokenStaysAsItIs(String value) {
        assertThat(Words.decode(value)).isEqualTo(value);
    }

    @Test
    void rawOctetsAreUtf8OrWindows1252() { // RFC 6532 §3.1
        byte[] utf8 = "\u20ac =?utf-8?q?=E2=82=AC?=".getBytes(StandardCharsets.UTF_8);
        assertThat(Words.decode(new String(utf8, StandardCharsets.ISO_8859_1)))
                .isEqualTo("\u20ac \u20ac");
        assertThat(Words.decode("\u0080 5")).isEqualTo("\u20ac 5");
    }
}
