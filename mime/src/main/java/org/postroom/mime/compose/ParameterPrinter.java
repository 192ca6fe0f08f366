package org.postroom.mime.compose;

import org.postroom.mime.Parameter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Writes a parameter: as a token or quoted string where that says it, in pieces where it is long,
/// and in RFC 2231's form where it is not ASCII.
final class ParameterPrinter {

    /// As much of a value as goes on one line with most names.
    private static final int PIECE = 56;

    private ParameterPrinter() {}

    static void print(Folding field, Parameter parameter) throws CannotCross {
        String name = parameter.name();
        String value = parameter.value();
        boolean plain = Clean.isAscii(value) && Clean.isLine(value) && !looksExtended(value);
        if (plain && (value.length() <= PIECE || name.equals("boundary")))
            attribute(field, name, valueOf(value));
        else if (plain) {
            var pieces = pieces(value, PIECE);
            for (int i = 0; i < pieces.size(); i++)
                attribute(field, name + "*" + i, AddressPrinter.quoted(pieces.get(i)));
        } else extended(field, name, value);
    }

    /// What readers take for something else: encoded words ([org.postroom.mime.Tolerance]), and two
    /// apostrophes, which are RFC 2231's marks to Mime4j wherever they stand.
    private static boolean looksExtended(String value) {
        return value.contains("=?") || value.indexOf('\'') != value.lastIndexOf('\'');
    }

    /// The form that was common before RFC 2231, and is read by what does not know it: encoded words
    /// within a quoted string. RFC 2047 §5 forbids it; nothing that is right is taken from it, since
    /// the right form stands in Content-Disposition.
    static void printLegacy(Folding field, String name, String value) throws CannotCross {
        if (Clean.isAscii(value) && value.length() <= PIECE) {
            attribute(field, name, valueOf(value));
            return;
        }
        var words = new EncodedWords(Clean.line(value), StandardCharsets.UTF_8);
        String before = name + "=\"";
        field.word("", ";");
        String blanks = " ";
        while (words.hasNext()) {
            String word = words.next(76 - before.length() - 2);
            field.word(blanks, before + word + (words.hasNext() ? "" : "\""));
            before = "";
        }
    }

    // RFC 2231 §4: extended-parameter := attribute "*" "=" charset'language'extended-other-values
    private static void extended(Folding field, String name, String value) throws CannotCross {
        var pieces = new ArrayList<String>();
        var piece = new StringBuilder("utf-8''");
        for (int i = 0; i < value.length(); ) {
            int c = value.codePointAt(i);
            String escaped = escaped(c);
            if (piece.length() + escaped.length() > PIECE) {
                pieces.add(piece.toString());
                piece.setLength(0);
            }
            piece.append(escaped);
            i += Character.charCount(c);
        }
        pieces.add(piece.toString());
        if (pieces.size() == 1) attribute(field, name + "*", pieces.getFirst());
        else
            for (int i = 0; i < pieces.size(); i++) // RFC 2231 §4.1
            attribute(field, name + "*" + i + "*", pieces.get(i));
    }

    private static void attribute(Folding field, String name, String value) throws CannotCross {
        field.word("", ";").word(" ", name + "=" + value);
    }

    private static String escaped(int c) {
        if (c < 127 && isAttributeChar((char) c)) return Character.toString(c);
        var text = new StringBuilder();
        for (byte octet : Character.toString(c).getBytes(StandardCharsets.UTF_8))
            text.append(String.format("%%%02X", octet));
        return text.toString();
    }

    private static List<String> pieces(String value, int length) {
        var pieces = new ArrayList<String>();
        for (int i = 0; i < value.length(); i += length)
            pieces.add(value.substring(i, Math.min(value.length(), i + length)));
        return pieces;
    }

    // RFC 2045 §5.1: value := token / quoted-string
    private static String valueOf(String value) {
        boolean token = !value.isEmpty();
        for (int i = 0; i < value.length(); i++) token &= isTokenChar(value.charAt(i));
        return token ? value : AddressPrinter.quoted(value);
    }

    private static boolean isTokenChar(char c) {
        return c > ' ' && c < 127 && "()<>@,;:\\\"/[]?=".indexOf(c) < 0;
    }

    // RFC 2231 §7: attribute-char
    private static boolean isAttributeChar(char c) {
        return isTokenChar(c) && c != '*' && c != '\'' && c != '%';
    }
}
