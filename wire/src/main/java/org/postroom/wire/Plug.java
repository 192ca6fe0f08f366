package org.postroom.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// A two-way stream of octets under a [Wire]: TCP, a Unix socket, or TLS over either. One thread may
/// read while another writes; [#wake] and [#close] may be called by any.
interface Plug {

    /// Waits for octets. -1 at the end, and after [#wake].
    int read(byte[] into, int offset, int length) throws IOException;

    void write(byte[] octets, int offset, int length) throws IOException;

    /// Whether nothing lies between this and the system, so that [#offer] may take something and [#read] of
    /// a buffer saves a copy.
    default boolean isDirect() {
        return false;
    }

    /// As [#read], into a buffer, which is not full; only where [#isDirect].
    default int read(ByteBuffer into) throws IOException {
        throw new UnsupportedOperationException();
    }

    /// Sends a stretch of a file, as much of it as the system takes at once; 0 when it takes nothing now. Only
    /// where [#isDirect].
    default long offer(FileChannel file, long from, long length) throws IOException {
        throw new UnsupportedOperationException();
    }

    /// Reads urgent octets where they stand in the stream; without it Java drops them.
    default void urgentInLine() throws IOException {}

    /// Sends an octet as urgent, where there is such a thing, else in line.
    default void urgent(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    /// Ends a read that is waiting, now and for ever; writing goes on.
    void wake();

    /// Says that nothing more will be written, and leaves reading open.
    void endOutput() throws IOException;

    /// True when the end that was read is one the peer meant: FIN, or close_notify under TLS. Without
    /// it a cut line looks like the end of a file (TRAPS F12).
    boolean endedCleanly();

    /// Whether octets may have come, or be about to come, that nobody reads any more. Closing resets the
    /// connection then, and what the peer has not yet received is lost.
    default boolean hasUnread() throws IOException {
        return false;
    }

    /// Closes without a word, whatever other threads are doing.
    void close();

    /// Closes so that the peer can't take it for an end that was meant.
    default void reset() {
        close();
    }
}
