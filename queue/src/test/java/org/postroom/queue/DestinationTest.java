package org.postroom.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.postroom.smtp.Reply;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

class DestinationTest {

    private static final Said SILENCE = Said.ours(Reply.NO_ANSWER);

    private static Destination destination() {
        return new Destination("example.net", new ReentrantLock().newCondition());
    }

    private static List<Long> order(Destination destination) {
        var order = new ArrayList<Long>();
        for (var batch = destination.take(); batch.isPresent(); batch = destination.take())
            order.add(batch.get().id().number());
        return order;
    }

    // RFC 6710 §5.1
    @Test
    void theUrgentGoesFirst() {
        var destination = destination();
        destination.add(new QueueId(1), 0, 1, 0);
        destination.add(new QueueId(2), 4, 1, 0);
        destination.add(new QueueId(3), -3, 1, 0);
        assertThat(order(destination)).containsExactly(2L, 1L, 3L);
    }

    @Test
    void whoSendsAThousandLettersLetsWhoSendsOneGoBetween() {
        var destination = destination();
        for (int i = 1; i <= 1000; i++) destination.add(new QueueId(i), 0, 1, 0);
        destination.add(new QueueId(5000), 0, 2, 0);
        assertThat(order(destination).indexOf(5000L)).isEqualTo(1);
    }

    @Test
    void recipientsOfALetterGoTogetherAHundredAtOnce() {
        var destination = destination();
        for (int i = 0; i < 250; i++) destination.add(new QueueId(1), 0, 1, i);
        assertThat(destination.take().orElseThrow().numbers()).hasSize(100);
        assertThat(destination.take().orElseThrow().numbers()).hasSize(100);
        assertThat(destination.take().orElseThrow().numbers()).hasSize(50).endsWith(249);
        assertThat(destination.take()).isEmpty();
    }

    // RFC 5321 §4.5.4.1
    @Test
    void oneThatDoesNotAnswerIsLeftAloneAsAWhole() {
        var destination = destination();
        var until = destination.failed(SILENCE, 1_000_000);
        assertThat(until).isPresent();
        assertThat(until.orElseThrow() - 1_000_000).isBetween(40_000L, 80_000L);
        assertThat(destination.closed(1_000_000)).isPresent();
        assertThat(destination.closed(until.orElseThrow())).isEmpty();
        destination.succeeded();
        assertThat(destination.closed(1_000_000)).isEmpty();
    }

    @Test
    void oneConversationThatFailsIsNotTheEndOfTheOthers() {
        var destination = destination();
        destination.connected();
        assertThat(destination.failed(SILENCE, 0)).isEqualTo(Optional.empty());
    }

    // TRAPS T17
    @Test
    void noPauseIsLongerThanTheLongest() {
        for (int attempts = 1; attempts < 1000; attempts++)
            assertThat(Pace.pause(attempts)).isBetween(40_000L, Pace.LONGEST);
    }
}
