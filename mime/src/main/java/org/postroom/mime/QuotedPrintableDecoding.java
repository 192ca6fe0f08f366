package org.postroom.mime;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// RFC 2045 §6.7, read leniently ([Tolerance#QUOTED_PRINTABLE_DAMAGE]): blanks before a line end are
/// deleted (rule 3), `=` before a line end, with or without blanks between them, joins the lines
/// (rule 5), an `=` before anything else than two hexadecimal digits, of whatever case, stands for
/// itself. Line ends stay as they come.
final class QuotedPrintableDecoding extends Decoding {

    /// Blanks are held back to see whether the line ends after them; more than so many are text.
    private static final int MAX_BLANKS = 998;

    private byte[] waiting = new byte[8];
    private int given; // of those that turned out to be text
    private int held; // how many there are

    QuotedPrintableDecoding(InputStream in) {
        super(in);
    }

    QuotedPrintableDecoding(byte[] octets) {
        super(octets);
    }

    @Override
    int next() throws IOException {
        while (true) {
            if (given < held) return waiting[given++];
            int c = octet();
            if (c == ' ' || c == '\t') {
                if (lineEndsAfter(c)) held = 0;
            } else if (c != '=') return c;
            else {
                int escaped = escaped();
                if (escaped >= 0) return escaped;
            }
        }
    }

    /// Takes the blanks that come next after the first; whether the line or the text ends then.
    private boolean lineEndsAfter(int first) throws IOException {
        hold(first);
        int c = peek();
        while ((c == ' ' || c == '\t') && held < MAX_BLANKS) {
            add(octet());
            c = peek();
        }
        return c < 0 || c == '\r' || c == '\n';
    }

    private void hold(int octet) {
        given = 0;
        held = 0;
        add(octet);
    }

    private void add(int octet) {
        if (held == waiting.length) waiting = Arrays.copyOf(waiting, 2 * held);
        waiting[held++] = (byte) octet;
    }

    /// What an `=` stands for together with what comes next, or -1 if it joins two lines.
    private int escaped() throws IOException {
        int first = peek();
        int high = Ascii.hex(first);
        if (high >= 0) {
            octet();
            int low = Ascii.hex(peek());
            if (low >= 0) {
                octet();
                return high << 4 | low;
            }
            hold(first);
        } else if (first < 0 || first == '\r' || first == '\n') return joined();
        else if ((first == ' ' || first == '\t') && lineEndsAfter(octet())) {
            held = 0;
            return joined();
        }
        damaged(Oddity.Kind.QUOTED_PRINTABLE_DAMAGED);
        return '=';
    }

    private int joined() throws IOException {
        if (peek() == '\r') octet();
        if (peek() == '\n') octet();
        return -1;
    }
}
