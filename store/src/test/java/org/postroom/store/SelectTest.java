package org.postroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.store.engine.Batch;
import org.postroom.store.engine.Engine;
import org.postroom.store.engine.Memory;
import org.postroom.store.engine.Page;
import org.postroom.store.engine.Snapshot;
import org.postroom.store.engine.Storage;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// What looking at a large mailbox costs, counted in reads of the engine.
class SelectTest {

    private static final int MESSAGES = 100_000;

    @TempDir Path folder;

    @Test
    void aMailboxIsReadOnceAndInPages() throws Exception {
        var engine = new Counting(new Memory());
        try (var store = Store.over(Storage.over(engine, folder), StoreSettings.standard())) {
            var account = Place.account(store, "bob@example.test");
            var inbox = account.inbox().id();
            try (var draft = store.draft()) {
                draft.write(Place.octets("Subject: x\r\n\r\n"), 0, 14);
                var message = new NewMessage(draft.seal(), new byte[0], Flags.NONE, Place.WHEN);
                for (int i = 0; i < MESSAGES; i += 10_000)
                    account.append(inbox, Collections.nCopies(10_000, message));
            }
            engine.reads.set(0);
            assertThat(account.view(inbox).size()).isEqualTo(MESSAGES);
            assertThat(engine.reads.get()).isLessThanOrEqualTo(MESSAGES / 1_000 + 5);

            engine.reads.set(0);
            account.view(inbox);
            assertThat(engine.reads.get()).isZero();

            account.setFlags(inbox, Uids.of(MESSAGES), FlagChange.add(Flags.of(Flag.SEEN)));
            engine.reads.set(0);
            assertThat(account.view(inbox).unseen()).isEqualTo(MESSAGES - 1);
            assertThat(engine.reads.get()).isZero();
            assertThat(account.inbox().unseen()).isEqualTo(MESSAGES - 1);
            assertThat(engine.reads.get()).isLessThanOrEqualTo(3);
        }
    }

    /// An engine that counts what it is asked.
    private record Counting(Engine engine, AtomicInteger reads) implements Engine {

        Counting(Engine engine) {
            this(engine, new AtomicInteger());
        }

        @Override
        public byte @Nullable [] get(long partition, byte[] key) {
            reads.incrementAndGet();
            return engine.get(partition, key);
        }

        @Override
        public Page scan(long partition, byte[] from, byte[] to, int limit) {
            reads.incrementAndGet();
            return engine.scan(partition, from, to, limit);
        }

        @Override
        public Page scanDown(long partition, byte[] from, byte[] to, int limit) {
            reads.incrementAndGet();
            return engine.scanDown(partition, from, to, limit);
        }

        @Override
        public Snapshot snapshot(long partition) {
            var snapshot = engine.snapshot(partition);
            return new Snapshot() {
                @Override
                public byte @Nullable [] get(byte[] key) {
                    reads.incrementAndGet();
                    return snapshot.get(key);
                }

                @Override
                public Page scan(byte[] from, byte[] to, int limit) {
                    reads.incrementAndGet();
                    return snapshot.scan(from, to, limit);
                }

                @Override
                public Page scanDown(byte[] from, byte[] to, int limit) {
                    reads.incrementAndGet();
                    return snapshot.scanDown(from, to, limit);
                }

                @Override
                public void close() {
                    snapshot.close();
                }
            };
        }

        @Override
        public void write(List<Batch> batches) {
            engine.write(batches);
        }

        @Override
        public void recover() {
            engine.recover();
        }

        @Override
        public List<Long> partitions(long after, int limit) {
            return engine.partitions(after, limit);
        }

        @Override
        public void destroy(long partition) {
            engine.destroy(partition);
        }

        @Override
        public void compact(long partition, byte[] from, byte[] to) {
            engine.compact(partition, from, to);
        }

        @Override
        public void checkpoint(Path copy) {
            engine.checkpoint(copy);
        }

        @Override
        public void close() {
            engine.close();
        }
    }
}
