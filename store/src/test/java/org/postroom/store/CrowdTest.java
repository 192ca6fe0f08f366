package org.postroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.store.Refused.Reason;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// Many at once on one account.
class CrowdTest {

    @TempDir Path folder;

    static <T> List<T> together(int count, Callable<T> task) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<T>>();
            for (int i = 0; i < count; i++) all.add(threads.submit(task));
            var results = new ArrayList<T>();
            for (var each : all) results.add(each.get());
            return results;
        }
    }

    @ParameterizedTest
    @EnumSource
    void sixtyFourAppendersGetAscendingUidsAndOneViewOfThem(Place place) throws Exception {
        try (var store = place.open(folder)) {
            var account = Place.account(store, "bob@example.test");
            var inbox = account.inbox().id();
            assertThat(account.view(inbox).size()).isZero();
            String text = Place.text("Tea", 300);
            var uids =
                    together(
                            64,
                            () -> {
                                var own = new ArrayList<Integer>();
                                for (int i = 0; i < 5; i++) {
                                    int uid = Place.append(store, account, text).uids().get(0);
                                    own.add(uid);
                                    assertThat(account.view(inbox).sequenceOf(uid)).isPositive();
                                }
                                assertThat(own).isSorted();
                                return own;
                            });
            var all = uids.stream().flatMap(List::stream).sorted().toList();
            assertThat(all).isEqualTo(IntStream.rangeClosed(1, 320).boxed().toList());
            assertThat(account.view(inbox).uids().size()).isEqualTo(320);
            assertThat(account.quota().used()).isEqualTo(320L * text.length());
            assertThat(store.check().findings()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void quotaIsExactHoweverManyWantTheLastRoom(Place place) throws Exception {
        String text = Place.text("Tea", 1000);
        var settings = StoreSettings.standard().withQuota(10L * text.length() + 5);
        try (var store = place.open(folder, settings)) {
            var account = Place.account(store, "bob@example.test");
            var taken =
                    together(
                            40,
                            () -> {
                                try {
                                    Place.append(store, account, text);
                                    return true;
                                } catch (Refused refused) {
                                    assertThat(refused.reason()).isEqualTo(Reason.OVER_QUOTA);
                                    return false;
                                }
                            });
            assertThat(taken).filteredOn(each -> each).hasSize(10);
            assertThat(account.quota().used()).isEqualTo(10L * text.length());
            assertThat(account.inbox().exists()).isEqualTo(10);
            assertThat(store.check().findings()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void sixteenWhoAppendToAFileLoseNoRecord(Place place) throws Exception {
        try (var store = place.open(folder)) {
            var account = Place.account(store, "bob@example.test");
            var path = FilePath.ROOT.resolve("/log");
            together(
                    16,
                    () -> {
                        for (int i = 0; i < 5; i++)
                            try (var upload =
                                    account.files().upload(path, new Upload.Place.End())) {
                                upload.write(Place.octets("record\n"), 0, 7);
                                upload.commit();
                            }
                        return true;
                    });
            assertThat(Place.read(account.files().open(path))).isEqualTo("record\n".repeat(80));
            assertThat(account.quota()).isEqualTo(new Quota(0, 560, 0, 1));
            assertThat(store.check().findings()).isEmpty();
        }
    }
}
