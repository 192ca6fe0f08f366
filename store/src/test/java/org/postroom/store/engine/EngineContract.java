package org.postroom.store.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/// What every engine must do; one class for each engine runs it.
abstract class EngineContract {

    private static final byte[] NONE = {};

    @SuppressWarnings("NullAway.Init")
    Engine engine;

    abstract Engine open();

    @BeforeEach
    void begin() {
        engine = open();
    }

    @AfterEach
    void end() {
        engine.close();
    }

    static byte[] bytes(String text) {
        return text.getBytes(US_ASCII);
    }

    static Op put(String key, String value) {
        return new Op(bytes(key), bytes(value));
    }

    static Op delete(String key) {
        return new Op(bytes(key), null);
    }

    private void write(long partition, Op... ops) {
        engine.write(List.of(new Batch(partition, List.of(ops))));
    }

    private static List<String> text(Page page) {
        return page.rows().stream()
                .map(row ->
                        new String(row.key(), US_ASCII) + "=" + new String(row.value(), US_ASCII))
                .toList();
    }

    @Test
    void whatIsPutIsFoundAndWhatIsDeletedIsNot() {
        write(7, put("a", "1"), put("b", ""));
        assertThat(engine.get(7, bytes("a"))).isEqualTo(bytes("1"));
        assertThat(engine.get(7, bytes("b"))).isEmpty();
        write(7, delete("a"), delete("never"));
        assertThat(engine.get(7, bytes("a"))).isNull();
        assertThat(engine.get(7, bytes("c"))).isNull();
    }

    @Test
    void partitionsDoNotSeeEachOther() {
        write(1, put("k", "one"));
        write(2, put("k", "two"));
        write(Engine.BLOBS, put("k", "blob"));
        write(Engine.BLOB_LIST, put("k", "list"));
        assertThat(text(engine.scan(1, NONE, NONE, 9))).containsExactly("k=one");
        assertThat(text(engine.scan(2, NONE, NONE, 9))).containsExactly("k=two");
        assertThat(text(engine.scan(Engine.BLOBS, NONE, NONE, 9))).containsExactly("k=blob");
        assertThat(text(engine.scanDown(Engine.BLOB_LIST, NONE, NONE, 9)))
                .containsExactly("k=list");
    }

    @Test
    void keysAreOrderedAsUnsignedBytes() {
        for (int b : new int[] {0x80, 0x00, 0xff, 0x7f})
            engine.write(
                    List.of(
                            new Batch(
                                    3, List.of(new Op(new byte[] {'k', (byte) b}, new byte[1])))));
        assertThat(engine.scan(3, NONE, NONE, 9).rows())
                .extracting(row -> row.key()[1] & 0xff)
                .containsExactly(0x00, 0x7f, 0x80, 0xff);
    }

    @Test
    void aScanIsAPageAndSaysWhetherThereIsMore() {
        write(1, put("a", "1"), put("b", "2"), put("c", "3"), put("d", "4"));
        var first = engine.scan(1, bytes("a"), bytes("d"), 2);
        assertThat(text(first)).containsExactly("a=1", "b=2");
        assertThat(first.more()).isTrue();
        var second = engine.scan(1, bytes("b\0"), bytes("d"), 2);
        assertThat(text(second)).containsExactly("c=3");
        assertThat(second.more()).isFalse();
        var down = engine.scanDown(1, bytes("a"), bytes("d"), 2);
        assertThat(text(down)).containsExactly("c=3", "b=2");
        assertThat(down.more()).isTrue();
        assertThat(text(engine.scanDown(1, bytes("b"), NONE, 9)))
                .containsExactly("d=4", "c=3", "b=2");
    }

    @Test
    void anEmptyRangeHasNoRows() {
        write(1, put("a", "1"));
        assertThat(engine.scan(1, bytes("b"), bytes("a"), 9).rows()).isEmpty();
        assertThat(engine.scan(1, bytes("a"), bytes("a"), 9).rows()).isEmpty();
        assertThat(engine.scanDown(9, NONE, NONE, 9).more()).isFalse();
    }

    @Test
    void aBatchSpansPartitions() {
        engine.write(
                List.of(
                        new Batch(1, List.of(put("k", "1"))),
                        new Batch(Engine.BLOBS, List.of(put("b", "x".repeat(5000)))),
                        new Batch(2, List.of(put("k", "2")))));
        assertThat(engine.get(1, bytes("k"))).isEqualTo(bytes("1"));
        assertThat(engine.get(2, bytes("k"))).isEqualTo(bytes("2"));
        assertThat(engine.get(Engine.BLOBS, bytes("b"))).hasSize(5000);
    }

