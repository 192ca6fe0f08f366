package org.postroom.store.engine;

import org.jspecify.annotations.Nullable;
import org.postroom.wire.Fault;

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

    private static final System.Logger LOG = System.getLogger(Draft.class.getName());
    private static final int FIRST = 8 << 10;

    private final Blobs blobs;
    private final BlobId id = BlobId.random();
    private byte[] buffer = new byte[0];
    private int filled;
    private int borrowed;
    private long size;
    private @Nullable FileChannel file;
    private @Nullable Sealed sealed;
    private Crew.@Nullable Asked<Boolean, RuntimeException> behind;

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

    /// Writes what is outside the heap, without a copy in memory, into the draft's file, which it has from
    /// now on. The octets are on their way when this returns: the buffer is free after [#settle], or the
    /// next write of another, which also throw what failed.
    ///
    /// @throws DiskFull when there is no room for more
    public void write(ByteBuffer octets) {
        if (sealed != null) throw new IllegalStateException("the draft is sealed");
        if (filled > 0) spill();
        settle();
        int length = octets.remaining();
        behind = blobs.files().begin(() -> append(octets));
        blobs.space().wrote(length);
        size += length;
    }

    /// Waits for what is on its way to the file.
    public void settle() {
        var asked = behind;
        behind = null;
        if (asked != null) asked.answer();
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
        settle();
        blobs.files().call(() -> append(ByteBuffer.wrap(buffer, 0, filled)));
        blobs.space().wrote(filled);
        filled = 0;
    }

    private boolean append(ByteBuffer octets) {
        blobs.space().demand();
        try {
            var channel = file;
            if (channel == null) channel = blobs.folder().create(id);
            file = channel;
            while (octets.hasRemaining()) channel.write(octets);
            return true;
        } catch (IOException e) {
            throw blobs.fault("writing a draft", e);
        }
    }

    /// Ends the writing. What went to a file is on disk, and so is its name, when this returns.
    public Sealed seal() {
        var done = sealed;
        if (done != null) return done;
        settle();
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
        leave();
        if (file != null) blobs.files().call(this::discard);
    }

    /// Waits for what is on its way, whatever came of it: nobody wants it any more.
    private void leave() {
        try {
            settle();
        } catch (Fault failed) {
            LOG.log(System.Logger.Level.DEBUG, "{0}", failed.getMessage());
        }
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
