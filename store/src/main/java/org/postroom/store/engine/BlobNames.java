package org.postroom.store.engine;

import java.util.Arrays;

/// A great many blob ids in little room: eight bytes for each, ten million letters in 80 MB. They are
/// gathered first and looked up after, by one thread.
///
/// What is kept is the first byte, as a shelf's number, and the lower half. Two ids that agree in these
/// 72 random bits are taken for one, which nobody will see: a sweep would let one dead blob live.
final class BlobNames {

    private final long[][] shelves = new long[256][16];
    private final int[] counts = new int[256];
    private boolean sorted;

    void add(BlobId id) {
        int shelf = shelf(id);
        if (counts[shelf] == shelves[shelf].length)
            shelves[shelf] = Arrays.copyOf(shelves[shelf], counts[shelf] + (counts[shelf] >> 1));
        shelves[shelf][counts[shelf]++] = id.low();
        sorted = false;
    }

    boolean contains(BlobId id) {
        if (!sorted)
            for (int shelf = 0; shelf < 256; shelf++) Arrays.sort(shelves[shelf], 0, counts[shelf]);
        sorted = true;
        int shelf = shelf(id);
        return Arrays.binarySearch(shelves[shelf], 0, counts[shelf], id.low()) >= 0;
    }

    private static int shelf(BlobId id) {
        return (int) (id.high() >>> 56);
    }
}
