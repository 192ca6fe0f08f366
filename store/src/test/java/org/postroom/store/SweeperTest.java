package org.postroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;

class SweeperTest {

    @TempDir Path folder;

    private static void put(Account account, String name, int octets) throws Refused {
        try (var upload =
                account.files().upload(FilePath.ROOT.resolve(name), new Upload.Place.Whole())) {
            upload.write(new byte[octets], 0, octets);
            upload.commit();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theOldestHistoryGoesBeforeItsTimeWhereThereIsTooMuch(Place place) throws Exception {
        try (var store = place.open(folder)) {
            var account = Place.account(store, "bob@example.test");
            var inbox = account.inbox().id();
            Place.append(store, account, Place.text("Tea", 5_000));
            var view = account.view(inbox);
            account.expunge(inbox, Uids.of(1));
            for (int i = 0; i < 5; i++) put(account, "f", 4_000);

            assertThat(new Sweeper(store, 30_000).run(null).rows()).isZero();
            account.message(view.email(1));

            // 21,000 and some: the letter and two of the four old files
            assertThat(new Sweeper(store, 10_000).run(null).rows()).isEqualTo(3);
            MessagesTest.refused(
                    Refused.Reason.NO_SUCH_MESSAGE, () -> account.message(view.email(1)));

            // what an account holds, its history may
            put(account, "g", 9_000);
            assertThat(new Sweeper(store, 0).run(null).rows()).isZero();
            account.files().removeFile(FilePath.ROOT.resolve("g"));
            assertThat(new Sweeper(store, 0).run(null).rows()).isEqualTo(3);
            assertThat(store.check().sound()).isTrue();
        }
    }

    /// A copy that went keeps nothing as long as another is there.
    @ParameterizedTest
    @EnumSource
    void whatStillLiesElsewhereIsNoHistory(Place place) throws Exception {
        try (var store = place.open(folder)) {
            var account = Place.account(store, "bob@example.test");
            var inbox = account.inbox().id();
            Place.append(store, account, Place.text("Tea", 5_000));
            for (int uid = 2; uid < 12; uid++) account.copy(inbox, Uids.of(1), inbox);
            account.expunge(inbox, Uids.of(2, 3, 4, 5, 6, 7, 8, 9, 10, 11));
            assertThat(new Sweeper(store, 0).run(null).rows()).isZero();
        }
    }
}
