package org.postroom.mime;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The charsets that mail may name: all that the JDK has, but those that guess. Some labels mean
/// more than they say, and are read as what is meant.
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
                    "iso-8859-1", WINDOWS_1252,
                    "windows-1252", WINDOWS_1252);

    private Charsets() {}

    /// The charset of this label in whatever case, or nothing.
    static Optional<Charset> named(String label) {
        String name = Ascii.lower(label.strip());
        var common = COMMON.get(name);
        return Optional.ofNullable(common != null ? common : All.NAMED.get(name));
    }

    /// Made when somebody first asks for a charset that is not common: it takes the JDK 0.1 s.
    private static final class All {

        /// The charsets that Windows programs extended and label with the old name.
        private static final Map<String, String> MEANT =
                Map.of(
                        "ISO-8859-1", "windows-1252",
                        "ISO-8859-9", "windows-1254",
                        "TIS-620", "x-windows-874",
                        "GB2312", "GB18030",
                        "GBK", "GB18030",
                        "EUC-KR", "x-windows-949",
                        "Shift_JIS", "windows-31j");

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
            named.put("ks_c_5601-1987", all.getOrDefault("x-windows-949", WINDOWS_1252));
            return Map.copyOf(named);
        }
    }
}
