package org.postroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.store.Refused.Reason;

import java.nio.file.Path;

class MailboxesTest {

    @TempDir Path folder;

    private static Mailbox get(Account account, String name) {
        return account.mailbox(name).orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void anAccountIsBornWithSixMailboxes(Place place) throws Exception {
        try (var store = place.open(folder)) {
            var account = Place.account(store, "bob@example.test");
            assertThat(account.mailboxes())
                    .extracting(Mailbox::name)
                    .containsExactly("INBOX", "Archive", "Drafts", "Junk", "Sent", "Trash");
            assertThat(get(account, "Junk").use()).isEqualTo(SpecialUse.JUNK);
            assertThat(get(account, "inbox")).isEqualTo(account.inbox());
            assertThat(account.subscriptions()).hasSize(6);
        }
    }

    @ParameterizedTest
    @EnumSource
    void createMakesWhatIsMissingAbove(Place place) throws Exception {
        try (var store = place.open(folder)) {
            var account = Place.account(store, "bob@example.test");
            var made = account.create("a/b/c/", null);
            assertThat(made.name()).isEqualTo("a/b/c");
            assertThat(get(account, "a").hasChildren()).isTrue();
            assertThat(get(account, "a/b").hasChildren()).isTrue();
            assertThat(made.hasChildren()).isFalse();
            MessagesTest.refused(Reason.MAILBOX_EXISTS, () -> account.create("a/b", null));
            MessagesTest.refused(Reason.MAILBOX_EXISTS, () -> account.create("iNbOx", null));
            MessagesTest.refused(Reason.USE_TAKEN, () -> account.create("Spam", SpecialUse.JUNK));
        }
    }

    @Test
    void namesAreUnicodeInOneForm() throws Exception {
        try (var store = Place.MEMORY.open(folder)) {
            var account = Place.account(store, "bob@example.test");
            account.create("Entwu\u0308rfe & mehr", null);
            assertThat(get(account, "Entw\u00fcrfe & mehr").name())
                    .isEqualTo("Entw\u00fcrfe & mehr");
            for (var bad :
                    new String[] {
                        "", "/", "a//b", "/a", "a\r\nb", "a\0", "\ud800", "x".repeat(300)
                    }) MessagesTest.refused(Reason.BAD_NAME, () -> account.create(bad, null));
            MessagesTest.refused(
                    Reason.BAD_NAME, () -> account.create("a/".repeat(40) + "b", null));
        }
    }

    @Test
    void renameMakesNothingDeeperThanCreateMay() throws Exception {
        try (var store = Place.MEMORY.open(folder)) {
            var account = Place.account(store, "bob@example.test");
            account.create("a" + "/b".repeat(30), null);
            account.rename("a", "x/a"); // 32 levels
            MessagesTest.refused(Reason.BAD_NAME, () -> account.rename("x/a", "x/y/a"));
            MessagesTest.refused(Reason.BAD_NAME, () -> account.rename("x", "y/x"));
            account.rename("x/a/b", "b");
            account.rename("x/a", "x/y/a");
            assertThat(account.mailbox("b" + "/b".repeat(29))).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource
    void renameTakesWhatIsBelowAlong(Place place) throws Exception {
        try (var store = place.open(folder)) {
            var account = Place.account(store, "bob@example.test");
            var leaf = account.create("a/b/c", null);
            account.subscribe("a/b/c");
            account.rename("a/b", "x/y");
            assertThat(get(account, "x/y/c").id()).isEqualTo(leaf.id());
            assertThat(get(account, "x/y/c").subscribed()).isTrue();
            assertThat(account.mailbox("a/b")).isEmpty();
            assertThat(account.mailbox("a")).isPresent();
            MessagesTest.refused(Reason.INTO_ITSELF, () -> account.rename("x", "x/y/z"));
            MessagesTest.refused(Reason.MAILBOX_EXISTS, () -> account.rename("x", "Sent"));
            MessagesTest.refused(Reason.NO_SUCH_MAILBOX, () -> account.rename("none", "some"));
            assertThat(store.check().findings()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void renamingTheInboxMovesItsMessages(Place place) throws Exception {
        try (var store = place.open(folder)) {
            var account = Place.account(store, "bob@example.test");
            account.create("INBOX/below", null);
            Place.append(store, account, Place.text("Tea", 100));
            var email = account.view(account.inbox().id()).email(1);
            var old = account.rename("inbox", "Old/2025"); // RFC 9051 §6.3.6
            assertThat(old.exists()).isEqualTo(1);
            assertThat(account.view(old.id()).email(1)).isEqualTo(email);
            assertThat(account.inbox().exists()).isZero();
            assertThat(account.mailbox("INBOX/below")).isPresent();
            assertThat(store.check().findings()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNameMadeAgainNeverRepeatsUidValidityAndUid(Place place) throws Exception {
        try (var store = place.open(folder)) {
            var account = Place.account(store, "bob@example.test");
            long last = 0;
            for (int i = 0; i < 5; i++) {
                var box = account.create("Work", null);
                assertThat(box.uidValidity().value()).isGreaterThan(last);
                last = box.uidValidity().value();
                Place.append(store, account, box.id(), Place.text("Tea", 100), Flags.NONE);
                account.delete("Work");
                MessagesTest.refused(Reason.NO_SUCH_MAILBOX, () -> account.view(box.id()));
            }
            assertThat(account.quota().used()).isZero();
            assertThat(store.check().findings()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void deleteLeavesWhatLiesBelowAndTheInbox(Place place) throws Exception {
        try (var store = place.open(folder)) {
            var account = Place.account(store, "bob@example.test");
            account.create("a/b", null);
            MessagesTest.refused(Reason.HAS_CHILDREN, () -> account.delete("a"));
            MessagesTest.refused(Reason.INBOX_STAYS, () -> account.delete("INBOX"));
            account.delete("a/b");
            account.delete("a");
            assertThat(account.mailbox("a")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSubscriptionOutlivesItsMailbox(Place place) throws Exception {
        try (var store = place.open(folder)) {
            var account = Place.account(store, "bob@example.test");
            account.create("Work", null);
            MessagesTest.refused(Reason.NO_SUCH_MAILBOX, () -> account.subscribe("None"));
            account.subscribe("Work");
            account.delete("Work");
            assertThat(account.subscriptions()).contains("Work"); // RFC 3501 §6.3.6
            assertThat(account.create("Work", null).subscribed()).isTrue();
            account.unsubscribe("Work");
            account.unsubscribe("Work");
            assertThat(account.subscriptions()).doesNotContain("Work");
        }
    }
}
