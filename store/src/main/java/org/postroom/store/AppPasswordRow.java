package org.postroom.store;

import java.time.Instant;

/// Row `P` id8 (from 1): an app password, by what proves it: a fast hash, since it is random, and
/// SCRAM's keys (RFC 5802 §3). All of an account have the same salt and iteration count.
///
/// Layout 1: created8 label sha256 salt iterations4 then storedKey serverKey for SHA-1, -256, -512.
@SuppressWarnings("ArrayRecordComponent") // compared in constant time, by hand
record AppPasswordRow(
        long id,
        long created,
        String label,
        byte[] sha256,
        byte[] salt,
        int iterations,
        ScramKeys.Pair sha1Keys,
        ScramKeys.Pair sha256Keys,
        ScramKeys.Pair sha512Keys) {

    /// The chosen password's row, which comes first, is not among them.
    static final KeyRange ALL = KeyRange.of(Key.of('P')).startingAt(Key.of('P', 1L));

    private static final int LAYOUT = 1;

    static byte[] key(long id) {
        return Key.of('P', id);
    }

    static AppPasswordRow read(byte[] key, byte[] row) {
        var in = new RowIn("app password", row, LAYOUT);
        return new AppPasswordRow(
                Key.longAt(key, 1),
                in.long8(),
                in.text(),
                in.counted(),
                in.counted(),
                in.int4(),
                pair(in),
                pair(in),
                pair(in));
    }

    private static ScramKeys.Pair pair(RowIn in) {
        return new ScramKeys.Pair(in.counted(), in.counted());
    }

    byte[] row() {
        var out =
                new RowOut(LAYOUT)
                        .long8(created)
                        .text(label)
                        .counted(sha256)
                        .counted(salt)
                        .int4(iterations);
        for (var hash : ScramKeys.Hash.values())
            out.counted(pair(hash).storedKey()).counted(pair(hash).serverKey());
        return out.row();
    }

    ScramKeys.Pair pair(ScramKeys.Hash hash) {
        return switch (hash) {
            case SHA1 -> sha1Keys;
            case SHA256 -> sha256Keys;
            case SHA512 -> sha512Keys;
        };
    }

    AppPassword shown() {
        return new AppPassword(id, label, Instant.ofEpochMilli(created));
    }
}
