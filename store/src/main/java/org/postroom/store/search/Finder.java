package org.postroom.store.search;

import java.text.Normalizer;

/// Looks for a text in another that comes in pieces, without regard to case, in time linear in what is
/// read, whatever the two texts are (Knuth, Morris and Pratt; TRAPS T32). Nothing of what was read is
/// kept.
final class Finder {

    private final char[] text;
    private final int[] fallback; // how much of the text still fits after a mismatch
    private int fits;

    Finder(String text) {
        this.text = Normalizer.normalize(text, Normalizer.Form.NFC).toCharArray();
        fold(this.text, this.text.length);
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

    /// Forgets what it has read.
    void begin() {
        fits = 0;
    }

    /// Reads on until it has found its text.
    ///
    /// @param folded as [#fold] makes it
    /// @return whether it has
    boolean read(char[] folded, int from, int to) {
        int now = fits;
        for (int i = from; i < to && now < text.length; i++) {
            while (now > 0 && text[now] != folded[i]) now = fallback[now];
            if (text[now] == folded[i]) now++;
        }
        fits = now;
        return now == text.length;
    }

    /// Takes the case off the first characters.
    static void fold(char[] characters, int length) {
        for (int i = 0; i < length; i++)
            characters[i] = Character.toLowerCase(Character.toUpperCase(characters[i]));
    }
}
