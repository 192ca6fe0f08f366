package org.postroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.store.Step.What;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

class JourneysTest {

    @TempDir Path folder;

    private static Step at(long second, What what, String detail) {
        return new Step(Instant.ofEpochSecond(second), what, "bob@example.test", detail);
    }

    @Test
    void aLetterIsFoundByItsMessageIdAndByWhatItWasAcceptedAs() throws Exception {
        try (var store = Place.MEMORY.open(folder)) {
            var journeys = store.journeys();
            journeys.begin("k1", "<a@x.test>", at(1, What.ACCEPTED, "from 192.0.2.1"));
            journeys.begin("k2", "<b@x.test>", at(2, What.ACCEPTED, ""));
            journeys.note("k1", at(4, What.SENT, "mx.example.test said 250"));
            journeys.note("k1", at(3, What.DEFERRED, "451"));
            journeys.begin("k3", "<a@x.test>", at(5, What.ACCEPTED, "sent again"));

            var first =
                    new Journey(
                            "k1",
                            "a@x.test",
                            List.of(
                                    at(1, What.ACCEPTED, "from 192.0.2.1"),
                                    at(3, What.DEFERRED, "451"),
                                    at(4, What.SENT, "mx.example.test said 250")));
            var again = new Journey("k3", "a@x.test", List.of(at(5, What.ACCEPTED, "sent again")));
            assertThat(journeys.of("<a@x.test>")).containsExactly(first, again);
            assertThat(journeys.of("a@x.test")).containsExactly(first, again);
            assertThat(journeys.of("k1")).containsExactly(first);
            assertThat(journeys.of("nothing")).isEmpty();
        }
    }

    @Test
    void theyOutliveARestart() throws Exception {
        try (var store = Place.DISK.open(folder)) {
            store.journeys().begin("k1", "<a@x.test>", at(1, What.ACCEPTED, ""));
        }
        try (var store = Place.DISK.open(folder)) {
            assertThat(store.journeys().of("k1")).hasSize(1);
        }
    }

    @Test
    void theyAreBoundedInNumberAndInAge() throws Exception {
        try (var store = Place.MEMORY.open(folder);
                var journeys = new Journeys(store, 2_500)) {
            var old = Instant.now().minus(Duration.ofDays(31));
            journeys.begin("old", "", new Step(old, What.FILED, "", ""));
            journeys.begin("new", "", Step.now(What.FILED, "", ""));
            assertThat(journeys.of("old")).hasSize(1);
            store.sweep();
            assertThat(journeys.of("old")).isEmpty();
            assertThat(journeys.of("new")).hasSize(1);
            for (int i = 0; i < 4_000; i++)
                journeys.begin("k" + i, "", Step.now(What.FILED, "", ""));
            assertThat(journeys.of("k3999")).hasSize(1);
            for (var gone : List.of("new", "k0", "k1499"))
                assertThat(journeys.of(gone)).as(gone).isEmpty();
            assertThat(journeys.of("k1500")).hasSize(1);
            assertThat(journeys.lost()).isZero();
        }
    }

    @Test
    void aDetailIsCutShort() {
        assertThat(Step.now(What.SENT, "", "x".repeat(10_000)).detail()).hasSize(Step.MOST);
    }
}
