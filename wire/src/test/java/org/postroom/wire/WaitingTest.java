package org.postroom.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.time.Duration;

final class WaitingTest {

    @Test
    void whatIsPeekedAtIsStillThere() throws Exception {
        try (var ends = Ends.open()) {
            ends.send("NOOP\r\n");
            assertThat(ends.wire().peek()).isEqualTo('N');
            assertThat(ends.wire().peek()).isEqualTo('N');
            assertThat(ends.wire().line().text()).isEqualTo("NOOP");
            ends.finish();
            assertThat(ends.wire().peek()).isEqualTo(-1);
        }
    }

    @Test
    void newLimitsBeginAWaitAnew() throws Exception {
        try (var ends = Ends.open(Ends.LIMITS.withIdle(Duration.ofDays(1)), Tap.NONE)) {
            var wire = ends.wire();
            var since = new long[1];
            var changer =
                    Thread.ofVirtual()
                            .start(() -> {
                                pause(500);
                                since[0] = System.nanoTime();
                                wire.limits(Ends.LIMITS.withIdle(Duration.ofMillis(300)));
                            });
            assertThatThrownBy(wire::line)
                    .isInstanceOfSatisfying(
                            Departure.class,
                            it -> assertThat(it.kind()).isEqualTo(Departure.Kind.IDLE));
            changer.join();
            assertThat(System.nanoTime() - since[0])
                    .isGreaterThanOrEqualTo(Duration.ofMillis(300).toNanos());
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
