package org.postroom.mime;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/// Reads a part's body through its Content-Transfer-Encoding (RFC 2045 §6). Damage is passed over,
/// never an error: octets outside base64's alphabet are skipped and padding in the middle begins
/// anew; an `=` that quoted-printable does not know stands for itself. Memory is a few octets.
public abstract class Decoding extends InputStream {

    final InputStream in;

    Decoding(InputStream in) {
        this.in = in;
    }

    /// The decoded body; the stream itself if the encoding is none, or not known.
    public static InputStream of(InputStream in, @Nullable String encoding) {
        return switch (encoding == null ? "" : Ascii.lower(encoding.strip())) {
            case "base64" -> new Base64Decoding(in);
            case "quoted-printable" -> new QuotedPrintableDecoding(in);
            default -> in;
        };
    }

    /// Whether a body in this encoding differs from what it stands for.
    static boolean decodes(String encoding) {
        String name = Ascii.lower(encoding);
        return name.equals("base64") || name.equals("quoted-printable");
    }

    /// The next decoded octet, or -1.
    abstract int next() throws IOException;

    @Override
    public final int read() throws IOException {
        return next();
    }

    @Override
    public final int read(byte[] b, int off, int len) throws IOException {
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
    public void close() throws IOException {
        in.close();
    }
}
