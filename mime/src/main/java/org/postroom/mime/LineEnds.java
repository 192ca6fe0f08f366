package org.postroom.mime;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/// Passes octets on with canonical line ends: a bare LF becomes CRLF, all else stays as it is. Says
/// what it met, since what becomes of a message with a bare CR, bare LF or NUL is for the protocol
/// to decide: what comes out is canonical as a whole only if there was no [#bareCr].
///
/// It holds nothing back and copies nothing: runs between bare LFs are written as they came.
public final class LineEnds extends OutputStream {

    private static final byte[] CRLF = {'\r', '\n'};

    private final OutputStream out;
    private byte last;
    private boolean bareCr;
    private boolean bareLf;
    private boolean nul;

    public LineEnds(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] b, int off, int len) throws IOException {
        Objects.checkFromIndexSize(off, len, b.length);
        int end = off + len;
        int run = off; // where what has not been written begins
        for (int i = off; i < end; i++) {
            byte c = b[i];
            if (c == '\n' && last != '\r') {
                bareLf = true;
                out.write(b, run, i - run);
                out.write(CRLF);
                run = i + 1;
            } else if (last == '\r' && c != '\n') bareCr = true;
            if (c == 0) nul = true;
            last = c;
        }
        if (run < end) out.write(b, run, end - run);
    }

    /// Ends the last line, if it has not ended: a message's last line has its CRLF, as in every protocol
    /// that sends it by lines.
    public void end() throws IOException {
        if (last != '\n') write(CRLF, last == '\r' ? 1 : 0, last == '\r' ? 1 : 2);
    }

    /// Whether a CR came without its LF; a CR that is last so far counts.
    public boolean bareCr() {
        return bareCr || last == '\r';
    }

    /// Whether an LF came without its CR; it has one now.
    public boolean bareLf() {
        return bareLf;
    }

    public boolean nul() {
        return nul;
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
