package org.postroom.store;

import org.jspecify.annotations.Nullable;
import org.postroom.store.engine.Blob;
import org.postroom.store.engine.FileTaker;
import org.postroom.wire.Fault;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

/// Stretches of blobs, one after the other, each opened when its turn comes. A disk that fails is a
/// [Fault], not an IOException.
public final class ContentStream extends InputStream {

    /// A stretch of a blob, or without one of zeros.
    record Piece(@Nullable Supplier<Blob> blob, long offset, long length) {

        static Piece zeros(long length) {
            return new Piece(null, 0, length);
        }
    }

    /// A piece that is being read, and how much of it was.
    private static final class Open {
        private final Piece piece;
        private final @Nullable Blob blob;
        private InputStream stream;
        private long read;

        Open(Piece piece, @Nullable Blob blob, InputStream stream) {
            this.piece = piece;
            this.blob = blob;
            this.stream = stream;
        }

        int read(byte[] into, int offset, int length) {
            try {
                int count = stream.read(into, offset, length);
                read += Math.max(count, 0);
                return count;
            } catch (IOException e) {
                throw new Fault("reading a blob", e);
            }
        }

        /// What is read next lies further on.
        void skip(Blob blob, long octets) {
            read += octets;
            stream = blob.stream(piece.offset + read, piece.length - read);
        }
    }

    /// A hole.
    private static final class Zeros extends InputStream {

        private long left;

        Zeros(long length) {
            left = length;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (left <= 0) return -1;
            int n = (int) Math.min(left, length);
            Arrays.fill(into, offset, offset + n, (byte) 0);
            left -= n;
            return n;
        }
    }

    private final Iterator<Piece> pieces;
    private @Nullable Open open;

    private ContentStream(List<Piece> pieces) {
        this.pieces = pieces.iterator();
    }

    /// What lies from an offset on, at most so many octets, in these pieces put together.
    static ContentStream of(List<Piece> whole, long offset, long length) {
        var parts = new ArrayList<Piece>();
        long skip = Math.max(0, offset);
        long left = Math.max(0, length);
        for (var piece : whole) {
            long skipped = Math.min(skip, piece.length);
            long taken = Math.min(left, piece.length - skipped);
            if (taken > 0) parts.add(new Piece(piece.blob, piece.offset + skipped, taken));
            skip -= skipped;
            left -= taken;
        }
        return new ContentStream(parts);
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (length == 0) return 0;
        while (true) {
            var piece = open;
            if (piece == null) {
                if (!pieces.hasNext()) return -1;
                open = opened(pieces.next());
                continue;
            }
            int count = piece.read(into, offset, length);
            if (count > 0) return count;
            close();
        }
    }

    /// Hands over the file that the next octets lie in; what is taken of it has been read. Where they lie
    /// in none, or nothing was read yet, it is 0.
    ///
    /// @param most how many octets may be taken
    /// @param taker is called on one of the store's threads, while the caller waits
    public <X extends Exception> long pass(long most, FileTaker<X> taker) throws X {
        var here = open;
        if (here == null || !(here.blob instanceof Blob.Large file)) return 0;
        long left = here.piece.length - here.read;
        if (left == 0) return 0;
        long taken = file.pass(here.piece.offset + here.read, Math.min(most, left), taker);
        if (taken > 0) here.skip(file, taken);
        return taken;
    }

    private static Open opened(Piece piece) {
        var from = piece.blob;
        if (from == null) return new Open(piece, null, new Zeros(piece.length));
        var blob = from.get();
        return new Open(piece, blob, blob.stream(piece.offset, piece.length));
    }

    /// Closes the blob at hand; a stream that was read to its end has none.
    @Override
    public void close() {
        var piece = open;
        open = null;
        if (piece != null && piece.blob != null) piece.blob.close();
    }
}
