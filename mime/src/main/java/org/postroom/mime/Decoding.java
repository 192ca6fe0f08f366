package org.postroom.mime;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;

/// Reads a part's body through its Content-Transfer-Encoding (RFC 2045 §6). Damage is passed over,
/// never an error, and [#oddity] tells of it: octets outside base64's alphabet are skipped and
/// padding in the middle begins anew; an `=` that quoted-printable does not know stands for itself;
/// of uuencode's lines those are read that lie between `begin` and `end`. Memory is a few octets.
public abstract sealed class Decoding extends InputStream
        permits Base64Decoding, NoDecoding, QuotedPrintableDecoding, UuDecoding {

    private static final int BUFFER = 8 << 10;

    private final InputStream in;
    private final byte[] buffer;
    private int at;
    private int limit;
    private long before; // octets read before those in the buffer
    private @Nullable Oddity oddity;

    Decoding(InputStream in) {
        this.in = in;
        this.buffer = new byte[BUFFER];
    }

    Decoding(byte[] octets) {
        this.in = InputStream.nullInputStream();
        this.buffer = octets;
        this.limit = octets.length;
    }

    /// The decoded body; the body itself if the encoding is none, or not known.
    public static Decoding of(InputStream in, @Nullable String encoding) {
        return switch (TransferEncoding.of(encoding)) {
            case BASE64 -> new Base64Decoding(in);
            case QUOTED_PRINTABLE -> new QuotedPrintableDecoding(in);
            case UUENCODE -> new UuDecoding(in);
            case IDENTITY, UNKNOWN -> new NoDecoding(in);
        };
    }

    /// The same of octets at hand.
    static Decoding of(byte[] octets, @Nullable String encoding) {
        return switch (TransferEncoding.of(encoding)) {
            case BASE64 -> new Base64Decoding(octets);
            case QUOTED_PRINTABLE -> new QuotedPrintableDecoding(octets);
            case UUENCODE -> new UuDecoding(octets);
            case IDENTITY, UNKNOWN -> new NoDecoding(octets);
        };
    }

    /// What was damaged first in all that was read so far. The offset counts encoded octets from the
    /// beginning of the body.
    public final Optional<Oddity> oddity() {
        return Optional.ofNullable(oddity);
    }

    /// The next decoded octet, or -1.
    abstract int next() throws IOException;

    @Override
    public final int read() throws IOException {
        return next();
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
        Objects.checkFromIndexSize(off, len, b.length);
        int count = 0;
        while (count < len) {
            int c = next();
            if (c < 0) return count == 0 ? -1 : count;
            b[off + count++] = (byte) c;
        }
        return count;
    }

    @Override
    public final void close() throws IOException {
        in.close();
    }

    /// The next octet as it came, or -1.
    final int octet() throws IOException {
        return at < limit || fill() ? buffer[at++] & 0xFF : -1;
    }

    /// The one after it, left where it is.
    final int peek() throws IOException {
        return at < limit || fill() ? buffer[at] & 0xFF : -1;
    }

    /// What is at hand, up to `len` octets, or -1.
    final int octets(byte[] b, int off, int len) throws IOException {
        if (at == limit && !fill()) return -1;
        int count = Math.min(len, limit - at);
        System.arraycopy(buffer, at, b, off, count);
        at += count;
        return count;
    }

    /// The octet that was read last is not as the encoding wants it.
    final void damaged(Oddity.Kind kind) {
        if (oddity == null) oddity = new Oddity(kind, Math.max(0, before + at - 1));
    }

    private boolean fill() throws IOException {
        before += limit;
        at = 0;
        limit = Math.max(0, in.read(buffer, 0, buffer.length));
        return limit > 0;
    }
}
