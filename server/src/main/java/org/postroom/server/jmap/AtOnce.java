package org.postroom.server.jmap;

import org.postroom.jmap.Problem;
import org.postroom.store.AccountId;

import java.util.concurrent.ConcurrentHashMap;

/// How many of something an account does at once (RFC 8620 §2).
final class AtOnce {

    private final int most;
    private final String limit;
    private final ConcurrentHashMap<AccountId, Integer> going = new ConcurrentHashMap<>();

    /// @param limit as the session names it
    AtOnce(int most, String limit) {
        this.most = most;
        this.limit = limit;
    }

    /// One that goes on.
    interface One extends AutoCloseable {
        @Override
        void close();
    }

    /// @throws Problem.Refused there are as many as may be
    One enter(AccountId account) throws Problem.Refused {
        if (going.merge(account, 1, Integer::sum) > most) {
            leave(account);
            throw new Problem.Refused(Problem.limit(limit));
        }
        return () -> leave(account);
    }

    private void leave(AccountId account) {
        going.computeIfPresent(account, (_, count) -> count == 1 ? null : count - 1);
    }
}
