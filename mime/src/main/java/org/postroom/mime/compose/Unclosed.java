package org.postroom.mime.compose;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// A stream lent out: closing it leaves the owner's open.
final class Unclosed extends FilterOutputStream {

    Unclosed(OutputStream out) {
        super(out);
    }

    @Override
    public void write(byte[] b, int off, int len) throws IOException {
        out.write(b, off, len);
    }

    @Override
    public void close() throws IOException {
        flush();
    }
}
