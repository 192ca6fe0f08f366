package org.postroom.store.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

final class OverlayTest {

    /// Random rows under random changes, against a plain map that had the changes applied.
    @Test
    void aScanThroughChangesShowsWhatTheyWillLeave() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            var disk = new Memory();
            var changes = new TreeMap<byte[], Op>(Arrays::compareUnsigned);
            var after = new Memory();
            for (int i = 0; i < 20; i++) {
                var op = new Op(key(random), new byte[] {(byte) i});
                disk.write(List.of(new Batch(1, List.of(op))));
                after.write(List.of(new Batch(1, List.of(op))));
            }
            for (int i = random.nextInt(20); i > 0; i--) {
                byte[] value = random.nextBoolean() ? null : new byte[] {(byte) -i};
                var op = new Op(key(random), value);
                changes.put(op.key(), op);
                after.write(List.of(new Batch(1, List.of(op))));
            }
            byte[] from = key(random);
            byte[] to = random.nextInt(3) == 0 ? new byte[0] : key(random);
            int limit = 1 + random.nextInt(8);
            var pending = Overlay.range(changes, from, to);
            same(
                    seed,
                    Overlay.scan(pending, (f, t, l) -> disk.scan(1, f, t, l), from, to, limit),
                    after.scan(1, from, to, limit));
            same(
                    seed,
                    Overlay.scanDown(
                            pending, (f, t, l) -> disk.scanDown(1, f, t, l), from, to, limit),
                    after.scanDown(1, from, to, limit));
        }
    }

    private static void same(long seed, Page seen, Page wanted) {
        assertThat(seen.rows().stream().map(row -> row.key()[0] + "=" + row.value()[0]))
                .as("seed %d", seed)
                .containsExactlyElementsOf(
                        wanted.rows().stream()
                                .map(row -> row.key()[0] + "=" + row.value()[0])
                                .toList());
        assertThat(seen.more()).as("seed %d", seed).isEqualTo(wanted.more());
    }

    private static byte[] key(Random random) {
        return new byte[] {(byte) random.nextInt(24)};
    }
}
