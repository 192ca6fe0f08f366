package org.postroom.mime;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The charsets that mail may name: all that the JDK has, but those that guess, and UTF-7. Some
/// labels mean more than they say, and are read as what is meant ([Tolerance#CHARSET_MEANT]).
///
/// A table, since the JDK takes a quarter of a millisecond to find that it does not have a charset,
/// and a header field can name a hundred thousand.
final class Charsets {

    static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private static final Map<String, Charset> COMMON =
            Map.of(
                    "utf-8", StandardCharsets.UTF_8,
                    "utf8", StandardCharsets.UTF_8,
                    "us-ascii", StandardCharsets.US_ASCII,
                    "ascii", StandardCharsets.US_ASCII,
                    "iso-8859-1", WINDOWS_1252,
                    "windows-1252", WINDOWS_1252);

    private static final int MAX_LABEL = 64;

    private Charsets() {}

    /// The charset of this label in whatever case, or nothing.
    static Optional<Charset> named(String label) {
        if (label.length() > MAX_LABEL) return Optional.empty();
        String name = Ascii.lower(label.strip());
        var common = COMMON.get(name);
        if (common != null) return Optional.of(common);
        var known = All.NAMED.get(name);
        return Optional.ofNullable(known != null ? known : All.NAMED.get(plain(name)));
    }

    /// A label without what varies in the wild: `X-Windows_1251`, `'iso8859-2'`.
    private static String plain(String name) {
        String plain = name.replace('_', '-').replace("\"", "").replace("'", "");
        if (plain.startsWith("x-")) plain = plain.substring(2);
        if (plain.startsWith("iso8859")) plain = "iso-8859" + plain.substring(7);
        if (plain.startsWith("iso-8859-")) { // iso-8859-8-i, iso-8859-2:1987
            int end = 9;
            while (end < plain.length() && Ascii.digit(plain.charAt(end))) end++;
            plain = plain.substring(0, end);
        }
        for (String prefix : new String[] {"windows-cp", "windows", "win-", "win", "cp-", "cp"})
            if (plain.startsWith(prefix) && plain.length() > prefix.length()) {
                char next = plain.charAt(prefix.length());
                if (Ascii.digit(next)) return "cp" + plain.substring(prefix.length());
            }
        return plain;
    }

    /// Made when somebody first asks for a charset that is not common: it takes the JDK 0.1 s.
    private static final class All {

        /// The charsets that Windows programs extended and label with the old name.
        private static final Map<String, String> MEANT =
                Map.of(
                        "ISO-8859-1", "windows-1252",
                        "ISO-8859-9", "windows-1254",
                        "TIS-620", "x-windows-874",
                        "x-iso-8859-11", "x-windows-874",
                        "GB2312", "GB18030",
                        "GBK", "GB18030",
                        "EUC-KR", "x-windows-949",
                        "Big5", "x-MS950-HKSCS",
                        "Shift_JIS", "windows-31j",
                        "ISO-2022-JP", "x-windows-50221");

        /// Labels that the JDK lacks, or takes for the code page of another company.
        private static final Map<String, String> CALLED =
                Map.ofEntries(
                        Map.entry("cp932", "windows-31j"),
                        Map.entry("cp936", "GB18030"),
                        Map.entry("cp949", "x-windows-949"),
                        Map.entry("cp950", "x-windows-950"),
                        Map.entry("cp874", "x-windows-874"),
                        Map.entry("ks_c_5601-1987", "x-windows-949"),
                        Map.entry("ks_c_5601-1989", "x-windows-949"),
                        Map.entry("macintosh", "x-MacRoman"),
                        Map.entry("mac", "x-MacRoman"),
                        Map.entry("mac-roman", "x-MacRoman"),
                        Map.entry("mac-cyrillic", "x-MacCyrillic"),
                        Map.entry("mac-ce", "x-MacCentralEurope"),
                        Map.entry("mac-greek", "x-MacGreek"),
                        Map.entry("mac-turkish", "x-MacTurkish"),
                        Map.entry("utf8mb4", "UTF-8"),
                        Map.entry("gb-2312", "GB18030"),
                        Map.entry("iso-10646-ucs-2", "UTF-16BE"),
                        // what Exchange called its own charset
                        Map.entry("ansi_x3.110-1983", "windows-1252"),
                        Map.entry("ansi-x3.110-1983", "windows-1252"));

        private static final Set<String> UTF_7 =
                Set.of("utf-7", "utf7", "unicode-1-1-utf-7", "unicode-2-0-utf-7");

        private static final Set<String> GUESSING = Set.of("x-JISAutoDetect", "x-COMPOUND_TEXT");

        static final Map<String, Charset> NAMED = named();

        private static Map<String, Charset> named() {
            var named = new HashMap<String, Charset>();
            var all = Charset.availableCharsets();
            for (var charset : all.values()) {
                if (GUESSING.contains(charset.name())) continue; // TRAPS T35
                var meant =
                        all.getOrDefault(
                                MEANT.getOrDefault(charset.name(), charset.name()), charset);
                named.put(Ascii.lower(charset.name()), meant);
                for (var alias : charset.aliases()) named.putIfAbsent(Ascii.lower(alias), meant);
            }
            CALLED.forEach((label, name) -> named.put(label, all.getOrDefault(name, WINDOWS_1252)));
            for (var label : UTF_7) named.put(label, Utf7.CHARSET);
            return Map.copyOf(named);
        }
    }
}
