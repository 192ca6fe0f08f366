package org.postroom.server.imap;

import java.io.IOException;
import java.io.Reader;
import java.text.Normalizer;

/// Looks for a text in others without regard to case, in time linear in what is read, whatever the
/// two texts are (Knuth, Morris and Pratt; TRAPS T32). Nothing of what was read is kept.
final class Finder {

    private final char[] text;
    private final int[] fallback; // how much of the text still fits after a mismatch

    Finder(String text) {
        this.text = Normalizer.normalize(text, Normalizer.Form.NFC).toCharArray();
        for (int i = 0; i < this.text.length; i++) this.text[i] = folded(this.text[i]);
        this.fallback = fallback(this.text);
    }

    private static int[] fallback(char[] text) {
        var fallback = new int[text.length + 1];
        int fits = 0;
        for (int i = 1; i < text.length; i++) {
            while (fits > 0 && text[i] != text[fits]) fits = fallback[fits];
            if (text[i] == text[fits]) fits++;
            fallback[i + 1] = fits;
        }
        return fallback;
    }

    boolean isIn(String other) {
        int fits = 0;
        for (int i = 0; i < other.length() && fits < text.length; i++)
            fits = step(fits, other.charAt(i));
        return fits == text.length;
    }

    boolean isIn(Reader reader) throws IOException {
        int fits = 0;
        var some = new char[8192];
        for (int n = reader.read(some); n >= 0 && fits < text.length; n = reader.read(some))
            for (int i = 0; i < n && fits < text.length; i++) fits = step(fits, some[i]);
        return fits == text.length;
    }

    private int step(int fits, char read) {
        char c = folded(read);
        int now = fits;
        while (now > 0 && text[now] != c) now = fallback[now];
        return text[now] == c ? now + 1 : 0;
    }

    private static char folded(char c) {
        return Character.toLowerCase(Character.toUpperCase(c));
    }
}
