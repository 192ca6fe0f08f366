package org.postroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.store.engine.Engine;
import org.postroom.store.engine.Memory;
import org.postroom.store.engine.Snapshot;
import org.postroom.store.engine.Storage;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// What looking at a large mailbox costs, counted in reads of the engine.
class SelectTest {

    private static final int MESSAGES = 100_000;
    private static final Set<String> READS = Set.of("get", "scan", "scanDown");

    @TempDir Path folder;

    @Test
    void aMailboxIsReadOnceAndInPages() throws Exception {
        var reads = new AtomicInteger();
        var engine = counting(Engine.class, new Memory(), reads);
        try (var store = Store.over(Storage.over(engine, folder), StoreSettings.standard())) {
            var account = Place.account(store, "bob@example.test");
            var inbox = account.inbox().id();
            try (var draft = store.draft()) {
                draft.write(Place.octets("Subject: x\r\n\r\n"), 0, 14);
                var message = new NewMessage(draft.seal(), new byte[0], Flags.NONE, Place.WHEN);
                for (int i = 0; i < MESSAGES; i += 10_000)
                    account.append(inbox, Collections.nCopies(10_000, message));
            }
            reads.set(0);
            assertThat(account.view(inbox).size()).isEqualTo(MESSAGES);
            assertThat(reads.get()).isLessThanOrEqualTo(MESSAGES / 1_000 + 5);

            reads.set(0);
            account.view(inbox);
            assertThat(reads.get()).isZero();

            account.setFlags(inbox, Uids.of(MESSAGES), FlagChange.add(Flags.of(Flag.SEEN)));
            reads.set(0);
            assertThat(account.view(inbox).unseen()).isEqualTo(MESSAGES - 1);
            assertThat(reads.get()).isZero();
            assertThat(account.inbox().unseen()).isEqualTo(MESSAGES - 1);
            assertThat(reads.get()).isLessThanOrEqualTo(3);
        }
    }

    @Test
    void mailboxesAreReadOnceForEachVersion() throws Exception {
        var reads = new AtomicInteger();
        var engine = counting(Engine.class, new Memory(), reads);
        try (var store = Store.over(Storage.over(engine, folder), StoreSettings.standard())) {
            var account = Place.account(store, "bob@example.test");
            var made = account.create("a/b", null);
            assertThat(account.mailbox("a/b")).contains(made);
            reads.set(0);
            assertThat(account.mailboxes()).hasSize(8);
            assertThat(account.mailbox(made.id())).contains(made);
            assertThat(account.mailbox("b")).isEmpty();
            assertThat(reads).hasValue(0);
            account.rename("a/b", "b");
            assertThat(account.mailbox("b").orElseThrow().id()).isEqualTo(made.id());
            Place.append(store, account, made.id(), Place.text("Tea", 100), Flags.NONE);
            assertThat(account.mailbox(made.id()).orElseThrow().exists()).isEqualTo(1);
        }
    }

    /// An engine, or a snapshot of it, that counts the reads it is asked for.
    private static <T> T counting(Class<T> type, T real, AtomicInteger reads) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (_, method, arguments) -> {
                            if (READS.contains(method.getName())) reads.incrementAndGet();
                            try {
                                var answer = method.invoke(real, arguments);
                                return answer instanceof Snapshot snapshot
                                        ? counting(Snapshot.class, snapshot, reads)
                                        : answer;
                            } catch (InvocationTargetException thrown) {
                                throw thrown.getTargetException();
                            }
                        }));
    }
}
