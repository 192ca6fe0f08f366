package org.postroom.store;

import java.util.ArrayList;
import java.util.List;

/// Puts a view together from messages in ascending order and from chunks that are taken as they are.
final class ViewBuilder {

    private final List<Chunk> chunks = new ArrayList<>();
    private final Chunk.Builder open = new Chunk.Builder();

    void add(UidRow row) {
        open.add(row);
        if (open.isFull()) close();
    }

    void add(Chunk from, int at) {
        open.add(from, at);
        if (open.isFull()) close();
    }

    /// A chunk that nothing touched. What was gathered before it becomes a chunk of its own, so that
    /// this one stays what it is.
    void add(Chunk whole) {
        close();
        chunks.add(whole);
    }

    private void close() {
        if (!open.isEmpty()) chunks.add(open.build());
    }

    View build(View.Head head) {
        close();
        return new View(head, chunks.toArray(Chunk[]::new));
    }
}
