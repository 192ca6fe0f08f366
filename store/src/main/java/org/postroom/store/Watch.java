package org.postroom.store;

import java.time.Duration;

/// Who wants to know when an account changes. Committers only mark what changed and wake; they never
/// wait for a follower.
public final class Watch {

    Watch() {}

    /// Hears of every commit that ends after this returns.
    public Subscription follow(AccountId account) {
        return Unwritten.yet();
    }

    /// One follower's ear. What happens between two calls of [#take] is told at once.
    public static final class Subscription implements AutoCloseable {

        Subscription() {}

        /// Waits for news, a wake, or the deadline; empty news say that it was not the first.
        public News take(Duration deadline) throws InterruptedException {
            return Unwritten.yet();
        }

        /// Makes [#take] return, now or when it is next called: for a second thread that has something
        /// else to say, such as a line that the client sent during IDLE.
        public void wake() {
            Unwritten.<Object>yet();
        }

        @Override
        public void close() {
            Unwritten.<Object>yet();
        }
    }
}
