package org.postroom.mime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// One parameter of a Content-Type or Content-Disposition, as it came: the name in lower case, the
/// value without its quotes, octets as ISO 8859-1. RFC 2231's pieces (`name*0*`) stand apart;
/// [#text] puts them together.
public record Parameter(String name, String value) {

    private static final int MAX_DIGITS = 3; // there are no more than a hundred parameters

    /// The readable value of a parameter: with charset and language (`name*`), else of its pieces
    /// (`name*0`, `name*1*` …, in whatever order), else the plain one, in which encoded words are
    /// read ([Tolerance#WORDS_IN_PARAMETER]) and octets above 127 ([Tolerance#RAW_PARAMETER]).
    ///
    /// @param name in lower case
    // RFC 2231 §3, §4, §4.1
    static Optional<String> text(List<Parameter> parameters, String name) {
        var pieces = new TreeMap<Integer, Parameter>();
        Optional<String> plain = Optional.empty();
        for (var parameter : parameters) {
            String found = parameter.name();
            if (!found.startsWith(name)) continue;
            String rest = found.substring(name.length());
            if (rest.equals("*")) return Optional.of(together(List.of(parameter)));
            if (rest.isEmpty() && plain.isEmpty()) plain = Optional.of(parameter.value());
            int number = number(rest);
            if (number >= 0) pieces.putIfAbsent(number, parameter);
        }
        var inARow = new ArrayList<Parameter>();
        for (var piece = pieces.get(0); piece != null; piece = pieces.get(inARow.size()))
            inARow.add(piece);
        return inARow.isEmpty() ? plain.map(Words::decode) : Optional.of(together(inARow));
    }

    /// These parameters with the pieces of each put together, as IMAP wants them: still encoded, and
    /// called `name*`, if any piece was. Pieces of which some are missing stay apart.
    // RFC 2231 §6
    public static List<Parameter> joined(List<Parameter> parameters) {
        if (parameters.stream().noneMatch(each -> each.name.indexOf('*') >= 0)) return parameters;
        var pieces = new HashMap<String, TreeMap<Integer, Parameter>>();
        for (var each : parameters)
            if (each.number() >= 0)
                pieces.computeIfAbsent(each.base(), _ -> new TreeMap<>())
                        .putIfAbsent(each.number(), each);
        var joined = new ArrayList<Parameter>();
        for (var each : parameters) {
            var row = pieces.get(each.base());
            boolean whole = row != null && row.lastKey() == row.size() - 1;
            if (row == null || !whole || each.number() < 0) joined.add(each);
            else if (each.equals(row.firstEntry().getValue())) joined.add(one(row.values()));
        }
        return joined;
    }

    private static Parameter one(Collection<Parameter> pieces) {
        boolean extended = pieces.stream().anyMatch(Parameter::isExtended);
        var first = pieces.iterator().next();
        var value = new StringBuilder(extended && !first.isExtended() ? "''" : "");
        for (var piece : pieces)
            value.append(extended && !piece.isExtended() ? escaped(piece.value) : piece.value);
        return new Parameter(extended ? first.base() + "*" : first.base(), value.toString());
    }

    // RFC 2231 §7: attribute-char := <any (US-ASCII) CHAR except SPACE, CTLs, "*", "'", "%",
    // or tspecials>
    private static String escaped(String value) {
        var text = new StringBuilder(value.length());
        for (char c : value.toCharArray())
            if (c <= ' ' || c > 126 || "*'%()<>@,;:\\\"/[]?=".indexOf(c) >= 0)
                text.append(String.format("%%%02X", (int) c));
            else text.append(c);
        return text.toString();
    }

    /// What a piece is a piece of.
    private String base() {
        int star = name.indexOf('*');
        return star < 0 ? name : name.substring(0, star);
    }

    /// Which piece it is, or -1.
    private int number() {
        int star = name.indexOf('*');
        return star < 0 ? -1 : number(name.substring(star));
    }

    // RFC 2231 §3: section := initial-section / other-sections, "*" and a number in front
    private static int number(String rest) {
        int end = rest.endsWith("*") ? rest.length() - 1 : rest.length();
        if (end < 2 || end > MAX_DIGITS + 1 || rest.charAt(0) != '*') return -1;
        int number = 0;
        for (int i = 1; i < end; i++) {
            if (!Ascii.digit(rest.charAt(i))) return -1;
            number = number * 10 + rest.charAt(i) - '0';
        }
        return number;
    }

    // RFC 2231 §4: extended-initial-value := [charset] "'" [language] "'" extended-other-values
    private static String together(List<Parameter> pieces) {
        var first = pieces.getFirst();
        String charset = "";
        int from = 0;
        if (first.isExtended()) {
            int charsetEnd = first.value.indexOf('\'');
            int languageEnd = charsetEnd < 0 ? -1 : first.value.indexOf('\'', charsetEnd + 1);
            if (languageEnd >= 0) {
                charset = first.value.substring(0, charsetEnd);
                from = languageEnd + 1;
            }
        }
        var octets = new StringBuilder();
        for (var piece : pieces) {
            String value = piece.value.substring(from);
            octets.append(piece.isExtended() ? unescaped(value) : value);
            from = 0;
        }
        byte[] bytes = octets.toString().getBytes(StandardCharsets.ISO_8859_1);
        return Text.of(bytes, charset.isEmpty() ? null : charset);
    }

    private boolean isExtended() {
        return name.endsWith("*");
    }

    // RFC 2231 §7: ext-octet := "%" 2(DIGIT / "A" / "B" / "C" / "D" / "E" / "F")
    private static String unescaped(String value) {
        if (value.indexOf('%') < 0) return value;
        var octets = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean escaped = c == '%' && i + 2 < value.length();
            int high = escaped ? Ascii.hex(value.charAt(i + 1)) : -1;
            int low = escaped ? Ascii.hex(value.charAt(i + 2)) : -1;
            if (high >= 0 && low >= 0) {
                octets.append((char) (high << 4 | low));
                i += 2;
            } else octets.append(c);
        }
        return octets.toString();
    }
}
