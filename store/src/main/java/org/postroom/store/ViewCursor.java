package org.postroom.store;

/// A place in a view: a chunk and an index in it, and the sequence number there.
final class ViewCursor {

    private final Chunk[] chunks;
    private int index;
    private int at;
    private int sequence = 1;

    ViewCursor(View view) {
        this.chunks = view.chunks();
    }

    boolean hasMore() {
        return index < chunks.length;
    }

    Chunk chunk() {
        return chunks[index];
    }

    int at() {
        return at;
    }

    int uid() {
        return chunk().uid[at];
    }

    int sequence() {
        return sequence;
    }

    /// Whether both stand at the beginning of one and the same chunk.
    boolean meets(ViewCursor other) {
        return at == 0 && other.at == 0 && chunk() == other.chunk();
    }

    void step() {
        sequence++;
        if (++at == chunk().count()) {
            at = 0;
            index++;
        }
    }

    void skipChunk() {
        sequence += chunk().count();
        index++;
    }
}
