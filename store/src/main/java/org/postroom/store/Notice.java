package org.postroom.store;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Something said to those who are there now (RFC 821 §3.4), and kept for nobody. Each session that
/// was asked writes it or lets it pass; who said it waits until one has written it, and may be
/// certain of the answer: what nobody began in time is withdrawn.
public final class Notice {

    private final String octets;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int asked; // and have not answered
    private int writing;
    private boolean written;
    private boolean withdrawn;

    /// @param octets of the letter, one a character
    public Notice(String octets) {
        this.octets = octets;
    }

    public String octets() {
        return octets;
    }

    void ask() {
        lock.lock();
        try {
            asked++;
        } finally {
            lock.unlock();
        }
    }

    /// Whether it is still to be written; then [#end] must follow.
    public boolean begin() {
        lock.lock();
        try {
            if (withdrawn) return false;
            writing++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// @param whole whether the peer has all of it
    public void end(boolean whole) {
        lock.lock();
        try {
            writing--;
            asked--;
            written |= whole;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// A session goes that has not begun.
    void pass() {
        lock.lock();
        try {
            asked--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until a session has written it, or none is left that could, or the time is over and none is
    /// about to. Then it is withdrawn from those that have not begun.
    boolean await(Duration deadline) throws InterruptedException {
        long left = deadline.toNanos();
        lock.lock();
        try {
            while (!written && asked > 0 && (left > 0 || writing > 0))
                if (left > 0) left = changed.awaitNanos(left);
                else changed.await();
            withdrawn = true;
            return written;
        } finally {
            lock.unlock();
        }
    }
}
