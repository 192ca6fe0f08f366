package org.postroom.prove;

import org.postroom.store.engine.BlobId;
import org.postroom.store.engine.Change;
import org.postroom.store.engine.HomeRefused;
import org.postroom.store.engine.Sealed;
import org.postroom.store.engine.Storage;

import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// The program that [StoreSubject] lets die: the store alone, under load from many virtual threads.
/// Each of them puts blobs of all sizes and now and then deletes one of its own; after each commit it
/// says on standard output what is now promised.
///
/// Rows of a partition, numbers big-endian: `c` how many commits there were; `L` version: worker,
/// step, `P` or `D`, the step that was deleted; `m` worker step: blob id, size; `X` as always.
final class StoreChild {

    static final int PARTITIONS = 4;
    private static final int WORKERS = 16;

    private final Storage storage;
    private final int round;
    private final BlockingQueue<String> promises = new LinkedBlockingQueue<>();

    private StoreChild(Storage storage, int round) {
        this.storage = storage;
        this.round = round;
    }

    /// @param args the home, and the number of the round
    static void main(String[] args) throws HomeRefused, InterruptedException {
        var child = new StoreChild(Storage.open(Path.of(args[0])), Integer.parseInt(args[1]));
        for (int i = 0; i < WORKERS; i++) {
            long worker = child.round * 1000L + i;
            Thread.ofVirtual().start(() -> child.work(worker));
        }
        var out = new PrintStream(System.out, false, StandardCharsets.US_ASCII);
        out.println("ready");
        out.flush();
        while (true) {
            out.println(child.promises.take());
            if (child.promises.isEmpty()) out.flush();
        }
    }

    static byte[] counter() {
        return new byte[] {'c'};
    }

    static byte[] log(long version) {
        return ByteBuffer.allocate(9).put((byte) 'L').putLong(version).array();
    }

    static byte[] message(long worker, long step) {
        return ByteBuffer.allocate(17).put((byte) 'm').putLong(worker).putLong(step).array();
    }

    static long partition(long worker) {
        return worker % PARTITIONS;
    }

    /// What worker and step wrote: known to both processes without a word.
    static byte[] content(long worker, long step) {
        var random = new SplittableRandom(worker * 1_000_003 + step);
        int kind = random.nextInt(100);
        int size =
                kind < 75
                        ? random.nextInt(16 << 10)
                        : kind < 92 ? random.nextInt(256 << 10) : random.nextInt(1 << 20);
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    private void work(long worker) {
        var random = new SplittableRandom(worker);
        List<Long> mine = new ArrayList<>();
        for (long step = 1; ; step++)
            if (mine.size() > 2 && random.nextInt(10) == 0)
                delete(worker, step, mine.remove(random.nextInt(mine.size())));
            else {
                put(worker, step);
                mine.add(step);
            }
    }

    private void put(long worker, long step) {
        byte[] content = content(worker, step);
        try (var draft = storage.blobs().draft()) {
            for (int at = 0; at < content.length; at += 50_000)
                draft.write(content, at, Math.min(50_000, content.length - at));
            var sealed = draft.seal();
            long version = commit(worker, change -> put(change, worker, step, sealed));
            promises.add("P " + worker + " " + step + " " + version);
        }
    }

    private static void put(Change change, long worker, long step, Sealed sealed) {
        change.keep(sealed);
        change.put(sealed.id().reference(), new byte[1]);
        change.put(
                message(worker, step),
                ByteBuffer.allocate(24).put(sealed.id().bytes()).putLong(sealed.size()).array());
        note(change, worker, step, 'P', 0);
    }

    private void delete(long worker, long step, long victim) {
        long version = commit(worker, change -> delete(change, worker, step, victim));
        promises.add("D " + worker + " " + step + " " + version + " " + victim);
    }

    private static void delete(Change change, long worker, long step, long victim) {
        byte[] key = message(worker, victim);
        byte[] row = change.get(key);
        if (row == null) throw new IllegalStateException("what was acknowledged is not there");
        change.delete(key);
        change.delete(BlobId.read(row, 0).reference());
        note(change, worker, step, 'D', victim);
    }

    private static void note(Change change, long worker, long step, char kind, long victim) {
        byte[] count = change.get(counter());
        long next = count == null ? 1 : ByteBuffer.wrap(count).getLong() + 1;
        change.put(counter(), ByteBuffer.allocate(8).putLong(next).array());
        change.put(
                log(change.version()),
                ByteBuffer.allocate(25)
                        .putLong(worker)
                        .putLong(step)
                        .put((byte) kind)
                        .putLong(victim)
                        .array());
    }

    private interface Step {
        void take(Change change);
    }

    private long commit(long worker, Step step) {
        return storage.commits()
                .<Long, RuntimeException>commit(
                        partition(worker),
                        change -> {
                            step.take(change);
                            return change.version();
                        });
    }
}
