package org.postroom.mime.compose;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/// RFC 2045 §6.7, written. A CRLF is a line break; a CR or LF alone is an octet and is written as
/// one. So are blanks before a line break, and the first letter of a line that begins with `From `,
/// which Unix mailboxes would change, and of a line that is one dot. A line has at most 76 chars.
final class QuotedPrintableEncoding extends FilterOutputStream {

    private static final int LONGEST = 76;
    private static final byte[] SOFT_BREAK = {'=', '\r', '\n'};
    private static final byte[] FROM = {'=', '4', '6', 'r', 'o', 'm'};
    private static final byte[] HEX = {
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'
    };

    private final byte[] line = new byte[LONGEST];
    private int length; // of the line so far; its last character may still have to be escaped
    private boolean cr; // a CR waits for its LF

    QuotedPrintableEncoding(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        take(b & 0xFF);
    }

    @Override
    public void write(byte[] b, int off, int len) throws IOException {
        Objects.checkFromIndexSize(off, len, b.length);
        for (int i = off; i < off + len; i++) take(b[i] & 0xFF);
    }

    private void take(int c) throws IOException {
        if (cr) {
            cr = false;
            if (c == '\n') {
                endLine();
                return;
            }
            escape('\r');
        }
        if (c == '\r') cr = true;
        else if (c == ' ' || c == '\t' || (c > ' ' && c < 127 && c != '=')) literal(c);
        else escape(c);
    }

    /// The last place of a line is kept for the `=` of a soft line break.
    private void literal(int c) throws IOException {
        if (length == LONGEST - 1) softBreak();
        if (c == ' ' && isFrom()) escapeFrom();
        line[length++] = (byte) c;
    }

    private void escape(int c) throws IOException {
        if (length + 3 > LONGEST - 1) softBreak();
        put(c);
    }

    private void put(int c) {
        line[length++] = '=';
        line[length++] = HEX[c >> 4];
        line[length++] = HEX[c & 15];
    }

    private void softBreak() throws IOException {
        flushLine();
        out.write(SOFT_BREAK);
    }

    // RFC 2045 §6.7 (3): blanks must not end an encoded line
    private void endLine() throws IOException {
        int last = length == 0 ? 0 : line[length - 1];
        if (last == ' ' || last == '\t') {
            length--;
            escape(last);
        }
        if (length == 1 && line[0] == '.') {
            length = 0;
            put('.');
        }
        flushLine();
        out.write('\r');
        out.write('\n');
    }

    /// A line so far "From", before its blank.
    private void escapeFrom() {
        System.arraycopy(FROM, 0, line, 0, FROM.length);
        length = FROM.length;
    }

    private boolean isFrom() {
        return length == 4 && line[0] == 'F' && line[1] == 'r' && line[2] == 'o' && line[3] == 'm';
    }

    private void flushLine() throws IOException {
        out.write(line, 0, length);
        length = 0;
    }

    /// Writes the last line, which has no end, as it stands.
    @Override
    public void close() throws IOException {
        if (cr) {
            cr = false;
            escape('\r');
        }
        int last = length == 0 ? 0 : line[length - 1];
        if (last == ' ' || last == '\t') {
            length--;
            escape(last);
        }
        flushLine();
        super.close();
    }
}
