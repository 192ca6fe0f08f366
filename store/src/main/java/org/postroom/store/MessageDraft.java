package org.postroom.store;

import org.postroom.wire.Sink;

/// A message on its way in: a blob that grows and the pass that finds its structure, at once. It is
/// in memory up to a bound and in a file beyond; what is closed unsealed leaves nothing behind.
///
/// What is written must have canonical line ends already (DECISIONS, Line ends).
public final class MessageDraft implements Sink, AutoCloseable {

    MessageDraft() {}

    @Override
    public void write(byte[] octets, int offset, int length) {
        Unwritten.<Object>yet();
    }

    /// How many octets there are so far.
    public long size() {
        return Unwritten.yet();
    }

    /// Ends it. A large one is on disk when this returns.
    public Letter seal() {
        return Unwritten.yet();
    }

    @Override
    public void close() {
        Unwritten.<Object>yet();
    }
}
