package org.postroom.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postroom.ftp.Type.Form;

import java.util.HexFormat;

/// What crosses the data connection, derived by hand from RFC 959 §3, octet by octet. A line is type,
/// structure and mode; what the file is ([Recorded]; `/` stands for LF, `~` for CR); the octets.
final class VectorsTest {

    private static final HexFormat HEX = HexFormat.of();

    /// Each is what we send, and is read as what was sent.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # stream: the end is the connection's (RFC 959 §3.4.1)
                    I F S   | abc{E}                     | 616263
                    A F S   | a/b/{E}                    | 610d0a620d0a
                    A T F S | a/b/{E}                    | 610d0a620d0a
                    E F S   | a b/{E}                    | 81408215
                    I F S   | {E}                        |
                    L8 F S  | a{E}                       | 61
                    # stream, records: FF 01, 02 and 03, FF FF for FF (RFC 959 §3.4.1)
                    A R S   | ab{R}c{R}{E}               | 6162ff0163ff03
                    A R S   | {E}                        | ff02
                    A R S   | {R}{E}                     | ff03
                    A R S   | {R}{R}{E}                  | ff01ff03
                    I R S   | aÿb{R}{E}                  | 61ffff62ff03
                    I R S   | ÿ{R}ÿÿ{R}{E}               | ffffff01ffffffffff03
                    A R S   | a/b{R}{E}                  | 610d0a62ff03
                    E R S   | a b{R}{E}                  | 814082ff03
                    # stream, pages: header length, index, data length, type (RFC 959 §3.1.2.3)
                    I P S   | {P 0 2 SIMPLE []}ab{P 3 1 SIMPLE []}c{E}  | 040002016162 0403010163 04000000
                    I P S   | {P 1 0 SIMPLE []}{P 2 1 ACCESS_CONTROLLED [7]}c{E} | 04010001 050201030763 04000000
                    I P S   | {P 0 1 DESCRIPTOR [1, 2]}d{E} | 060001020102 64 04000000
                    L16 P S | {P 258 1 SIMPLE []}ab{E}   | 0004 0102 0001 0001 6162 0004 0000 0000 0000
                    # block: descriptor, count of two octets (RFC 959 §3.4.2)
                    I F B   | abc{E}                     | 40 0003 616263
                    I F B   | {E}                        | 40 0000
                    A F B   | a/{E}                      | 40 0003 610d0a
                    E F B   | a/{E}                      | 40 0002 8115
                    A R B   | ab{R}c{R}{E}               | 80 0002 6162 c0 0001 63
                    A R B   | {R}{R}{E}                  | 80 0000 c0 0000
                    I R B   | ÿ{R}a{E}                   | 80 0001 ff 40 0001 61
                    I F B   | ab{M 2}c{M x3}{E}          | 00 0002 6162 10 0001 32 00 0001 63 10 0002 7833 40 0000
                    A R B   | a{R}{M 1}b{R}{E}           | 80 0001 61 10 0001 31 c0 0001 62
                    I P B   | {P 5 1 SIMPLE []}a{E}      | 40 0009 04050101 61 04000000
                    # compressed: strings, 10nnnnnn runs, 11nnnnnn fillers, 00 and a descriptor (RFC 959 §3.4.3)
                    I F C   | abc{E}                     | 0040 03 616263
                    I F C   | {E}                        | 0040 c0
                    I F C   | aaaab{E}                   | 8461 0040 01 62
                    I F C   | \\0\\0\\0a{E}                 | c3 0040 01 61
                    A F C   | a\\s\\s\\sb/{E}            | 01 61 c3 0040 03 620d0a
                    E F C   | a\\s\\s\\sb/{E}            | 01 81 c3 0040 02 8215
                    A R C   | ab{R}{R}c{R}{E}            | 0080 02 6162 0080 c0 00c0 01 63
                    A R C   | aaaa{R}{E}                 | 00c0 84 61
                    I F C   | a{M m1}b{E}                | 01 61 0010 02 6d31 0040 01 62
                    I P C   | {P 0 2 SIMPLE []}\\0\\0{E}   | 0404 0002 01 c2 01 04 0040 c3
                    """)
    void whatCrosses(String as, String told, String hex) throws Refusal {
        var representation = representation(as);
        String file = unescaped(told);
        // the page vector in compressed mode has no one spelling: it is read only
        if (!as.equals("I P C"))
            assertThat(HEX.formatHex(sent(representation, file))).isEqualTo(plain(hex));
        var octets = as.equals("I P C") ? sent(representation, file) : HEX.parseHex(plain(hex));
        for (int border = 1; border < 12; border++)
            assertThat(received(representation, octets, border)).isEqualTo(file);
    }

    /// Others may say it otherwise, and are understood.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    A R S | ab{R}{E}       | 6162ff01ff02
                    A R S | ab{E}          | 6162ff02
                    I F B | abc{E}         | 00 0000 00 0001 61 20 0001 62 40 0001 63
                    I F B | ab{E}          | 00 0002 6162 40 0000
                    I F B | a{M 7}b{E}     | 00 0001 61 30 0001 37 40 0001 62
                    I F B | a{M 7}{E}      | 00 0001 61 50 0001 37
                    I F B | a{E}           | c0 0001 61
                    A R B | ab{R}{E}       | 00 0001 61 80 0001 62 40 0000
                    I P B | {P 5 1 SIMPLE []}a{E} | 00 0003 040501 00 0002 0161 00 0004 04000000 40 0000
                    I F C | aa\\0{E}       | 0020 82 61 0040 01 00
                    I F C | aab{E}         | 8161 01 61 0040 8162
                    A R C | ab{R}{E}       | 01 61 0080 01 62 0040 c0
                    A R C | a{R}{E}        | 0080 0040 01 61
                    A R C | a{R}{E}        | 0080 01 61 0040
                    I F C | {M 99}a{E}     | 0010 8239 0040 01 61
                    I F C | {E}            | 0040 8000
                    A F S | a~b~/c~{E}    | 610d62 0d0d0a 630d
                    E F S | a/b{E}         | 81 15 82
                    """)
    void whatOthersMaySay(String as, String told, String hex) throws Refusal {
        var octets = HEX.parseHex(plain(hex));
        for (int border = 1; border < 9; border++)
            assertThat(received(representation(as), octets, border)).isEqualTo(unescaped(told));
    }

    /// TRAPS F12, F14: neither a file that was cut nor one that makes no sense is taken for whole.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # cut before the end that has to be said
                    A R S | 426 | 6162ff01
                    A R S | 426 | 6162ff
                    A R S | 426 |
                    I P S | 426 | 04000201 61
                    I P S | 426 | 04000101 61
                    I F B | 426 | 00 0003 616263
                    I F B | 426 | 40 0003 6162
                    I F B | 426 | 40
                    I F B | 426 |
                    I F C | 426 | 03 616263
                    I F C | 426 | 0040 03 6162
                    I P B | 426 | 40 0005 04050101 61
                    # no such code
                    A R S | 426 | ff04
                    A R S | 426 | ff00
                    I F B | 426 | 01 0001 61
                    I F C | 426 | 0004 01 61
                    # a marker that is none
                    I F B | 426 | 10 0000
                    I F B | 426 | 10 0001 20
                    I F B | 426 | 10 0001 0a
                    I F C | 426 | 0010 c0
                    # behind the end
                    I F B | 426 | 40 0001 61 00
                    I F C | 426 | 0040 01 61 01
                    A R S | 426 | ff0261
                    I P S | 426 | 0400000004
                    # headers of pages that can't be
                    I P S | 426 | 03000001
                    I P S | 426 | 0500000001
                    I P S | 426 | 04000100
                    I P S | 426 | 04000003
                    I P S | 426 | ff00
                    I P S | 551 | 04000004
                    L64 P S | 426 | 8000000000000000
                    """)
    void f12F14WhatIsCutOrMakesNoSense(String as, int code, String hex) { // TRAPS F12, F14
        var octets = HEX.parseHex(plain(hex));
        for (int border = 1; border < 9; border++) {
            int pieces = border;
            assertThatThrownBy(() -> received(representation(as), octets, pieces))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> assertThat(refusal.reply().code()).isEqualTo(code));
        }
    }

    /// RFC 959 §3.1.1.5: a text with one carriage control is asked for with another.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    A C | NON_PRINT        | one/two/          | \\sone/\\stwo/
                    A C | TELNET           | \\fone~two/       | 1one/+two/
                    A T | CARRIAGE_CONTROL | 1one/+two/\\sx/   | \\fone~two/x/
                    A N | CARRIAGE_CONTROL | 1one/0two/+x/     | one//two/x/
                    A C | CARRIAGE_CONTROL | 1one/             | 1one/
                    """)
    void carriageControlIsConverted(String type, Form stored, String text, String expected)
            throws Refusal {
        var recorded = new Recorded();
        var representation = representation(type + " F S");
        Recorded.tell(unescaped(text) + "{E}", representation.writer(stored, recorded));
        assertThat(recorded.toString().replace("\r\n", "\n"))
                .isEqualTo(unescaped(expected) + "{E}");
    }

    private static Representation representation(String as) throws Refusal {
        var words = as.strip().split(" ");
        Type type =
                switch (words[0].charAt(0)) {
                    case 'A' -> new Type.Ascii(form(words));
                    case 'E' -> new Type.Ebcdic(form(words));
                    case 'L' -> new Type.Local(Integer.parseInt(words[0].substring(1)));
                    default -> new Type.Image();
                };
        return Representation.DEFAULT
                .with(type)
                .with(structure(words[words.length - 2]))
                .with(mode(words[words.length - 1]));
    }

    private static Form form(String[] words) {
        for (var form : Form.values())
            if (words.length == 4 && words[1].charAt(0) == form.code) return form;
        return Form.NON_PRINT;
    }

    private static Structure structure(String code) {
        for (var one : Structure.values()) if (one.code == code.charAt(0)) return one;
        throw new IllegalArgumentException(code);
    }

    private static Mode mode(String code) {
        for (var one : Mode.values()) if (one.code == code.charAt(0)) return one;
        throw new IllegalArgumentException(code);
    }

    private static byte[] sent(Representation as, String told) throws Refusal {
        var recorded = new Recorded();
        Recorded.tell(told, as.writer(Form.NON_PRINT, recorded));
        var octets = recorded.octets();
        return java.util.Arrays.copyOf(octets, octets.length - 3); // {E} is the connection's
    }

    static String received(Representation as, byte[] octets, int border) throws Refusal {
        var recorded = new Recorded();
        var reader = as.reader(recorded);
        for (int at = 0; at < octets.length; at += border)
            reader.octets(octets, at, Math.min(border, octets.length - at));
        reader.end();
        return recorded.toString();
    }

    private static String plain(String hex) {
        return hex == null ? "" : hex.replace(" ", "");
    }

    private static String unescaped(String told) {
        return told.strip()
                .replace('/', '\n')
                .replace('~', '\r')
                .replace("\\s", " ")
                .replace("\\f", "\f")
                .replace("\\0", "\0");
    }
}
