package org.postroom.store.engine;

import org.postroom.wire.Fault;
import org.postroom.wire.Sink;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Objects;

/// A blob that is open to be read, at any place and by one thread at a time.
public sealed interface Blob extends AutoCloseable {

    long size();

    /// Reads up to `length` bytes from `offset` on; fewer only where the blob ends, 0 behind its end.
    /// The caller waits while a platform thread reads.
    int read(long offset, byte[] into, int at, int length);

    /// The bytes from `offset` on, up to `length` of them, read ahead by 64 KiB. To close it is
    /// needless; to close the blob is not.
    default InputStream stream(long offset, long length) {
        return new BlobStream(this, offset, length);
    }

    default InputStream stream() {
        return stream(0, size());
    }

    @Override
    void close();

    static Small of(byte[] bytes) {
        return new Small(bytes, 0);
    }

    static Blob of(FileChannel file, Crew files) {
        try {
            return new Large(file, file.size(), files);
        } catch (IOException e) {
            throw new Fault("opening a blob", e);
        }
    }

    /// One that is in memory as a whole.
    ///
    /// @param from where it begins
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Small(byte[] bytes, int from) implements Blob {

        @Override
        public long size() {
            return (long) bytes.length - from;
        }

        /// Passes on what lies between, as it lies in memory.
        public void pass(long offset, long length, Sink sink) {
            int start = (int) Math.clamp(offset, 0, size());
            int count = (int) Math.clamp(length, 0, size() - start);
            if (count > 0) sink.write(bytes, from + start, count);
        }

        @Override
        public int read(long offset, byte[] into, int at, int length) {
            Objects.checkFromIndexSize(at, length, into.length);
            int count = (int) Math.clamp(size() - offset, 0, (long) length);
            if (count > 0) System.arraycopy(bytes, from + (int) offset, into, at, count);
            return count;
        }

        @Override
        public void close() {}
    }

    /// One that is a file.
    record Large(FileChannel file, long size, Crew files) implements Blob {

        private static final int SLICE = 256 << 10;

        @Override
        public int read(long offset, byte[] into, int at, int length) {
            Objects.checkFromIndexSize(at, length, into.length);
            int done = 0;
            while (done < length) {
                int from = done;
                int wanted = Math.min(length - done, SLICE);
                int count = files.call(() -> slice(offset + from, into, at + from, wanted));
                if (count < 0) break;
                done += count;
            }
            return done;
        }

        /// Hands the file to somebody on a platform thread, while the caller waits.
        public <X extends Exception> long pass(long offset, long length, FileTaker<X> taker)
                throws X {
            return files.call(() -> taker.take(file, offset, length));
        }

        private int slice(long offset, byte[] into, int at, int length) {
            try {
                return file.read(ByteBuffer.wrap(into, at, length), offset);
            } catch (IOException e) {
                throw new Fault("reading a blob", e);
            }
        }

        @Override
        public void close() {
            files.call(() -> {
                try {
                    file.close();
                    return true;
                } catch (IOException e) {
                    throw new Fault("closing a blob", e);
                }
            });
        }
    }
}
