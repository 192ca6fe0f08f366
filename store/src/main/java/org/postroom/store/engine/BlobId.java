package org.postroom.store.engine;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;

/// Names a blob: 128 random bits, so that ids are unique without a counter and can't be guessed.
/// Printed as 32 hexadecimal digits.
public record BlobId(long high, long low) implements Comparable<BlobId> {

    /// How many bytes [#bytes] has.
    public static final int LENGTH = 16;

    private static final SecureRandom RANDOM = new SecureRandom();

    public static BlobId random() {
        return new BlobId(RANDOM.nextLong(), RANDOM.nextLong());
    }

    /// @throws IllegalArgumentException unless `text` is what [#toString] gives
    public static BlobId parse(String text) {
        byte[] bytes = HexFormat.of().parseHex(text);
        if (bytes.length != LENGTH) throw new IllegalArgumentException("not a blob id: " + text);
        return read(bytes, 0);
    }

    public static BlobId read(byte[] bytes, int at) {
        var in = ByteBuffer.wrap(bytes, at, LENGTH);
        return new BlobId(in.getLong(), in.getLong());
    }

    public byte[] bytes() {
        return ByteBuffer.allocate(LENGTH).putLong(high).putLong(low).array();
    }

    /// The key of a row that says: this partition holds the blob. `X`, the id, and a suffix of the
    /// caller's, by which several rows of a partition can hold one blob. The sweep looks for these.
    public byte[] reference(byte... suffix) {
        return ByteBuffer.allocate(1 + LENGTH + suffix.length)
                .put((byte) 'X')
                .putLong(high)
                .putLong(low)
                .put(suffix)
                .array();
    }

    @Override
    public int compareTo(BlobId other) {
        int order = Long.compareUnsigned(high, other.high);
        return order != 0 ? order : Long.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
