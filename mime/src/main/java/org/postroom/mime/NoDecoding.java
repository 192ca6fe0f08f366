package org.postroom.mime;

import java.io.IOException;
import java.io.InputStream;

/// 7bit, 8bit, binary, and whatever is not known (RFC 2045 §6.4: to be treated as octets).
final class NoDecoding extends Decoding {

    NoDecoding(InputStream in) {
        super(in);
    }

    NoDecoding(byte[] octets) {
        super(octets);
    }

    @Override
    int next() throws IOException {
        return octet();
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
        return len == 0 ? 0 : octets(b, off, len);
    }
}
