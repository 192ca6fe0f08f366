package org.postroom.smtp;

import org.postroom.wire.Octets;

/// Text in the value of a parameter, which may hold no blank, no `=` and nothing beyond ASCII.
final class Xtext {

    /// The type of addresses that are written as RFC 6533 §3 has it.
    static final String UTF8 = "utf-8";

    private Xtext() {}

    // RFC 3461 §4: xtext = *( xchar / hexchar ); xchar = any ASCII CHAR between "!" (33) and "~"
    // (126)
    // inclusive, except for "+" and "="; hexchar = ASCII "+" immediately followed by two upper case
    // hexadecimal digits
    /// The octets that it stands for, one a character.
    static String read(String xtext) throws Refusal {
        var text = new StringBuilder();
        for (int i = 0; i < xtext.length(); i++) {
            char c = xtext.charAt(i);
            if (c == '+') {
                int high = i + 2 < xtext.length() ? hex(xtext.charAt(i + 1)) : -1;
                int low = i + 2 < xtext.length() ? hex(xtext.charAt(i + 2)) : -1;
                if (high < 0 || low < 0) throw new Refusal(Reply.BAD_SYNTAX);
                text.append((char) (high * 16 + low));
                i += 2;
            } else text.append(c);
        }
        return text.toString();
    }

    static String print(String text) {
        String octets = Octets.of(text);
        var xtext = new StringBuilder();
        for (int i = 0; i < octets.length(); i++) {
            char c = octets.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '+' || c == '=')
                xtext.append("+%02X".formatted((int) c));
            else xtext.append(c);
        }
        return xtext.toString();
    }

    // RFC 6533 §3: utf-8-addr-unitext = 1*(QUCHAR / EmbeddedUnicodeChar); EmbeddedUnicodeChar =
    // "\x{"
    // HEXPOINT "}"
    /// The address that it stands for. What does not conform stays as it is, as the RFC has it.
    static String readUnitext(String unitext) throws Refusal {
        String text = Octets.text(unitext).orElseThrow(() -> new Refusal(Reply.BAD_SYNTAX));
        var address = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            int end = text.startsWith("\\x{", i) ? text.indexOf('}', i) : -1;
            int point = end < 0 ? -1 : hexpoint(text, i + 3, end);
            if (point < 0) address.append(text.charAt(i));
            else {
                address.appendCodePoint(point);
                i = end;
            }
        }
        return address.toString();
    }

    // RFC 6533 §3: utf-8-addr-xtext = 1*(QCHAR / EmbeddedUnicodeChar)
    /// The form that a server takes that knows no SMTPUTF8, too.
    static String printUnitext(String address) {
        var unitext = new StringBuilder();
        address.codePoints()
                .forEach(point -> {
                    if (point > ' ' && point < 0x7f && "\\+=".indexOf(point) < 0)
                        unitext.appendCodePoint(point);
                    else unitext.append("\\x{%02X}".formatted(point));
                });
        return unitext.toString();
    }

    // RFC 6533 §3: HEXPOINT, two to six digits, no surrogate; of ASCII only what needs it
    private static int hexpoint(String text, int from, int to) {
        if (to - from < 2 || to - from > 6) return -1;
        int point = 0;
        for (int i = from; i < to; i++) {
            int digit = hex(text.charAt(i));
            if (digit < 0) return -1;
            point = point * 16 + digit;
        }
        boolean plain = point > ' ' && point < 0x7f && "\\+=".indexOf(point) < 0;
        boolean surrogate = point >= 0xd800 && point < 0xe000;
        return plain || surrogate || point == 0 || point > Character.MAX_CODE_POINT ? -1 : point;
    }

    private static int hex(char c) {
        return Grammar.isDigit(c) ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    }
}
