package org.postroom.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.smtp.MailParameters;
import org.postroom.smtp.MailParameters.Hold;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

class DeskTest {

    @TempDir Path folder;

    @Test
    void aRemovedLetterIsGoneAndNobodyHearsOfIt() throws Exception {
        try (var place = Place.inMemory(folder)) {
            var ann = place.account("ann@example.test");
            var id =
                    place.keep(
                                    Place.LETTER,
                                    Place.from("ann@example.test", Place.to("bob@void.invalid")))
                            .getFirst()
                            .id();
            var desk = Desk.of(place.store);
            assertThat(desk.remove(id)).isTrue();
            assertThat(desk.remove(id)).isFalse();
            assertThat(desk.list(Optional.empty(), 10)).isEmpty();
            assertThat(Place.inbox(ann)).isEmpty();
            assertThat(place.store.check().sound()).isTrue();
        }
    }

    // RFC 4865 §5
    @Test
    void aLetterForTheFutureWaitsWhateverAnAdministratorHurries() throws Exception {
        try (var place = Place.inMemory(folder)) {
            var bob = place.account("bob@example.test");
            var hour = new Hold.For(3600);
            var clock = new AtomicLong(System.currentTimeMillis());
            var queue = place.open(() -> Instant.ofEpochMilli(clock.get()));
            place.accept(
                    queue,
                    Place.LETTER,
                    Place.from(
                            "ann@example.test",
                            MailParameters.NONE.withHold(Optional.of(hour)),
                            Place.to(bob)));
            assertThat(queue.hurry()).isZero();
            assertThat(Place.inbox(bob)).isEmpty();
            clock.addAndGet(Duration.ofMinutes(61).toMillis());
            assertThat(queue.desk().retry(queue.desk().list(Optional.empty(), 1).getFirst().id()))
                    .isTrue();
            await().until(() -> queue.waiting() == 0);
            assertThat(Place.inbox(bob)).hasSize(1);
        }
    }

    @Test
    void aFullMailboxIsTriedAgainItsSenderHearsOfTheDelayAndOfTheEnd() throws Exception {
        try (var place = Place.inMemory(folder)) {
            var ann = place.account("ann@example.test");
            var bob = place.account("bob@example.test");
            bob.limit(1L);
            var clock = new AtomicLong(System.currentTimeMillis());
            var queue = place.open(() -> Instant.ofEpochMilli(clock.get()));
            place.accept(queue, Place.LETTER, Place.from("ann@example.test", Place.to(bob)));
            await().until(() -> attempts(queue) == 1);
            assertThat(Place.inbox(ann)).isEmpty();
            clock.addAndGet(Duration.ofHours(5).toMillis());
            queue.hurry();
            await().until(() -> Place.inbox(ann).size() == 1);
            assertThat(Place.inbox(ann).getFirst())
                    .contains(
                            "Subject: Your letter is delayed",
                            "The mailbox is full.",
                            "Action: delayed\r\nStatus: 4.2.2\r\n",
                            "Will-Retry-Until: ");
            clock.addAndGet(Duration.ofDays(5).toMillis());
            queue.hurry();
            await().until(() -> Place.inbox(ann).size() == 2);
            assertThat(Place.inbox(ann).getLast())
                    .contains(
                            "Subject: Your letter could not be delivered",
                            "It was tried for 5 days, and is given up.",
                            "Action: failed\r\nStatus: 4.2.2\r\n");
            await().until(() -> queue.waiting() == 0);
        }
    }

    private static int attempts(Queue queue) {
        return queue.desk().list(Optional.empty(), 10).stream()
                .mapToInt(QueueEntry::attempts)
                .sum();
    }

    @Test
    void anIdIsReadAsItIsPrinted() {
        var id = QueueId.of(7, 123_456, 3);
        assertThat(QueueId.parse(id.toString())).contains(id);
        assertThat(id.shard()).isEqualTo(7);
        for (var text : new String[] {"", "-1", "0", "no such", "zzzzzzzzzzzzzzzzzz"})
            assertThat(QueueId.parse(text)).isEmpty();
    }
}
