package org.postroom.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.store.Report.Finding;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/// Each of a letter's four kinds of rows is taken away, and each is missed.
class InspectionTest {

    @TempDir Path folder;

    @Test
    void aWholeQueueIsSound() throws Exception {
        assertThat(without(_ -> new byte[] {'q'})).isEmpty();
    }

    @Test
    void anEnvelopeIsMissed() throws Exception {
        assertThat(without(it -> Envelope.key(it.id())))
                .extracting(Finding::what)
                .anyMatch(what -> what.contains("of no envelope"))
                .anyMatch(what -> what.contains("held by no envelope"));
    }

    @Test
    void aRecipientIsMissed() throws Exception {
        assertThat(without(it -> Errand.key(it.id(), 0)))
                .extracting(Finding::what)
                .anyMatch(what -> what.contains("for nobody"))
                .anyMatch(what -> what.contains("is done"));
    }

    @Test
    void whatIsDueIsMissed() throws Exception {
        assertThat(without(it -> Due.key(it.errands().firstEntry().getValue().due(), it.id(), 0)))
                .extracting(Finding::what)
                .singleElement()
                .asString()
                .contains("would never be tried");
    }

    @Test
    void theHoldOnABlobIsMissed() throws Exception {
        assertThat(without(it -> it.envelope().reference(it.id())))
                .extracting(Finding::what)
                .singleElement()
                .asString()
                .contains("is not held");
    }

    private List<Finding> without(Function<Opened, byte[]> row) throws Exception {
        try (var place = Place.inMemory(folder)) {
            var due =
                    place.keep(
                            Place.LETTER,
                            Place.from("ann@example.test", Place.to("bob@example.net")));
            var id = due.getFirst().id();
            var opened = new Ledger(place.store.commits()).look(id).orElseThrow();
            place.store
                    .commits()
                    .<Boolean, RuntimeException>commit(
                            Ledger.partition(id.shard()),
                            change -> {
                                change.delete(row.apply(opened));
                                return true;
                            });
            return Inspection.of(place.store);
        }
    }
}
