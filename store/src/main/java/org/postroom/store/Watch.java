package org.postroom.store;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Who wants to know when an account changes. Committers only mark what changed and wake; they never
/// wait for a follower.
public final class Watch {

    private final ConcurrentHashMap<AccountId, Set<Subscription>> followers =
            new ConcurrentHashMap<>();

    Watch() {}

    /// Hears of every commit that ends after this returns.
    public Subscription follow(AccountId account) {
        var subscription = new Subscription(this, account);
        followers.compute(
                account,
                (_, present) -> {
                    var all =
                            present == null ? ConcurrentHashMap.<Subscription>newKeySet() : present;
                    all.add(subscription);
                    return all;
                });
        return subscription;
    }

    void tell(AccountId account, News news) {
        var all = followers.get(account);
        if (all != null) all.forEach(subscription -> subscription.hear(news));
    }

    private void leave(Subscription subscription) {
        followers.computeIfPresent(
                subscription.account,
                (_, all) -> {
                    all.remove(subscription);
                    return all.isEmpty() ? null : all;
                });
    }

    /// For tests: how many follow.
    int followers() {
        return followers.values().stream().mapToInt(Set::size).sum();
    }

    /// One follower's ear. What happens between two calls of [#take] is told at once.
    public static final class Subscription implements AutoCloseable {

        private final Watch watch;
        private final AccountId account;
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private final Set<MailboxId> mailboxes = new HashSet<>();
        private long version;
        private boolean list;
        private boolean files;
        private boolean woken;

        private Subscription(Watch watch, AccountId account) {
            this.watch = watch;
            this.account = account;
        }

        private void hear(News news) {
            lock.lock();
            try {
                version = news.version();
                mailboxes.addAll(news.mailboxes());
                list |= news.list();
                files |= news.files();
                woken = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        /// Waits for news, a wake, or the deadline; empty news say that it was not the first.
        public News take(Duration deadline) throws InterruptedException {
            long left = deadline.toNanos();
            lock.lock();
            try {
                while (!woken && left > 0) left = changed.awaitNanos(left);
                var news = new News(version, mailboxes, list, files);
                mailboxes.clear();
                list = false;
                files = false;
                woken = false;
                return news;
            } finally {
                lock.unlock();
            }
        }

        /// Makes [#take] return, now or when it is next called: for a second thread that has something
        /// else to say, such as a line that the client sent during IDLE.
        public void wake() {
            lock.lock();
            try {
                woken = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            watch.leave(this);
        }
    }
}
