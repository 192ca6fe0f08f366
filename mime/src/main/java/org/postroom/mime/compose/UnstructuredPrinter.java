package org.postroom.mime.compose;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Writes unstructured text: words as they are, and those that can't be so as encoded words, with the
/// blanks between two of these inside (RFC 2047 §6.2).
final class UnstructuredPrinter {

    private static final int LONGEST_PLAIN = 200;

    /// A word and the blanks before it.
    private record Piece(String blanks, String word) {}

    private UnstructuredPrinter() {}

    // RFC 5322 §3.2.5: unstructured = (*([FWS] VCHAR) *WSP) / obs-unstruct
    static void print(Folding field, String text, NextHop hop) throws CannotCross {
        var pieces = pieces(text);
        for (int i = 0; i < pieces.size(); ) {
            String blanks = i == 0 ? " " : pieces.get(i).blanks;
            if (!needsEncoding(pieces.get(i).word, hop)) {
                field.word(blanks, pieces.get(i++).word);
                continue;
            }
            var run = new StringBuilder(pieces.get(i++).word);
            while (i < pieces.size() && needsEncoding(pieces.get(i).word, hop))
                run.append(pieces.get(i).blanks).append(pieces.get(i++).word);
            field.encoded(blanks, run.toString(), StandardCharsets.UTF_8);
        }
    }

    private static boolean needsEncoding(String word, NextHop hop) {
        return word.contains("=?")
                || word.length() > LONGEST_PLAIN
                || (!hop.utf8() && !Clean.isAscii(word));
    }

    private static List<Piece> pieces(String text) {
        var pieces = new ArrayList<Piece>();
        int from = 0;
        while (from < text.length()) {
            int word = from;
            while (word < text.length() && text.charAt(word) == ' ') word++;
            int end = word;
            while (end < text.length() && text.charAt(end) != ' ') end++;
            pieces.add(new Piece(text.substring(from, word), text.substring(word, end)));
            from = end;
        }
        return pieces;
    }
}
