package org.postroom.store;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Who wants to know when an account changes. Committers only mark what changed and wake; they never
/// wait for a follower. A follower that opted in is there to be spoken to, too (RFC 821 §3.4); nobody is
/// told who is.
public final class Watch {

    private static final int NOTICES = 16; // that wait for one session

    private final ConcurrentHashMap<AccountId, Set<Subscription>> followers =
            new ConcurrentHashMap<>();

    private final ConcurrentHashMap<AccountId, Set<Subscription>> present =
            new ConcurrentHashMap<>();

    Watch() {}

    /// Hears of every commit that ends after this returns.
    public Subscription follow(AccountId account) {
        var subscription = new Subscription(this, account);
        add(followers, subscription);
        return subscription;
    }

    /// Whether anybody is there to be spoken to.
    public boolean isAnybodyThere(AccountId account) {
        return present.containsKey(account);
    }

    /// Says something to each session that is there.
    ///
    /// @param patience with sessions that have something else to say
    /// @return whether one of them has it whole; none will have it later
    public boolean say(AccountId account, Notice notice, Duration patience)
            throws InterruptedException {
        post(account, notice);
        return notice.await(patience);
    }

    /// Says something to each session that is there, whenever it comes to hear of it.
    public void post(AccountId account, Notice notice) {
        var all = present.get(account);
        if (all != null) for (var subscription : all) subscription.hear(notice);
    }

    private static void add(
            ConcurrentHashMap<AccountId, Set<Subscription>> set, Subscription subscription) {
        set.compute(
                subscription.account,
                (_, some) -> {
                    var all = some == null ? ConcurrentHashMap.<Subscription>newKeySet() : some;
                    all.add(subscription);
                    return all;
                });
    }

    void tell(AccountId account, News news) {
        var all = followers.get(account);
        if (all != null) all.forEach(subscription -> subscription.hear(news));
    }

    private void leave(Subscription subscription) {
        remove(followers, subscription);
        remove(present, subscription);
    }

    private static void remove(
            ConcurrentHashMap<AccountId, Set<Subscription>> set, Subscription subscription) {
        set.computeIfPresent(
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
        private boolean records;
        private boolean woken;
        private final Deque<Notice> notices = new ArrayDeque<>();
        private boolean closed;

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
                records |= news.records();
                woken = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        /// From now on whoever has this is there to be spoken to, and asks for [#notice] when woken.
        public void attend() {
            add(watch.present, this);
        }

        private void hear(Notice notice) {
            lock.lock();
            try {
                if (closed || notices.size() == NOTICES) return;
                notice.ask();
                notices.add(notice);
                woken = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        /// What was said and has not been written yet.
        public Optional<Notice> notice() {
            lock.lock();
            try {
                return Optional.ofNullable(notices.poll());
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
                var news = new News(version, mailboxes, list, files, records);
                mailboxes.clear();
                list = false;
                files = false;
                records = false;
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
            lock.lock();
            try {
                closed = true;
                notices.forEach(Notice::pass);
                notices.clear();
            } finally {
                lock.unlock();
            }
        }
    }
}
