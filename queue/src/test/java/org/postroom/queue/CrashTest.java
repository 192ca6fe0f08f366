package org.postroom.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.smtp.Reply;
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
            sound(place);
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
                    new HomeDelivery(place.store, (_, _, _, _) -> {})
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
            sound(place);
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

    @Test
    void whoHasTheLetterIsNotServedAgainAndTheOthersAre() throws Exception {
        AccountId bob;
        AccountId eve;
        try (var place = Place.onDisk(folder)) {
            var first = place.account("bob@example.test");
            var second = place.account("eve@example.test");
            bob = first.id();
            eve = second.id();
            var ledger = new Ledger(place.store.commits());
            var opened = opened(place, ledger, Place.to(first), Place.to(second));
            var outcome = new HomeDelivery(place.store, (_, _, _, _) -> {});
            var recipient = opened.errands().firstEntry().getValue().recipient();
            // the one is done, and then the power went
            settle(place, ledger, opened, outcome.deliver(opened.envelope(), recipient));
            assertThat(ledger.look(opened.id()).orElseThrow().errands()).containsOnlyKeys(1);
            sound(place);
        }
        try (var place = Place.onDisk(folder)) {
            var queue = place.open();
            await().until(() -> queue.waiting() == 0);
            assertThat(Place.inbox(place.store.account(bob))).hasSize(1);
            assertThat(Place.inbox(place.store.account(eve))).hasSize(1);
            sound(place);
        }
    }

    @Test
    void whatIsPutOffWaitsUntilThen() throws Exception {
        QueueId id;
        try (var place = Place.onDisk(folder)) {
            place.account("ann@example.test");
            var ledger = new Ledger(place.store.commits());
            var opened = opened(place, ledger, Place.to("bob@example.net"));
            id = opened.id();
            settle(place, ledger, opened, Outcome.Deferred.after(Said.ours(Reply.LOCAL_ERROR)));
            sound(place);
        }
        try (var place = Place.onDisk(folder)) {
            var queue = place.open();
            assertThat(queue.waiting()).isEqualTo(1);
            var errand = new Ledger(place.store.commits()).look(id).orElseThrow().errands().get(0);
            assertThat(errand)
                    .isNotNull()
                    .satisfies(it -> {
                        assertThat(it.attempts()).isEqualTo(1);
                        assertThat(it.due()).isGreaterThan(System.currentTimeMillis());
                    });
            sound(place);
        }
    }

    @Test // TRAPS T17
    void whatIsParkedStaysParked() throws Exception {
        QueueId id;
        AccountId bob;
        try (var place = Place.onDisk(folder)) {
            var account = place.account("bob@example.test");
            bob = account.id();
            var ledger = new Ledger(place.store.commits());
            id = opened(place, ledger, Place.to(account)).id();
            var broken = new Outcome.Broken(Said.ours(Reply.LOCAL_ERROR));
            for (int i = 0; i < 5; i++)
                settle(place, ledger, ledger.look(id).orElseThrow(), broken);
            sound(place);
        }
        try (var place = Place.onDisk(folder)) {
            var queue = place.open();
            assertThat(queue.desk().list(Optional.empty(), 10))
                    .singleElement()
                    .extracting(QueueEntry::state)
                    .isEqualTo(QueueEntry.State.PARKED);
            assertThat(queue.desk().release(id)).isTrue();
            await().until(() -> queue.waiting() == 0);
            assertThat(Place.inbox(place.store.account(bob))).hasSize(1);
            sound(place);
        }
    }

    private static Opened opened(Place place, Ledger ledger, Recipient... to) throws Exception {
        var due = place.keep(Place.LETTER, Place.from("ann@example.test", to));
        return ledger.look(due.getFirst().id()).orElseThrow();
    }

    private static void settle(Place place, Ledger ledger, Opened opened, Outcome ofTheFirst) {
        new Bookkeeper(place.store, ledger, Place::settings)
                .settle(opened, Map.of(0, ofTheFirst), System.currentTimeMillis());
    }

    private static void sound(Place place) {
        assertThat(place.store.check().sound()).isTrue();
        assertThat(Inspection.of(place.store)).isEmpty();
    }
}
