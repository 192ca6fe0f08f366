package org.postroom.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.names.NameServer;
import org.postroom.names.Resolver;
import org.postroom.names.Zone;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Servers that refuse, that accept and never speak, that hang when they have the letter: those that
/// live do not wait for them.
class DeadDestinationsTest {

    private static final int OF_EACH = 15;
    private static final int RECIPIENTS = 20;

    @TempDir Path folder;

    @Test
    void theLivingDoNotWaitForTheDead() throws Exception {
        try (var sinks = new Sinks("127.1.0.1", Sinks.Kind.LIVING);
                var place = Place.inMemory(folder)) {
            var zone = new StringBuilder();
            var recipients = new ArrayList<Recipient>();
            for (int i = 1; i <= OF_EACH; i++) {
                if (i > 1) sinks.add("127.1.0." + i, Sinks.Kind.LIVING);
                sinks.add("127.1.1." + i, Sinks.Kind.MUTE);
                sinks.add("127.1.2." + i, Sinks.Kind.HANGING);
                for (int kind = 3; kind >= 0; kind--) { // nobody is at 127.1.3.x
                    String domain = "d" + i + ".k" + kind + ".example";
                    zone.append(domain).append(" A 127.1.").append(kind).append('.').append(i);
                    zone.append('\n');
                    for (int n = 0; n < RECIPIENTS; n++)
                        recipients.add(Place.to("r" + n + "@" + domain));
                }
            }
            try (var names = NameServer.of(Zone.of(zone.toString()))) {
                var route = Route.to("*", Optional.empty(), Optional.of(sinks.port));
                var queue =
                        place.open(
                                Place.settings(route),
                                Resolver.of(List.of(names.address())),
                                new Monotone());
                for (int from = 0; from < recipients.size(); from += 300)
                    place.accept(
                            queue,
                            Place.LETTER,
                            Place.from(
                                    "ann@example.test",
                                    recipients
                                            .subList(from, Math.min(from + 300, recipients.size()))
                                            .toArray(Recipient[]::new)));
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> sinks.recipients.get() == OF_EACH * RECIPIENTS);
                assertThat(sinks.stuck.get()).isPositive(); // and they wait for ten minutes
                await().until(() -> left(queue, ".k0.example") == 0);
                assertThat(left(queue, ".k1.example")).isEqualTo(OF_EACH * RECIPIENTS);
                assertThat(left(queue, ".k2.example")).isEqualTo(OF_EACH * RECIPIENTS);
                assertThat(left(queue, ".k3.example")).isEqualTo(OF_EACH * RECIPIENTS);
            }
        }
    }

    private static long left(Queue queue, String domain) {
        return queue.desk().list(Optional.empty(), 100).stream()
                .flatMap(entry -> entry.recipients().stream())
                .filter(waiting -> waiting.to().endsWith(domain))
                .count();
    }
}
