package org.postroom.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.store.Spool.Recipient;

import java.nio.file.Path;
import java.util.List;

class SpoolTest {

    @TempDir Path folder;

    private static void accept(Store store, String text, List<Recipient> recipients)
            throws Refused {
        try (var draft = store.draft()) {
            draft.write(Place.octets(text), 0, text.length());
            store.spool().accept(draft.seal(), recipients);
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachAccountGetsTheLetterOnceAndTheBlobIsShared(Place place) throws Exception {
        try (var store = place.open(folder)) {
            var bob = Place.account(store, "bob@example.test");
            var eve = Place.account(store, "eve@example.test");
            var toBob = new Recipient(bob.id(), Place.PREFIX);
            accept(
                    store,
                    Place.text("Tea", 1000),
                    List.of(toBob, new Recipient(eve.id(), Place.PREFIX), toBob));
            await().until(() -> store.spool().waiting() == 0);
            assertThat(bob.inbox().exists()).isEqualTo(1);
            assertThat(eve.inbox().exists()).isEqualTo(1);
            var report = store.check();
            assertThat(report.findings()).isEmpty();
            assertThat(report.blobs()).isEqualTo(1);
            var message = eve.message(eve.view(eve.inbox().id()).email(1));
            assertThat(Place.read(message)).startsWith("Return-Path").contains("Subject: Tea");
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneAccountHasItWhenAcceptReturns(Place place) throws Exception {
        try (var store = place.open(folder)) {
            var bob = Place.account(store, "bob@example.test");
            accept(store, Place.text("Tea", 1000), List.of(new Recipient(bob.id(), Place.PREFIX)));
            assertThat(bob.inbox().exists()).isEqualTo(1);
        }
    }

    @Test
    void whatACrashLeftIsDeliveredAtTheNextStart() throws Exception {
        AccountId bob;
        AccountId eve;
        try (var store = Place.DISK.open(folder)) {
            bob = Place.account(store, "bob@example.test").id();
            eve = Place.account(store, "eve@example.test").id();
            String text = Place.text("Tea", 400_000);
            try (var draft = store.draft()) {
                draft.write(Place.octets(text), 0, text.length());
                var letter = draft.seal();
                var delivery = DeliveryId.random();
                var recipients =
                        List.of(new Recipient(bob, Place.PREFIX), new Recipient(eve, Place.PREFIX));
                store.spool().keep(letter, delivery, 1, recipients);
                // as far as the one account, and then the power went
                store.account(bob)
                        .deliver(
                                delivery,
                                new NewMessage(letter, Place.PREFIX, Flags.NONE, Place.WHEN));
            }
        }
        try (var store = Place.DISK.open(folder)) {
            await().until(() -> store.spool().waiting() == 0);
            assertThat(store.account(bob).inbox().exists()).isEqualTo(1);
            assertThat(store.account(eve).inbox().exists()).isEqualTo(1);
            assertThat(store.check().findings()).isEmpty();
        }
    }
}
