package org.postroom.store.engine;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.Objects;

/// A blob that is being written: in memory up to 256 KiB, beyond that in a spool file. One thread
/// writes it; what it does to the disk, a platform thread does for it.
///
/// [#close] after the commit, or instead of one: a draft that no commit kept leaves nothing behind.
public final class Draft implements AutoCloseable {

    private static final int FIRST = 8 << 10;

    private final Blobs blobs;
    private final BlobId id = BlobId.random();
    private byte[] buffer = new byte[0];
    private int filled;
    private int borrowed;
    private long size;
    private @Nullable FileChannel file;
    private @Nullable Sealed sealed;

    Draft(Blobs blobs) {
        this.blobs = blobs;
    }

    /// @throws DiskFull when there is no room for more
    public void write(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (sealed != null) throw new IllegalStateException("the draft is sealed");
        int from = offset;
        int left = length;
        while (left > 0) {
            if (filled == buffer.length && !grow()) spill();
            int count = Math.min(left, buffer.length - filled);
            System.arraycopy(bytes, from, buffer, filled, count);
            filled += count;
            from += count;
            left -= count;
        }
        size += length;
    }

    public void write(byte[] bytes) {
        write(bytes, 0, bytes.length);
    }

    public long size() {
        return size;
    }

    /// More room in memory, unless the draft has as much as one may have or all together have.
    private boolean grow() {
        int more = buffer.length == 0 ? FIRST : buffer.length;
        if (buffer.length == Blobs.SMALL) return false;
        if (!blobs.borrow(more)) {
            if (buffer.length > 0) return false;
            buffer = new byte[FIRST]; // the least; beyond what is shared, bounded by the callers
            return true;
        }
        borrowed += more;
        buffer = Arrays.copyOf(buffer, buffer.length + more);
        return true;
    }

    private void spill() {
        blobs.files()
                .call(() -> {
                    blobs.space().demand();
                    try {
                        var channel = file;
                        if (channel == null) channel = blobs.folder().create(id);
                        file = channel;
                        var out = ByteBuffer.wrap(buffer, 0, filled);
                        while (out.hasRemaining()) channel.write(out);
                        return true;
                    } catch (IOException e) {
                        throw blobs.fault("writing a draft", e);
                    }
                });
        blobs.space().wrote(filled);
        filled = 0;
    }

    /// Ends the writing. What went to a file is on disk, and so is its name, when this returns.
    public Sealed seal() {
        var done = sealed;
        if (done != null) return done;
        if (file == null) done = new Sealed(id, size, Arrays.copyOf(buffer, filled));
        else {
            if (filled > 0) spill();
            blobs.files().call(this::publish);
            done = new Sealed(id, size, null);
        }
        sealed = done;
        return done;
    }

    private boolean publish() {
        try {
            var channel = Objects.requireNonNull(file);
            channel.force(false);
            channel.close();
            blobs.unkept().add(id);
            blobs.folder().publish(id);
            return true;
        } catch (IOException e) {
            throw blobs.fault("sealing a draft", e);
        }
    }

    @Override
    public void close() {
        blobs.giveBack(borrowed);
        borrowed = 0;
        buffer = new byte[0];
        filled = 0;
        if (file != null) blobs.files().call(this::discard);
    }

    private boolean discard() {
        try {
            var channel = file;
            if (channel != null) channel.close();
            if (sealed == null) blobs.folder().discard(id);
            else if (blobs.unkept().remove(id)) blobs.folder().delete(id);
            file = null;
            return true;
        } catch (IOException e) {
            throw blobs.fault("removing a draft", e);
        }
    }
}
