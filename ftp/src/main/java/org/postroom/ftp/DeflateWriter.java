package org.postroom.ftp;

import java.util.zip.Deflater;

/// MODE Z, written (draft-preston-ftpext-deflate): one zlib stream (RFC 1950) for the file.
final class DeflateWriter<X extends Exception> extends Encoder<X> {

    private final Deflater deflater = new Deflater();
    private final byte[] deflated = new byte[16 * 1024];

    DeflateWriter(Flow<X> channel) {
        super(channel);
    }

    @Override
    public void octets(byte[] octets, int offset, int length) throws X, Refusal {
        deflater.setInput(octets, offset, length);
        drain();
    }

    private void drain() throws X, Refusal {
        for (int n = deflater.deflate(deflated); n > 0; n = deflater.deflate(deflated))
            channel.octets(deflated, 0, n);
    }

    @Override
    public void endOfRecord() {
        throw new IllegalStateException("records have become octets before");
    }

    /// RFC 959 §3.5: markers are of block and compressed mode.
    @Override
    public void marker(String marker) {
        throw new IllegalStateException("no markers in this mode");
    }

    @Override
    public void end() throws X, Refusal {
        deflater.finish();
        drain();
        deflater.end();
        channel.end();
    }
}
