package org.postroom.mime.compose;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/// A header field being written: words with blanks before them, and a line break before the blanks
/// where a line would grow too long. Unfolding gives back what was written.
final class Folding {

    /// Lines with encoded words have at most 76 characters (RFC 2047 §2), others better do; three
    /// are left for what clings to a word.
    private static final int LINE = 73;

    private static final int LEAST_WORD = 24;

    private final StringBuilder field;
    private int column;
    private boolean begun; // a word stands on this line that a fold may follow

    Folding(String name) {
        field = new StringBuilder(name).append(':');
        column = field.length();
    }

    /// A word that is not divided, after blanks (at least one, if a line is to break there).
    Folding word(String blanks, String word) throws CannotCross {
        int length = octets(word);
        if (length + blanks.length() > Survey.LONGEST_LINE)
            throw new CannotCross(
                    CannotCross.Obstacle.LINE, "a word of " + length + " octets: " + start(word));
        if (begun && !blanks.isEmpty() && column + blanks.length() + length > LINE) fold();
        field.append(blanks).append(word);
        column += blanks.length() + length;
        begun = true;
        return this;
    }

    /// Text as encoded words, after blanks that belong to the field and not to the text.
    Folding encoded(String blanks, String text, Charset charset) {
        var words = new EncodedWords(text, charset);
        String before = blanks;
        while (words.hasNext()) {
            if (begun && LINE - column - before.length() < LEAST_WORD) fold();
            String word = words.next(LINE - column - before.length());
            if (begun && column + before.length() + word.length() > LINE) fold();
            field.append(before).append(word);
            column += before.length() + word.length();
            begun = true;
            before = " ";
        }
        return this;
    }

    private void fold() {
        field.append("\r\n");
        column = 0;
        begun = false;
    }

    private static int octets(String word) {
        int octets = 0;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            octets += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return octets;
    }

    private static String start(String word) {
        return word.substring(0, Math.min(40, word.length()));
    }

    /// The field with its CRLF, in UTF-8.
    byte[] end() {
        return field.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }
}
