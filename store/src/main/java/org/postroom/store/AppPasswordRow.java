package org.postroom.store;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Row `P` id8 (from 1): an app password, by what proves it: a fast hash, since it is random, and
/// SCRAM's keys (RFC 5802 §3). All of an account have the same salt and iteration count.
///
/// Layout 2: created8 label sha256 salt iterations4, storedKey serverKey for SHA-1, -256, -512, then uses1
/// ([Use#bit]) expires8 (0 for never). Layout 1 had neither of these two.
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
        ScramKeys.Pair sha512Keys,
        Set<Use> uses,
        long expires) {

    AppPasswordRow {
        uses = Set.copyOf(uses);
    }

    /// The chosen password's row, which comes first, is not among them.
    static final KeyRange ALL = KeyRange.of(Key.of('P')).startingAt(Key.of('P', 1L));

    private static final int LAYOUT = 2;
    private static final int FOR_ALL = 1;

    static byte[] key(long id) {
        return Key.of('P', id);
    }

    static AppPasswordRow read(byte[] key, byte[] row) {
        int layout = row.length > 0 && row[0] == FOR_ALL ? FOR_ALL : LAYOUT;
        var in = new RowIn("app password", row, layout);
        return new AppPasswordRow(
                Key.longAt(key, 1),
                in.long8(),
                in.text(),
                in.counted(),
                in.counted(),
                in.int4(),
                pair(in),
                pair(in),
                pair(in),
                layout == FOR_ALL ? EnumSet.allOf(Use.class) : uses(in.octet()),
                layout == FOR_ALL ? 0 : in.long8());
    }

    private static Set<Use> uses(int bits) {
        var uses = EnumSet.noneOf(Use.class);
        for (var use : Use.values()) if ((bits & use.bit) != 0) uses.add(use);
        return uses;
    }

    /// Whether it opens something, now.
    boolean serves(Use use, long now) {
        return uses.contains(use) && (expires == 0 || now < expires);
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
        int bits = 0;
        for (var use : uses) bits |= use.bit;
        return out.octet(bits).long8(expires).row();
    }

    ScramKeys.Pair pair(ScramKeys.Hash hash) {
        return switch (hash) {
            case SHA1 -> sha1Keys;
            case SHA256 -> sha256Keys;
            case SHA512 -> sha512Keys;
        };
    }

    AppPassword shown() {
        return new AppPassword(
                id,
                label,
                Instant.ofEpochMilli(created),
                uses,
                expires == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(expires)));
    }
}
