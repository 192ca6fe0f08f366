package org.postroom.store;

import org.jspecify.annotations.Nullable;
import org.postroom.mime.Envelope;
import org.postroom.mime.Structure;
import org.postroom.mime.Summary;
import org.postroom.store.engine.Blob;
import org.postroom.store.engine.Blobs;
import org.postroom.wire.Fault;
import org.postroom.wire.Sink;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// A stored message: the account's trace prefix and the letter, read as one. It never changes; flags
/// are in the [View]. A handle is one session's, to be used and dropped.
public final class Message implements Content {

    private final EmailId id;
    private final EmailRow row;
    private final Blobs blobs;
    private @Nullable Summary summary;
    private Blob.@Nullable Small small;

    Message(EmailId id, EmailRow row, Blobs blobs) {
        this.id = id;
        this.row = row;
        this.blobs = blobs;
    }

    public EmailId id() {
        return id;
    }

    /// RFC822.SIZE.
    @Override
    public long size() {
        return row.size();
    }

    /// How many octets of it are this account's own trace.
    public int prefixLength() {
        return row.prefix().length;
    }

    /// Envelope, structure and offsets of prefix and letter together.
    public Summary summary() {
        var known = summary;
        if (known == null)
            known = Summary.isCurrent(row.summary()) ? Summary.decode(row.summary()) : parsed();
        summary = known;
        return known;
    }

    /// The part of the summary that most ask for, without the rest.
    public Envelope envelope() {
        var known = summary;
        return known == null && Summary.isCurrent(row.summary())
                ? Summary.envelope(row.summary())
                : summary().envelope();
    }

    /// Reads the letter into memory, if it is small.
    ///
    /// @return how many octets that are
    long fetch() {
        if (row.blobSize() > Blobs.SMALL || small != null) return 0;
        blob();
        return row.blobSize();
    }

    /// Whether its octets are in memory, so that reading them does not wait.
    public boolean isAtHand() {
        return small != null;
    }

    /// Passes octets on as they lie in memory, of a letter that is at hand.
    public void pass(long offset, long length, Sink sink) {
        var letter = small;
        if (letter == null) throw new IllegalStateException("the letter is not at hand");
        var prefix = Blob.of(row.prefix());
        prefix.pass(offset, length, sink);
        long before = Math.clamp(prefix.size() - offset, 0, length);
        letter.pass(Math.max(0, offset - prefix.size()), length - before, sink);
    }

    /// The row was written by another parser: once more, then.
    private Summary parsed() {
        var parser = new Structure.Parser();
        byte[] buffer = new byte[64 << 10];
        try (var letter = read(row.prefix().length, row.blobSize())) {
            for (int count = letter.read(buffer); count > 0; count = letter.read(buffer))
                parser.write(buffer, 0, count);
        } catch (IOException e) {
            throw new Fault("reading a message", e);
        }
        return parser.finish().prefixed(row.prefix());
    }

    @Override
    public InputStream read(long offset, long length) {
        return ContentStream.of(
                List.of(
                        new ContentStream.Piece(
                                () -> Blob.of(row.prefix()), 0, row.prefix().length),
                        new ContentStream.Piece(this::blob, 0, row.blobSize())),
                offset,
                length);
    }

    /// A small one is fetched once, however many parts of it are asked for.
    private Blob blob() {
        if (small != null) return small;
        var blob = blobs.open(row.blob(), row.blobSize());
        if (blob instanceof Blob.Small fetched) small = fetched;
        return blob;
    }
}
