package org.postroom.server.imap;

import org.postroom.imap.FetchItem.Partial;
import org.postroom.mime.Decoding;
import org.postroom.mime.Part;
import org.postroom.mime.TransferEncoding;
import org.postroom.store.Message;
import org.postroom.wire.Fault;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// A part's body without its transfer encoding (RFC 3516 §4.2), or a window on it. How long that is has
/// to be found out by reading it.
///
/// @param binary whether there is a NUL in it
record Decoded(Message message, Part part, long offset, long length, boolean binary)
        implements Sendable {

    /// Whether the part can be read so.
    static boolean isKnown(Part part) {
        return part.isMultipart()
                || part.isMessage()
                || part.transferEncoding() != TransferEncoding.UNKNOWN;
    }

    static Decoded of(Message message, Part part, Optional<Partial> window) {
        long from = window.map(Partial::offset).orElse(0L);
        long most = window.map(Partial::length).orElse(Long.MAX_VALUE);
        long at = 0;
        long length = 0;
        boolean binary = false;
        var piece = new byte[8192];
        try (var in = read(message, part)) {
            for (int n = in.read(piece); n >= 0 && length < most; n = in.read(piece)) {
                int begin = Math.clamp(from - at, 0, n);
                int count = (int) Math.min(n - begin, most - length);
                for (int i = begin; i < begin + count; i++) binary |= piece[i] == 0;
                length += count;
                at += n;
            }
        } catch (IOException e) {
            throw new Fault("decoding a part", e);
        }
        return new Decoded(message, part, from, length, binary);
    }

    private static InputStream read(Message message, Part part) {
        var body = message.read(part.body().offset(), part.body().length());
        return Decoding.of(body, part.isMultipart() || part.isMessage() ? null : part.encoding());
    }

    @Override
    public InputStream open() {
        var in = read(message, part);
        try {
            in.skipNBytes(offset);
        } catch (IOException e) {
            throw new Fault("decoding a part", e);
        }
        return in;
    }
}
