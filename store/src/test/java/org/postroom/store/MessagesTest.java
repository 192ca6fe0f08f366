package org.postroom.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.store.Refused.Reason;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

class MessagesTest {

    @TempDir Path folder;

    static void refused(Reason reason, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    @ParameterizedTest
    @EnumSource
    void aDeliveredMessageIsReadWithItsPrefix(Place place) throws Exception {
        try (var store = place.open(folder)) {
            var account = Place.account(store, "bob@example.test");
            String text = Place.text("Tea", 700_000); // a file of its own
            var appended = Place.deliver(store, account, DeliveryId.random(), text).orElseThrow();
            var message = account.message(appended.emails().getFirst());
            assertThat(Place.read(message))
                    .isEqualTo("Return-Path: <alice@example.test>\r\n" + text);
            assertThat(message.size()).isEqualTo(text.length() + Place.PREFIX.length);
            assertThat(message.summary().envelope().subject()).isEqualTo("Tea");
            try (var in = message.read(Place.PREFIX.length - 2L, 9)) {
                assertThat(in.readAllBytes()).isEqualTo(Place.octets("\r\nSubject"));
            }
            try (var in = message.read(message.size() - 3, 100)) {
                assertThat(in.readAllBytes()).isEqualTo(Place.octets(".\r\n"));
            }
            assertThat(account.quota().used()).isEqualTo(message.size());
        }
    }

    /// Each COPY 1:* doubles them; without a bound, the last took a minute and everybody waited.
    @ParameterizedTest
    @EnumSource
    void anEmailLiesInAThousandPlacesAtMost(Place place) throws Exception {
        try (var store = place.open(folder)) {
            var account = Place.account(store, "bob@example.test");
            var inbox = account.inbox().id();
            Place.append(store, account, Place.text("Tea", 100));
            for (int copies = 1; copies < 512; copies *= 2)
                account.copy(inbox, account.view(inbox).uids(), inbox);
            refused(
                    Reason.TOO_MANY_COPIES,
                    () -> account.copy(inbox, account.view(inbox).uids(), inbox));
            account.copy(inbox, account.view(inbox).uids(1, 488), inbox);
            assertThat(account.inbox().exists()).isEqualTo(1_000);
            var archive = account.mailbox("Archive").orElseThrow().id();
            account.move(inbox, account.view(inbox).uids(), archive);
            assertThat(store.check().findings()).isEmpty();
            account.expunge(archive, account.view(archive).uids());
            assertThat(account.quota().messages()).isZero();
            assertThat(store.check().findings()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDeliveryHappensOnce(Place place) throws Exception {
        try (var store = place.open(folder)) {
            var account = Place.account(store, "bob@example.test");
            var id = DeliveryId.random();
            assertThat(Place.deliver(store, account, id, Place.text("Tea", 100))).isPresent();
            assertThat(Place.deliver(store, account, id, Place.text("Tea", 100))).isEmpty();
            assertThat(account.inbox().exists()).isEqualTo(1);
            assertThat(store.check().findings()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void copiesAreTheSameEmailAndTakeNoQuota(Place place) throws Exception {
        try (var store = place.open(folder)) {
            var account = Place.account(store, "bob@example.test");
            var inbox = account.inbox().id();
            var archive = account.mailbox("Archive").orElseThrow().id();
            Place.append(store, account, inbox, Place.text("One", 100), Flags.of(Flag.SEEN));
            Place.append(store, account, Place.text("Two", 100));
            long used = account.quota().used();
            var copied = account.copy(inbox, Uids.of(1, 2, 7), archive);
            assertThat(copied.sources()).isEqualTo(Uids.of(1, 2));
            assertThat(copied.copies()).isEqualTo(Uids.of(1, 2));
            assertThat(account.quota().used()).isEqualTo(used);
            assertThat(account.quota().messages()).isEqualTo(2);
            var view = account.view(archive);
            assertThat(view.email(1)).isEqualTo(account.view(inbox).email(1));
            assertThat(Flag.SEEN.in(view.flags(1))).isTrue();
            assertThat(view.unseen()).isEqualTo(1);

            account.expunge(inbox, Uids.of(1, 2));
            assertThat(account.quota().used()).isEqualTo(used);
            account.expunge(archive, Uids.of(1, 2));
            assertThat(account.quota()).isEqualTo(new Quota(0, 0, 0, 0));
            assertThat(store.check().findings()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void moveTakesFromOneAndGivesToTheOther(Place place) throws Exception {
        try (var store = place.open(folder)) {
            var account = Place.account(store, "bob@example.test");
            var inbox = account.inbox().id();
            var trash = account.mailbox("Trash").orElseThrow().id();
            for (int i = 0; i < 3; i++) Place.append(store, account, Place.text("Tea", 100));
            var email = account.view(inbox).email(2);
            var moved = account.move(inbox, Uids.of(2), trash);
            assertThat(moved.sources()).isEqualTo(Uids.of(2));
            assertThat(account.view(inbox).uids()).isEqualTo(Uids.of(1, 3));
            assertThat(account.view(trash).email(1)).isEqualTo(email);
            // RFC 6851 §3.3 and TRAPS T26: what is gone already is no error
            assertThat(account.move(inbox, Uids.of(2), trash).sources()).isEqualTo(Uids.NONE);
            assertThat(store.check().findings()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void flagsAreAddedRemovedAndReplaced(Place place) throws Exception {
        try (var store = place.open(folder)) {
            var account = Place.account(store, "bob@example.test");
            var inbox = account.inbox().id();
            Place.append(store, account, Place.text("Tea", 100));
            var uid = Uids.of(1);
            var flags = Flags.of(Flag.FLAGGED).with("$Forwarded");
            var added = account.setFlags(inbox, uid, FlagChange.add(flags));
            assertThat(added.changed()).isEqualTo(uid);
            assertThat(account.keywords().flags(account.view(inbox).flags(1))).isEqualTo(flags);

            var again = account.setFlags(inbox, uid, FlagChange.add(flags));
            assertThat(again.touched()).isEqualTo(uid);
            assertThat(again.changed()).isEqualTo(Uids.NONE);

            account.setFlags(
                    inbox, uid, FlagChange.remove(Flags.NONE.with("$forwarded").with("never")));
            assertThat(account.keywords().flags(account.view(inbox).flags(1)))
                    .isEqualTo(Flags.of(Flag.FLAGGED));
            assertThat(account.keywords().names()).containsExactly("$Forwarded");

            account.setFlags(inbox, uid, FlagChange.replace(Flags.of(Flag.SEEN)));
            assertThat(account.inbox().unseen()).isZero();
            var stale =
                    account.setFlags(
                            inbox, uid, FlagChange.add(flags).unlessChangedSince(added.modSeq()));
            assertThat(stale.refused()).isEqualTo(uid);
            assertThat(stale.touched()).isEqualTo(Uids.NONE);
            assertThat(store.check().findings()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theDictionaryOfKeywordsIsBounded(Place place) throws Exception {
        try (var store = place.open(folder)) {
            var account = Place.account(store, "bob@example.test");
            var inbox = account.inbox().id();
            Place.append(store, account, Place.text("Tea", 100));
            var all = Flags.NONE;
            for (int i = 0; i < Keywords.LIMIT; i++) all = all.with("k" + i);
            account.setFlags(inbox, Uids.of(1), FlagChange.add(all));
            assertThat(account.view(inbox).flags(1)).isPositive();
            assertThat(account.keywords().flags(account.view(inbox).flags(1))).isEqualTo(all);
            refused(
                    Reason.TOO_MANY_KEYWORDS,
                    () ->
                            account.setFlags(
                                    inbox, Uids.of(1), FlagChange.add(Flags.NONE.with("more"))));
        }
    }

    @ParameterizedTest
    @EnumSource
    void overQuotaNothingIsTaken(Place place) throws Exception {
        var settings = StoreSettings.standard().withQuota(250);
        try (var store = place.open(folder, settings)) {
            var account = Place.account(store, "bob@example.test");
            String text = Place.text("Tea", 100);
            Place.append(store, account, text);
            try (var draft = store.draft()) {
                draft.write(Place.octets(text), 0, text.length());
                var letter = draft.seal();
                var message = new NewMessage(letter, new byte[0], Flags.NONE, Place.WHEN);
                refused(
                        Reason.OVER_QUOTA,
                        () -> account.append(account.inbox().id(), List.of(message, message)));
            }
            assertThat(account.inbox().exists()).isEqualTo(1);
            assertThat(account.quota().used()).isEqualTo(text.length());
            try (var held = account.reserve(250 - text.length())) {
                refused(Reason.OVER_QUOTA, () -> held.grow(1));
            }
            account.reserve(250 - text.length()).close();
            account.limit(0L);
            Place.append(store, account, Place.text("Tea", 1000));
            assertThat(store.check().findings()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void manyMessagesGoInPortions(Place place) throws Exception {
        try (var store = place.open(folder)) {
            var account = Place.account(store, "bob@example.test");
            var inbox = account.inbox().id();
            int count = Account.COMMIT_LIMIT + 700;
            try (var draft = store.draft()) {
                draft.write(Place.octets("Subject: x\r\n\r\n"), 0, 14);
                var letter = draft.seal();
                var message = new NewMessage(letter, new byte[0], Flags.NONE, Place.WHEN);
                account.append(inbox, java.util.Collections.nCopies(count, message));
            }
            var all = account.view(inbox).uids();
            assertThat(all).isEqualTo(Uids.of(IntStream.rangeClosed(1, count).toArray()));
            var flagged = account.setFlags(inbox, all, FlagChange.add(Flags.of(Flag.DELETED)));
            assertThat(flagged.changed()).isEqualTo(all);
            assertThat(account.expungeDeleted(inbox, Uids.of(5)).uids()).isEqualTo(Uids.of(5));
            assertThat(account.expungeDeleted(inbox).uids().size()).isEqualTo(count - 1);
            assertThat(account.quota().messages()).isZero();
            Place.append(store, account, "Subject: y\r\n\r\n");
            assertThat(account.view(inbox).uid(1)).isEqualTo(count + 1);
            assertThat(store.check().findings()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anExpungedMessageCanBeReadUntilItIsSwept(Place place) throws Exception {
        try (var store = place.open(folder)) {
            var account = Place.account(store, "bob@example.test");
            var inbox = account.inbox().id();
            String text = Place.text("Tea", 100);
            Place.append(store, account, text);
            var before = account.view(inbox);
            account.expunge(inbox, Uids.of(1));
            assertThat(account.view(inbox).size()).isZero();
            assertThat(Place.read(account.message(before.email(1)))).isEqualTo(text);
            store.sweep(java.time.Duration.ZERO);
            refused(Reason.NO_SUCH_MESSAGE, () -> account.message(before.email(1)));
            var report = store.check();
            assertThat(report.findings()).isEmpty();
            assertThat(report.blobs()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void recentIsClaimedOnce(Place place) throws Exception {
        try (var store = place.open(folder)) {
            var account = Place.account(store, "bob@example.test");
            var inbox = account.inbox().id();
            Place.append(store, account, Place.text("Tea", 100));
            assertThat(account.claimRecent(inbox).first()).isEqualTo(1);
            assertThat(account.claimRecent(inbox).first()).isEqualTo(2);
            Place.append(store, account, Place.text("Tea", 100));
            assertThat(account.claimRecent(inbox).first()).isEqualTo(2);
        }
    }

    @org.junit.jupiter.api.Test
    void whatWasThereIsThereAfterOpeningAgain() throws Exception {
        AccountId id;
        View before;
        List<Mailbox> mailboxes;
        try (var store = Place.DISK.open(folder)) {
            var account = Place.account(store, "bob@example.test");
            id = account.id();
            for (int i = 0; i < 20; i++) Place.append(store, account, Place.text("Tea", 100));
            account.setFlags(
                    account.inbox().id(),
                    Uids.of(3, 4),
                    FlagChange.add(Flags.of(Flag.SEEN).with("work")));
            account.expunge(account.inbox().id(), Uids.of(1, 2, 7));
            account.create("Work/Letters", null);
            before = account.view(account.inbox().id());
            mailboxes = account.mailboxes();
        }
        try (var store = Place.DISK.open(folder)) {
            var account = store.account(id);
            assertThat(account.mailboxes()).isEqualTo(mailboxes);
            var after = account.view(account.inbox().id());
            assertThat(View.diff(before, after).isEmpty()).isTrue();
            assertThat(after.uidValidity()).isEqualTo(before.uidValidity());
            assertThat(after.uidNext()).isEqualTo(before.uidNext());
            assertThat(account.keywords().names()).containsExactly("work");
            assertThat(store.check().findings()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasExpungedComesBackUnderAnotherUid(Place place) throws Exception {
        try (var store = place.open(folder)) {
            var account = Place.account(store, "bob@example.test");
            var inbox = account.inbox().id();
            var work = account.create("Work", null).id();
            Place.append(store, account, Place.text("Tea", 100));
            Place.append(store, account, Place.text("Milk", 100));
            account.move(inbox, Uids.of(2), work);
            long used = account.quota().used();
            account.expunge(inbox, Uids.of(1));
            account.delete("Work");
            assertThat(account.quota().used()).isZero();
            assertThat(account.restore(java.time.Instant.EPOCH)).isEqualTo(2);
            assertThat(account.restore(java.time.Instant.EPOCH)).isZero();
            assertThat(account.view(inbox).uids()).isEqualTo(Uids.of(3, 4));
            assertThat(account.quota().used()).isEqualTo(used);
            assertThat(account.quota().messages()).isEqualTo(2);
            assertThat(store.check().sound()).isTrue();
        }
    }

    // RFC 7162 §3.2.6
    @ParameterizedTest
    @EnumSource
    void whatVanishedIsToldExactly(Place place) throws Exception {
        try (var store = place.open(folder)) {
            var account = Place.account(store, "bob@example.test");
            var inbox = account.inbox().id();
            for (int i = 0; i < 5; i++) Place.append(store, account, Place.text("Tea", 100));
            account.expunge(inbox, Uids.of(1));
            var since = account.view(inbox).highestModSeq();
            account.expunge(inbox, Uids.of(3, 5));
            account.setFlags(inbox, Uids.of(2), FlagChange.add(Flags.of(Flag.SEEN)));
            var now = account.view(inbox);
            assertThat(account.vanished(now, since)).isEqualTo(Uids.of(3, 5));
            assertThat(account.vanished(now, now.highestModSeq())).isEqualTo(Uids.NONE);
            store.sweep(java.time.Duration.ZERO); // the log goes: all that are not there, then
            assertThat(account.vanished(now, since)).isEqualTo(Uids.of(1, 3, 5));
        }
    }
}
