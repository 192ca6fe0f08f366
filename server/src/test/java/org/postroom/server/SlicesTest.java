package org.postroom.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postroom.store.AccountId;
import org.postroom.wire.Fault;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

@Timeout(60)
class SlicesTest {

    private final Slices slices = Slices.standard();
    private final Slices.Share greedy = slices.of(new AccountId(1));
    private final Slices.Share modest = slices.of(new AccountId(2));

    @Test
    void oneAccountInManySessionsLeavesRoomForOthers() throws Exception {
        var release = new CountDownLatch(1);
        var most = new AtomicInteger();
        var now = new AtomicInteger();
        try (var sessions = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++)
                sessions.execute(() ->
                        greedy.<Integer>run(_ -> {
                            most.accumulateAndGet(now.incrementAndGet(), Math::max);
                            await(release);
                            return now.decrementAndGet();
                        }));
            assertThat(modest.<String>run(_ -> "done")).isEqualTo("done");
            release.countDown();
        }
        assertThat(most.get()).isEqualTo(1);
        assertThat(greedy.<String>run(_ -> "done")).isEqualTo("done");
    }

    @Test
    void aTurnEnds() {
        int steps =
                greedy.run(turn -> {
                    int done = 0;
                    do done++;
                    while (!turn.isOver());
                    return done;
                });
        assertThat(steps).isPositive();
    }

    @Test
    void whatBreaksIsToldAndTheNextGoesOn() {
        assertThatThrownBy(() ->
                        greedy.run(_ -> {
                            throw new Fault("broken");
                        }))
                .isInstanceOf(Fault.class);
        assertThat(greedy.<String>run(_ -> "done")).isEqualTo("done");
    }

    private static void await(CountDownLatch release) {
        try {
            release.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
