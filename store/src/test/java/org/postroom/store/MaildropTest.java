package org.postroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.store.Maildrop.Door;

import java.nio.file.Path;

class MaildropTest {

    @TempDir Path folder;

    private static Maildrop open(Account account) throws Refused {
        return switch (account.maildrop()) {
            case Door.Opened(var maildrop) -> maildrop;
            case Door.InUse() -> throw new AssertionError("in use");
        };
    }

    @Test
    void oneSessionAtATimeHasIt() throws Exception {
        try (var store = Place.MEMORY.open(folder)) {
            var account = Place.account(store, "bob@example.test");
            try (var first = open(account)) {
                assertThat(first.size()).isZero();
                assertThat(account.maildrop()).isEqualTo(new Door.InUse());
            }
            var second = open(account);
            second.close();
            try (var third = open(account)) {
                second.close(); // once more, and it does not unlock the third's
                assertThat(account.maildrop()).isEqualTo(new Door.InUse());
                assertThat(third.count()).isZero();
            }
        }
    }

    @Test
    void onlyCommitRemovesWhatIsMarked() throws Exception {
        try (var store = Place.MEMORY.open(folder)) {
            var account = Place.account(store, "bob@example.test");
            for (int i = 1; i <= 3; i++) Place.append(store, account, Place.text("Tea", 100 * i));
            String unique;
            try (var maildrop = open(account)) {
                maildrop.mark(1);
                assertThat(maildrop.has(1)).isFalse();
                assertThat(maildrop.has(0)).isFalse();
                assertThat(maildrop.has(4)).isFalse();
                assertThat(maildrop.count()).isEqualTo(2);
                assertThat(maildrop.octets())
                        .isEqualTo((long) maildrop.octets(2) + maildrop.octets(3));
                unique = maildrop.uniqueId(2);
            }
            assertThat(account.inbox().exists()).isEqualTo(3);
            try (var maildrop = open(account)) {
                maildrop.mark(3);
                maildrop.unmarkAll();
                maildrop.mark(1);
                Place.append(store, account, Place.text("late", 100));
                assertThat(maildrop.size()).isEqualTo(3);
                maildrop.commit(true);
            }
            try (var maildrop = open(account)) {
                assertThat(maildrop.size()).isEqualTo(3);
                assertThat(maildrop.uniqueId(1)).isEqualTo(unique);
                assertThat(maildrop.message(1).size()).isEqualTo(maildrop.octets(1));
            }
        }
    }
}
