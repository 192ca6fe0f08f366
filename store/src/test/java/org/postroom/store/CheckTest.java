package org.postroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.store.Report.Finding;
import org.postroom.store.Report.Kind;
import org.postroom.store.engine.Change;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/// A home is damaged by hand, and the check names the damage.
class CheckTest {

    @TempDir Path folder;

    enum Damage {
        QUOTA(Kind.QUOTA) {
            @Override
            void plant(Change change) {
                var row = AccountRow.read(change.get(AccountRow.KEY));
                if (row == null) throw new AssertionError();
                row.used++;
                change.put(AccountRow.KEY, row.row());
            }
        },
        TOTALS(Kind.MAILBOX) {
            @Override
            void plant(Change change) {
                byte[] key = MailboxRow.key(1);
                var box = MailboxRow.read(1, value(change, key));
                box.unseen = 7;
                change.put(key, box.row());
            }
        },
        UIDNEXT(Kind.MAILBOX) {
            @Override
            void plant(Change change) {
                byte[] key = MailboxRow.key(1);
                var box = MailboxRow.read(1, value(change, key));
                box.uidNext = 1;
                change.put(key, box.row());
            }
        },
        LOST_MESSAGE(Kind.ROW) {
            @Override
            void plant(Change change) {
                change.delete(UidRow.key(1, 1));
            }
        },
        LOST_EMAIL(Kind.ROW) {
            @Override
            void plant(Change change) {
                change.delete(first(change, EmailRow.ALL));
            }
        },
        TORN_EMAIL(Kind.ROW) {
            @Override
            void plant(Change change) {
                byte[] key = first(change, EmailRow.ALL);
                change.put(key, Arrays.copyOf(value(change, key), 20));
            }
        },
        UNHELD_BLOB(Kind.ROW) {
            @Override
            void plant(Change change) {
                change.delete(first(change, KeyRange.of(Key.of('X'))));
            }
        },
        LOST_NODE(Kind.ROW) {
            @Override
            void plant(Change change) {
                change.delete(first(change, FileRow.ALL));
            }
        },
        UNPLACED_LOCK(Kind.ROW) {
            @Override
            void plant(Change change) {
                var lock =
                        LockRow.read(
                                first(change, LockRow.ALL),
                                value(change, first(change, LockRow.ALL)));
                var elsewhere = lock.at(7);
                change.put(elsewhere.key(), elsewhere.row());
            }
        },
        LOST_PROPERTIES(Kind.QUOTA) {
            @Override
            void plant(Change change) {
                change.delete(first(change, PropertiesRow.ALL));
            }
        },
        LOST_ACCOUNT_ROW(Kind.ACCOUNT) {
            @Override
            void plant(Change change) {
                change.delete(AccountRow.KEY);
            }
        };

        private final Kind kind;

        Damage(Kind kind) {
            this.kind = kind;
        }

        abstract void plant(Change change);

        static byte[] first(Change change, KeyRange range) {
            return change.scan(range.from(), range.to(), 1).rows().getFirst().key();
        }

        static byte[] value(Change change, byte[] key) {
            byte[] value = change.get(key);
            if (value == null) throw new AssertionError("no such row");
            return value;
        }
    }

    private static Account furnished(Store store) throws Exception {
        var account = Place.account(store, "bob@example.test");
        Place.append(store, account, Place.text("Tea", 1000));
        Place.append(store, account, Place.text("Milk", 1000));
        try (var upload =
                account.files().upload(FilePath.ROOT.resolve("f"), new Upload.Place.Whole())) {
            upload.write(Place.octets("text"), 0, 4);
            upload.commit();
        }
        var file = FilePath.ROOT.resolve("f");
        account.files().setProperties(file, Map.of("name", Optional.of("value")));
        account.files().lock(file, new Lock.Terms(true, false, "me"), Duration.ofHours(1));
        return account;
    }

    @ParameterizedTest
    @EnumSource
    void damageIsNamed(Damage damage) throws Exception {
        try (var store = Place.MEMORY.open(folder)) {
            var account = furnished(store);
            assertThat(store.check()).isEqualTo(new Report(1, 6, 2, 1, 3, java.util.List.of()));
            store.commits()
                    .<Boolean, RuntimeException>commit(
                            account.id().value(),
                            change -> {
                                damage.plant(change);
                                return true;
                            });
            var report = store.check();
            assertThat(report.sound()).isFalse();
            assertThat(report.findings())
                    .contains(
                            report.findings().stream()
                                    .filter(finding -> finding.kind() == damage.kind)
                                    .findFirst()
                                    .orElse(new Finding(damage.kind, "", "not found")));
        }
    }

    @Test
    void aForeignFileIsReportedAndLeftAlone() throws Exception {
        try (var store = Place.MEMORY.open(folder)) {
            furnished(store);
            var blobs = folder.resolve("blobs");
            var strangers =
                    java.util.List.of(
                            blobs.resolve("README"),
                            blobs.resolve("ab/core.17"),
                            blobs.resolve("ab/" + "0".repeat(32)), // a blob's name, not its place
                            blobs.resolve("00/" + "0".repeat(32)),
                            blobs.resolve("ab/" + "AB".repeat(16)));
            for (var file : strangers)
                if (file.startsWith(blobs.resolve("00"))) java.nio.file.Files.createDirectory(file);
                else java.nio.file.Files.writeString(file, "not ours");
            var report = store.check();
            assertThat(report.sound()).isTrue();
            assertThat(report.findings()).extracting(Finding::kind).containsOnly(Kind.FOREIGN_FILE);
            assertThat(report.findings()).hasSize(strangers.size());
            store.sweep(java.time.Duration.ZERO);
            assertThat(strangers).allMatch(java.nio.file.Files::exists);
        }
    }

    private static void lost(Store store) {
        var report = store.check();
        assertThat(report.sound()).isFalse();
        assertThat(report.findings()).extracting(Finding::kind).contains(Kind.DANGLING_BLOB);
    }

    @Test
    void aLostOrTornBlobIsNamedAndAnUnnamedOneIsNoHarm() throws Exception {
        try (var store = Place.MEMORY.open(folder)) {
            var account = furnished(store);
            try (var draft = store.blobs().draft()) {
                draft.write(new byte[10]);
                var blob = draft.seal();
                store.commits()
                        .<Boolean, RuntimeException>commit(
                                account.id().value(),
                                change -> {
                                    change.keep(blob);
                                    change.put(Key.of('J'), new byte[] {1});
                                    return true;
                                });
            }
            var report = store.check();
            assertThat(report.sound()).isTrue();
            assertThat(report.findings())
                    .extracting(Finding::kind)
                    .containsExactly(Kind.UNNAMED_BLOB);

            var large = new byte[300_000];
            try (var upload =
                    account.files().upload(FilePath.ROOT.resolve("g"), new Upload.Place.Whole())) {
                upload.write(large, 0, large.length);
                upload.commit();
            }
            assertThat(store.check().sound()).isTrue();
            Path file;
            try (var files = java.nio.file.Files.walk(folder)) {
                file =
                        files.filter(path -> path.toFile().length() == large.length)
                                .findFirst()
                                .orElseThrow();
            }
            try (var torn =
                    java.nio.channels.FileChannel.open(
                            file, java.nio.file.StandardOpenOption.WRITE)) {
                torn.truncate(large.length - 1);
            }
            lost(store);
            java.nio.file.Files.delete(file);
            lost(store);
        }
    }
}
