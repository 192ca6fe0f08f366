package org.postroom.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.names.Resolver;
import org.postroom.queue.QueueEntry.State;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class PoisonTest {

    private static final int LARGE = 300_000; // a file of its own

    @TempDir Path folder;

    // TRAPS T17
    @Test
    void aLetterThatBreaksWhoeverTriesItIsParkedAndInNobodysWay() throws Exception {
        try (var sink = new Sinks("127.1.10.1", Sinks.Kind.LIVING);
                var place = Place.inMemory(folder)) {
            place.keep(
                    Place.LETTER + "x".repeat(LARGE) + "\r\n",
                    Place.from("ann@example.test", Place.to("bob@odd.example")));
            assertThat(large()).hasSize(1);
            for (var file : large()) Files.delete(file);
            var route = Route.to("*", Optional.of("127.1.10.1"), Optional.of(sink.port));
            var queue = place.open(Place.settings(route), Resolver.system(), new Monotone());
            for (int i = 1; i <= 5; i++) {
                int attempts = i;
                await("attempt " + i).until(() -> attempts(queue) == attempts);
                // the same destination, behind it
                place.accept(
                        queue,
                        Place.LETTER,
                        Place.from("eve@example.test", Place.to("bob@odd.example")));
                await().until(() -> sink.recipients.get() == attempts);
                queue.hurry();
            }
            await().until(() -> queue.waiting() == 1);
            var parked = queue.desk().list(Optional.empty(), 10).getFirst();
            assertThat(parked.state()).isEqualTo(State.PARKED);
            assertThat(parked.recipients().getFirst().said()).contains("451 4.3.0");
            queue.hurry(); // it stays where it is
            assertThat(queue.desk().retry(parked.id())).isTrue(); // until somebody says so
            await().until(() -> attempts(queue) == 6);
        }
    }

    private List<Path> large() throws IOException {
        var large = new ArrayList<Path>();
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList())
                if (Files.size(file) >= LARGE) large.add(file);
        }
        return large;
    }

    private static int attempts(Queue queue) {
        return queue.desk().list(Optional.empty(), 100).stream()
                .mapToInt(QueueEntry::attempts)
                .sum();
    }
}
