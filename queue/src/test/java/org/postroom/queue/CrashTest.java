package org.postroom.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.store.AccountId;
import org.postroom.store.Flags;
import org.postroom.store.NewMessage;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The power goes between any two of the queue's states, as the table of [Ledger] has them.
class CrashTest {

    @TempDir Path folder;

    @Test
    void whatWasAcceptedIsDeliveredAtTheNextStartAndNothingTwice() throws Exception {
        AccountId bob;
        AccountId eve;
        String large = "Subject: Tea\r\n\r\n" + "All is well.\r\n".repeat(30_000);
        try (var place = Place.onDisk(folder)) {
            var first = place.account("bob@example.test");
            var second = place.account("eve@example.test");
            bob = first.id();
            eve = second.id();
            var due =
                    place.keep(
                            large,
                            Place.from("ann@example.test", Place.to(first), Place.to(second)));
            // as far as the one account, and then the power went
            var ledger = new Ledger(place.store.commits());
            var opened = ledger.look(due.getFirst().id()).orElseThrow();
            var envelope = opened.envelope();
            var letter = place.store.letter(envelope.blob(), envelope.size(), envelope.summary());
            first.deliver(
                    envelope.delivery(),
                    new NewMessage(letter, Place.PREFIX, Flags.NONE, Instant.now()));
        }
        try (var place = Place.onDisk(folder)) {
            var queue = place.open();
            await().until(() -> queue.waiting() == 0);
            assertThat(Place.inbox(place.store.account(bob))).hasSize(1);
            assertThat(Place.inbox(place.store.account(eve)))
                    .singleElement()
                    .isEqualTo("Return-Path: <x>\r\n" + large);
            var report = place.store.check();
            assertThat(report.sound()).isTrue();
        }
    }

    @Test
    void aFailureAndItsNoticeAreOneCommit() throws Exception {
        AccountId ann;
        try (var place = Place.onDisk(folder)) {
            ann = place.account("ann@example.test").id();
            var gone = place.account("bob@example.test");
            place.store.directory().remove(org.postroom.store.Addressee.of("bob@example.test"));
            var due = place.keep(Place.LETTER, Place.from("ann@example.test", Place.to(gone)));
            // tried and written down, and then the power went
            var ledger = new Ledger(place.store.commits());
            var opened =
                    ledger.open(due.getFirst().id(), List.of(0), System.currentTimeMillis())
                            .orElseThrow();
            var outcome =
                    new HomeDelivery(place.store)
                            .deliver(
                                    opened.envelope(),
                                    opened.errands().firstEntry().getValue().recipient());
            new Bookkeeper(place.store, ledger, Place::settings)
                    .settle(opened, Map.of(0, outcome), System.currentTimeMillis());
            assertThat(ledger.look(opened.id())).isEmpty();
            assertThat(ledger.waiting()).isEqualTo(1);
        }
        try (var place = Place.onDisk(folder)) {
            var queue = place.open();
            await().until(() -> queue.waiting() == 0);
            assertThat(Place.inbox(place.store.account(ann)))
                    .singleElement()
                    .asString()
                    .contains("Status: 5.1.1");
            assertThat(place.store.check().sound()).isTrue();
        }
    }

    @Test
    void whatIsHeldStaysHeld() throws Exception {
        QueueId id;
        AccountId bob;
        try (var place = Place.onDisk(folder)) {
            var account = place.account("bob@example.test");
            bob = account.id();
            id =
                    place.keep(Place.LETTER, Place.from("ann@example.test", Place.to(account)))
                            .getFirst()
                            .id();
            assertThat(Desk.of(place.store).hold(id)).isTrue();
        }
        try (var place = Place.onDisk(folder)) {
            var queue = place.open();
            assertThat(queue.desk().list(Optional.empty(), 10))
                    .singleElement()
                    .extracting(QueueEntry::state)
                    .isEqualTo(QueueEntry.State.HELD);
            assertThat(queue.desk().release(id)).isTrue();
            await().until(() -> queue.waiting() == 0);
            assertThat(Place.inbox(place.store.account(bob))).hasSize(1);
        }
    }
}
