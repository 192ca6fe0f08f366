package org.postroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

class WatchTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir Path folder;

    @Test
    void newsComeTogetherAndTheViewIsAsNew() throws Exception {
        try (var store = Place.MEMORY.open(folder)) {
            var account = Place.account(store, "bob@example.test");
            var inbox = account.inbox().id();
            try (var following = store.watch().follow(account.id());
                    var other = store.watch().follow(account.id())) {
                assertThat(following.take(Duration.ZERO).isEmpty()).isTrue();
                Place.append(store, account, Place.text("Tea", 100));
                account.create("Work", null);
                account.files().makeDirectory(FilePath.ROOT.resolve("d"));
                var news = following.take(LONG);
                assertThat(news)
                        .isEqualTo(new News(account.version(), Set.of(inbox), true, true, false));
                assertThat(account.view(inbox).size()).isEqualTo(1);
                assertThat(following.take(Duration.ofMillis(1)).isEmpty()).isTrue();
                assertThat(other.take(LONG)).isEqualTo(news);
            }
            assertThat(store.watch().followers()).isZero();
        }
    }

    @Test
    void aWakeEndsTheWait() throws Exception {
        try (var store = Place.MEMORY.open(folder)) {
            var account = Place.account(store, "bob@example.test");
            try (var following = store.watch().follow(account.id())) {
                Thread.ofVirtual().start(following::wake);
                assertThat(following.take(LONG).isEmpty()).isTrue();
            }
        }
    }

    @Test
    void aDeletedMailboxIsNews() throws Exception {
        try (var store = Place.MEMORY.open(folder)) {
            var account = Place.account(store, "bob@example.test");
            var work = account.create("Work", null).id();
            try (var following = store.watch().follow(account.id())) {
                account.delete("Work");
                assertThat(following.take(LONG).mailboxes()).containsExactly(work);
            }
        }
    }
}
