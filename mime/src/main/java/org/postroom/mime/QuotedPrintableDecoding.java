package org.postroom.mime;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

/// RFC 2045 §6.7, read leniently: blanks before a line end are deleted (rule 3), `=` before a line
/// end joins the lines (rule 5), an `=` before anything else than two hexadecimal digits, of
/// whatever case, stands for itself. Line ends stay as they come.
final class QuotedPrintableDecoding extends Decoding {

    /// Blanks are held back to see whether the line ends after them; more than so many are text.
    private static final int MAX_BLANKS = 998;

    private final PushbackInputStream source;
    private final byte[] blanks = new byte[MAX_BLANKS];
    private int given; // of the blanks that turned out to be text
    private int held; // how many there are

    QuotedPrintableDecoding(InputStream in) {
        super(in);
        source = new PushbackInputStream(new BufferedInputStream(in), MAX_BLANKS + 1);
    }

    @Override
    int next() throws IOException {
        while (true) {
            if (given < held) return blanks[given++];
            int c = source.read();
            if (c == ' ' || c == '\t') {
                source.unread(c);
                if (hold()) held = 0;
            } else if (c != '=') return c;
            else if (!joins()) return escape();
        }
    }

    /// Takes the blanks that come next; whether the line or the text ends after them.
    private boolean hold() throws IOException {
        held = 0;
        given = 0;
        while (held < MAX_BLANKS) {
            int c = source.read();
            if (c != ' ' && c != '\t') {
                if (c >= 0) source.unread(c);
                return c < 0 || c == '\r' || c == '\n';
            }
            blanks[held++] = (byte) c;
        }
        return false;
    }

    /// Whether nothing but blanks stands between an `=` and the line end. If so, they are gone, and
    /// the line end with them.
    private boolean joins() throws IOException {
        boolean ends = hold();
        if (!ends) {
            source.unread(blanks, 0, held);
            held = 0;
            return false;
        }
        held = 0;
        int c = source.read();
        if (c == '\r') c = source.read();
        if (c >= 0 && c != '\n') source.unread(c);
        return true;
    }

    /// The octet that an `=` and two digits stand for, or the `=` itself.
    private int escape() throws IOException {
        int first = source.read();
        int high = Character.digit(first, 16);
        if (high < 0) {
            if (first >= 0) source.unread(first);
            return '=';
        }
        int second = source.read();
        int low = Character.digit(second, 16);
        if (low >= 0) return high << 4 | low;
        if (second >= 0) source.unread(second);
        source.unread(first);
        return '=';
    }
}
