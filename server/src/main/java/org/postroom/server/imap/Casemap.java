package org.postroom.server.imap;

import java.text.Normalizer;

/// Text as i;unicode-casemap compares it (RFC 5051 §2): each character in title case, then decomposed.
final class Casemap {

    private Casemap() {}

    /// Two texts are the same to the collation if these are, and sort as these do.
    static String key(String text) {
        var key = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c < 128) key.append((char) (c >= 'a' && c <= 'z' ? c - 32 : c));
            else
                key.append(
                        Normalizer.normalize(
                                Character.toString(Character.toTitleCase(c)),
                                Normalizer.Form.NFKD));
        }
        return key.toString();
    }

    /// In the order of Unicode's code points, as UTF-8 sorts.
    static int compare(String one, String other) {
        int length = Math.min(one.length(), other.length());
        for (int i = 0; i < length; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a == b) continue;
            boolean beyond = Character.isSurrogate(a) != Character.isSurrogate(b);
            return beyond ? (Character.isSurrogate(a) ? 1 : -1) : Character.compare(a, b);
        }
        return Integer.compare(one.length(), other.length());
    }
}