    @Test
    void partitionsAreListedInOrderWithoutTheEnginesOwn() {
        for (long partition : new long[] {Long.MAX_VALUE, 5, 0, 70, Engine.BLOBS, Engine.BLOB_LIST})
            write(partition, put("k", "v"), put("l", "v"));
        assertThat(engine.partitions(-1, 9)).containsExactly(0L, 5L, 70L, Long.MAX_VALUE);
        assertThat(engine.partitions(-1, 2)).containsExactly(0L, 5L);
        assertThat(engine.partitions(5, 9)).containsExactly(70L, Long.MAX_VALUE);
        assertThat(engine.partitions(Long.MAX_VALUE, 9)).isEmpty();
    }

    @Test
    void aDestroyedPartitionIsEmptyAndItsNeighboursAreNot() {
        for (long partition : new long[] {4, 5, 6, Long.MAX_VALUE}) write(partition, put("k", "v"));
        engine.destroy(5);
        engine.destroy(Long.MAX_VALUE);
        assertThat(engine.partitions(-1, 9)).containsExactly(4L, 6L);
        write(5, put("n", "new"));
        assertThat(text(engine.scan(5, NONE, NONE, 9))).containsExactly("n=new");
    }

    @Test
    void aSnapshotShowsOneMoment() throws InterruptedException {
        write(1, put("a", "1"));
        Thread writer;
        try (var rows = engine.snapshot(1)) {
            writer = Thread.ofPlatform().start(() -> write(1, put("a", "2"), put("b", "2")));
            writer.join(20); // an engine may make the writer wait
            assertThat(rows.get(bytes("a"))).isEqualTo(bytes("1"));
            assertThat(text(rows.scan(NONE, NONE, 9))).containsExactly("a=1");
            assertThat(text(rows.scanDown(NONE, NONE, 9))).containsExactly("a=1");
            assertThat(rows.version()).isZero();
        }
        writer.join();
        assertThat(engine.get(1, bytes("a"))).isEqualTo(bytes("2"));
    }

    @Test
    void compactionChangesNothingThatIsSeen() {
        for (int i = 0; i < 200; i++) write(1, put("k" + (1000 + i), "v"));
        for (int i = 0; i < 150; i++) write(1, delete("k" + (1000 + i)));
        engine.compact(1, NONE, NONE);
        assertThat(engine.scan(1, NONE, NONE, 1000).rows()).hasSize(50);
    }

    @Test
    void recoveryWithoutFailureChangesNothing() {
        write(1, put("a", "1"));
        engine.recover();
        assertThat(engine.get(1, bytes("a"))).isEqualTo(bytes("1"));
    }

    @Test
    void aVirtualThreadIsTurnedAway() throws InterruptedException {
        var turnedAway = new ArrayList<Boolean>();
        Thread.ofVirtual()
                .start(() -> {
                    assertThatThrownBy(() -> engine.get(1, bytes("a")))
                            .isInstanceOf(IllegalStateException.class);
                    assertThatThrownBy(() -> engine.snapshot(1))
                            .isInstanceOf(IllegalStateException.class);
                    assertThatThrownBy(() -> write(1, put("a", "1")))
                            .isInstanceOf(IllegalStateException.class);
                    turnedAway.add(true);
                })
                .join();
        assertThat(turnedAway).hasSize(1);
        write(1, put("a", "1")); // and no lock was left behind
    }

    /// Random batches against a plain map.
    @Test
    void agreesWithAMap() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var map = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
        for (int i = 0; i < 200; i++) {
            var ops = new TreeMap<byte[], Op>(Arrays::compareUnsigned);
            for (int n = random.nextInt(6); n >= 0; n--) {
                byte[] key = key(random);
                byte[] value = new byte[random.nextInt(20)];
                ops.put(key, new Op(key, random.nextInt(3) == 0 ? null : value));
            }
            engine.write(List.of(new Batch(1, List.copyOf(ops.values()))));
            for (var op : ops.values())
                if (op.value() == null) map.remove(op.key());
                else map.put(op.key(), op.value());
            byte[] from = key(random);
            byte[] to = random.nextInt(4) == 0 ? NONE : key(random);
            var range = List.copyOf(Overlay.range(map, from, to).keySet());
            var up = engine.scan(1, from, to, 5);
            assertThat(up.rows().stream().map(Row::key))
                    .as("seed %d", seed)
                    .containsExactlyElementsOf(range.subList(0, Math.min(5, range.size())));
            assertThat(up.more()).as("seed %d", seed).isEqualTo(range.size() > 5);
            var down = engine.scanDown(1, from, to, 5);
            assertThat(down.rows().stream().map(Row::key))
                    .as("seed %d", seed)
                    .containsExactlyElementsOf(
                            range.subList(Math.max(0, range.size() - 5), range.size()).reversed());
        }
    }

    private static byte[] key(Random random) {
        byte[] key = new byte[1 + random.nextInt(2)];
        for (int i = 0; i < key.length; i++) key[i] = (byte) (random.nextInt(8) * 37);
        return key;
    }
}
