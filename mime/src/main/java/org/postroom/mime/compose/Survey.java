package org.postroom.mime.compose;

import org.postroom.mime.Source;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;

/// What octets are like: all that the choice of an encoding asks. One pass, a few numbers.
final class Survey extends OutputStream {

    /// RFC 5322 §2.1.1, without the CRLF.
    static final int LONGEST_LINE = 998;

    /// What each [Composer#boundary] begins with, as a delimiter.
    private static final String BOUNDARY = "--=_";

    private long octets;
    private long lineLength;
    private long longest;
    private long escaped; // octets that quoted-printable writes as three
    private boolean eightBit;
    private boolean nul;
    private boolean bareCr;
    private boolean bareLf;
    private boolean trailingBlank;
    private boolean fromLine;
    private byte last;
    private boolean boundaryLine;
    private int from; // how much of "From " the line begins with, or -1
    private int dashes; // how much of a boundary of ours

    static Survey of(Source source) throws IOException {
        try (var in = source.open()) {
            return of(in);
        }
    }

    static Survey of(InputStream in) throws IOException {
        var survey = new Survey();
        in.transferTo(survey);
        return survey;
    }

    @Override
    public void write(int b) {
        take((byte) b);
    }

    @Override
    public void write(byte[] b, int off, int len) {
        Objects.checkFromIndexSize(off, len, b.length);
        for (int i = off; i < off + len; i++) take(b[i]);
    }

    private void take(byte c) {
        octets++;
        if (last == '\r' && c != '\n') bareCr = true;
        if (c == '\n') {
            if (last != '\r') {
                bareLf = true;
                escaped++;
            }
            endLine();
        } else {
            lineLength++;
            if (dashes >= 0) dashes = c == BOUNDARY.charAt(dashes) ? dashes + 1 : -1;
            if (dashes == BOUNDARY.length()) {
                boundaryLine = true;
                dashes = -1;
            }
            if (from >= 0) from = c == "From ".charAt(from) ? from + 1 : -1;
            if (from == 5) {
                fromLine = true;
                from = -1;
            }
            if (c == '\r') {
                if (last == ' ' || last == '\t') trailingBlank = true;
            } else if ((c < ' ' && c != '\t') || c == '=' || c == 127) escaped++;
            if (c < 0) eightBit = true;
            else if (c == 0) nul = true;
        }
        last = c;
    }

    private void endLine() {
        if (last == '\r') lineLength--;
        longest = Math.max(longest, lineLength);
        lineLength = 0;
        from = 0;
        dashes = 0;
    }

    boolean eightBit() {
        return eightBit;
    }

    /// Whether it is lines as mail has them: CRLF after each, none too long, no NUL.
    // RFC 2045 §2.7, §2.8
    boolean isLines() {
        return !nul
                && !bareLf
                && !bareCr
                && last != '\r'
                && Math.max(longest, lineLength) <= LONGEST_LINE;
    }

    /// Whether a gateway could change it: blanks at the end of a line, or a line that looks like the
    /// beginning of a message in a Unix mailbox.
    // RFC 3156 §5
    boolean isFragile() {
        return trailingBlank || fromLine || last == ' ' || last == '\t';
    }

    /// Whether a line in it could be taken for a delimiter; not once it is encoded.
    // RFC 2046 §5.1.1: the boundary must not appear in the parts
    boolean hasBoundary() {
        return boundaryLine;
    }

    /// What it needs of a hop if it is written as it is.
    NextHop needs() {
        return new NextHop(eightBit, !isLines(), false);
    }

    /// About how long it is in quoted-printable.
    long quotedPrintable() {
        long written = octets + 2 * escaped;
        return written + written / 75 * 3;
    }

    long base64() {
        long written = (octets + 2) / 3 * 4;
        return written + written / 76 * 2;
    }
}
