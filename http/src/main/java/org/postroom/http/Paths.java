package org.postroom.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The names in a URL's path (RFC 3986 §3.3), each decoded by itself, so that no octet that is encoded can
/// be a separator, and none twice.
public final class Paths {

    private static final String UNRESERVED_MARKS = "-._~"; // RFC 3986 §2.3
    private static final String HEX = "0123456789ABCDEF";

    private Paths() {}

    /// The names of a raw path, empty ones left out.
    ///
    /// @return nothing where it is no path, or one that means another place than it says: `.` and `..`, an
    ///     encoded slash or NUL, octets that are no UTF-8
    public static Optional<List<String>> names(String raw) {
        if (!raw.startsWith("/")) return Optional.empty();
        var names = new ArrayList<String>();
        for (var segment : raw.substring(1).split("/", -1)) {
            if (segment.isEmpty()) continue;
            var name = decoded(segment);
            if (name.isEmpty() || isElsewhere(name.get())) return Optional.empty();
            names.add(name.get());
        }
        return Optional.of(names);
    }

    private static boolean isElsewhere(String name) {
        return name.equals(".")
                || name.equals("..")
                || name.indexOf('/') >= 0
                || name.indexOf('\0') >= 0;
    }

    /// RFC 3986 §2.1, of UTF-8; nothing where it is something else.
    public static Optional<String> decoded(String text) {
        if (text.indexOf('%') < 0) return Optional.of(text);
        var octets = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '%') {
                if (c > 0x7f) return Optional.empty();
                octets.write(c);
                continue;
            }
            int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
            if (low < 0) return Optional.empty();
            octets.write(high << 4 | low);
            i += 2;
        }
        try {
            return Optional.of(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(octets.toByteArray()))
                            .toString());
        } catch (CharacterCodingException noText) {
            return Optional.empty();
        }
    }

    /// A name as it stands in a URL.
    public static String encoded(String name) {
        var text = new StringBuilder();
        for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            boolean plain =
                    c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED_MARKS.indexOf(c) >= 0);
            if (plain) text.append(c);
            else text.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
        }
        return text.toString();
    }

    /// Names as a path below another.
    ///
    /// @param above begins with a slash and ends with none
    public static String path(String above, List<String> names) {
        var path = new StringBuilder(above);
        for (var name : names) path.append('/').append(encoded(name));
        return path.toString();
    }
}
