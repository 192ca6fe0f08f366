package org.postroom.store;

import org.jspecify.annotations.Nullable;
import org.postroom.mime.Structure;
import org.postroom.store.engine.Blobs;
import org.postroom.store.engine.Draft;
import org.postroom.wire.Sink;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;

/// A message on its way in: a blob that grows and the pass that finds its structure, at once. It is
/// in memory up to a bound and in a file beyond. Close it when its letter is appended, delivered or
/// queued, or instead: a letter that nobody took leaves nothing behind.
///
/// What is written must have canonical line ends already (DECISIONS, Line ends).
public final class MessageDraft implements Sink, AutoCloseable {

    private final Blobs blobs;
    private final Draft draft;
    private final Structure.Parser parser = new Structure.Parser();
    private @Nullable Letter letter;

    MessageDraft(Blobs blobs) {
        this.blobs = blobs;
        this.draft = blobs.draft();
    }

    /// @throws org.postroom.store.engine.DiskFull when there is no room for more
    @Override
    public void write(byte[] octets, int offset, int length) {
        draft.write(octets, offset, length);
        parser.write(octets, offset, length);
    }

    /// How many octets there are so far.
    public long size() {
        return draft.size();
    }

    /// Ends it. A large one is on disk when this returns.
    public Letter seal() {
        var done = letter;
        if (done == null) done = Letter.of(draft.seal(), parser.finish());
        letter = done;
        return done;
    }

    /// For what writes to streams; to close it closes nothing.
    public OutputStream stream() {
        return new OutputStream() {
            @Override
            public void write(int octet) {
                MessageDraft.this.write(new byte[] {(byte) octet}, 0, 1);
            }

            @Override
            public void write(byte[] octets, int offset, int length) {
                MessageDraft.this.write(octets, offset, length);
            }
        };
    }

    /// The letter as it is, to be sent elsewhere. Close the stream before the draft.
    public InputStream read() {
        var sealed = Objects.requireNonNull(seal().blob());
        return ContentStream.of(
                List.of(new ContentStream.Piece(() -> blobs.open(sealed), 0, sealed.size())),
                0,
                sealed.size());
    }

    @Override
    public void close() {
        draft.close();
    }
}
