package org.postroom.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.store.engine.Batch;
import org.postroom.store.engine.Engine;
import org.postroom.store.engine.Memory;
import org.postroom.store.engine.Storage;
import org.postroom.wire.Fault;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A disk that reports an error, and shows later that it wrote after all.
class UnknownOutcomeTest {

    @TempDir Path folder;

    private final Engine memory = new Memory();
    private volatile boolean failing;
    private volatile @Nullable List<Batch> late;

    private Engine lying() {
        return (Engine)
                Proxy.newProxyInstance(
                        Engine.class.getClassLoader(),
                        new Class<?>[] {Engine.class},
                        (_, method, arguments) ->
                                switch (method.getName()) {
                                    case "write" -> write(arguments);
                                    case "recover" -> recover();
                                    default -> {
                                        try {
                                            yield method.invoke(memory, arguments);
                                        } catch (InvocationTargetException thrown) {
                                            throw thrown.getTargetException();
                                        }
                                    }
                                });
    }

    @SuppressWarnings("unchecked") // the one argument of write
    private @Nullable Object write(Object[] arguments) {
        var batches = (List<Batch>) arguments[0];
        if (failing) {
            late = batches;
            throw new Fault("the disk failed");
        }
        memory.write(batches);
        return null;
    }

    private @Nullable Object recover() {
        if (failing) throw new Fault("the disk is still gone");
        var batches = late;
        if (batches != null) memory.write(batches);
        late = null;
        return null;
    }

    @Test
    void viewsAreReadAnewWhenACommitTurnsOutToHaveHappened() throws Exception {
        try (var store = Store.over(Storage.over(lying(), folder), StoreSettings.standard())) {
            var account = Place.account(store, "bob@example.test");
            var inbox = account.inbox().id();
            Place.append(store, account, Place.text("One", 100));
            var before = account.view(inbox);
            try (var following = store.watch().follow(account.id())) {
                failing = true;
                assertThatThrownBy(() -> Place.append(store, account, Place.text("Two", 100)))
                        .isInstanceOf(Fault.class);
                assertThat(account.view(inbox)).isSameAs(before);
                failing = false;
                mend(store, account);
                Place.append(store, account, Place.text("Three", 100));
                assertThat(account.view(inbox).uids()).isEqualTo(Uids.of(1, 2, 3));
                assertThat(View.diff(before, account.view(inbox)).arrived()).isEqualTo(2);
                assertThat(following.take(Duration.ofMinutes(1)).mailboxes()).contains(inbox);
            }
            assertThat(store.check().findings()).isEmpty();
        }
    }

    /// A commit that changes nothing, and before which the engine recovers. It is let go only when its
    /// caller waits for it.
    private static void mend(Store store, Account account) throws InterruptedException {
        var go = new CountDownLatch(1);
        var caller =
                Thread.ofPlatform()
                        .start(() ->
                                store.commits()
                                        .<Boolean, RuntimeException>commit(
                                                account.id().value(), _ -> awaited(go)));
        await().until(() -> caller.getState() == Thread.State.WAITING);
        go.countDown();
        caller.join();
    }

    private static boolean awaited(CountDownLatch go) {
        try {
            return go.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            throw new Fault("interrupted", e);
        }
    }
}
