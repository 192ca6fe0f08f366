package org.postroom.crypto.smime;

import org.postroom.crypto.Meter;
import org.postroom.crypto.Stranger;
import org.postroom.crypto.Unusable;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;

/// CMS as octets or as text (RFC 7468 §9), streaming both ways.
final class Pem {

    private static final int BUFFER = 64 << 10;
    private static final int FARTHEST = 4096;
    private static final String BEGIN = "-----BEGIN ";

    /// What a message is, by the identifier that stands near its beginning (RFC 5652 §3).
    enum Kind {
        SIGNED("06092a864886f70d010702"),
        ENVELOPED("06092a864886f70d010703"),
        AUTHENTICATED("060b2a864886f70d0109100117"),
        OTHER("");

        private final String mark;

        Kind(String mark) {
            this.mark = mark;
        }
    }

    private static final int BEFORE_MARK = 12; // tag and length of what it stands in

    /// @param octets all of the message
    record Opened(Kind kind, Meter octets) {}

    private Pem() {}

    static Opened open(InputStream in) throws IOException, Unusable {
        var buffered = new BufferedInputStream(Stranger.ours(in), BUFFER);
        buffered.mark(1);
        int first = buffered.read();
        buffered.reset();
        if (first == 0x30) return of(buffered);
        if (!seek(buffered))
            throw new Unusable(Unusable.Why.BAD_DATA, "This is no S/MIME, nor text that has any");
        return of(
                new BufferedInputStream(Base64.getMimeDecoder().wrap(new Body(buffered)), BUFFER));
    }

    private static Opened of(BufferedInputStream in) throws IOException, Unusable {
        return Engine.read(() -> {
            in.mark(64);
            byte[] head = in.readNBytes(40);
            in.reset();
            return new Opened(kind(head), new Meter(in));
        });
    }

    private static Kind kind(byte[] head) {
        var digits = HexFormat.of().formatHex(head);
        for (var kind : Kind.values())
            for (int at = 0; at < 2 * BEFORE_MARK; at += 2)
                if (digits.startsWith(kind.mark, at)) return kind;
        return Kind.OTHER;
    }

    /// Goes behind the first line of the text.
    private static boolean seek(BufferedInputStream in) throws IOException {
        in.mark(FARTHEST);
        var beginning = new String(in.readNBytes(FARTHEST), StandardCharsets.ISO_8859_1);
        in.reset();
        int at = beginning.indexOf(BEGIN);
        int end = at < 0 ? -1 : beginning.indexOf('\n', at);
        if (end < 0) return false;
        in.skipNBytes(end + 1);
        return true;
    }

    /// What stands before the last line.
    private static final class Body extends FilterInputStream {

        private boolean ended;

        Body(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            if (ended) return -1;
            int c = in.read();
            if (c == '-' || c < 0) ended = true;
            return ended ? -1 : c;
        }

        @Override
        public int read(byte[] b, int off, int len) throws IOException {
            if (ended) return -1;
            int count = in.read(b, off, len);
            for (int i = 0; i < count; i++)
                if (b[off + i] == '-') {
                    ended = true;
                    return i == 0 ? -1 : i;
                }
            return count;
        }
    }

    /// Octets or text; its close leaves the other stream open.
    static OutputStream writer(OutputStream out, boolean text) throws IOException {
        if (!text) return new BufferedOutputStream(new Unclosed(out, ""), BUFFER);
        out.write("-----BEGIN CMS-----\n".getBytes(StandardCharsets.US_ASCII));
        return new BufferedOutputStream(
                Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .wrap(new Unclosed(out, "\n-----END CMS-----\n")),
                BUFFER);
    }

    private static final class Unclosed extends FilterOutputStream {

        private final String last;

        Unclosed(OutputStream out, String last) {
            super(out);
            this.last = last;
        }

        @Override
        public void write(byte[] b, int off, int len) throws IOException {
            out.write(b, off, len);
        }

        @Override
        public void close() throws IOException {
            out.write(last.getBytes(StandardCharsets.US_ASCII));
            flush();
        }
    }
}
