package org.postroom.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// The views in memory, of all accounts: each loaded once, advanced by every commit, forgotten when
/// too many others are more in use. A session that holds a view keeps it whatever happens here.
///
/// The order that makes this exact: a place is made before the rows are read, so that a commit which
/// the reading did not see finds the place and leaves its delta there.
final class Views {

    private record Name(AccountId account, MailboxId mailbox) {}

    /// One commit's part for one mailbox.
    record Step(ViewDelta delta, View.Head head) {}

    /// What reads a view from rows.
    interface Loader {
        View load() throws Refused;
    }

    private static final class Place {

        private final ReentrantLock loading = new ReentrantLock();
        private final ReentrantLock lock = new ReentrantLock();
        private @Nullable View view;
        private final List<Step> missed = new ArrayList<>();

        @Nullable View view() {
            lock.lock();
            try {
                return view;
            } finally {
                lock.unlock();
            }
        }

        View loaded(View fresh) {
            lock.lock();
            try {
                var now = fresh;
                for (var step : missed) now = advanced(now, step);
                missed.clear();
                view = now;
                return now;
            } finally {
                lock.unlock();
            }
        }

        void advance(Step step) {
            lock.lock();
            try {
                if (view == null) missed.add(step);
                else view = advanced(view, step);
            } finally {
                lock.unlock();
            }
        }

        private static View advanced(View view, Step step) {
            return step.head.version() <= view.version()
                    ? view
                    : step.delta.applyTo(view, step.head);
        }
    }

    private final Cache<Name, Place> places;

    Views(long messages) {
        places =
                Caffeine.newBuilder()
                        .maximumWeight(messages)
                        .<Name, Place>weigher((_, place) -> weight(place))
                        .build();
    }

    private static int weight(Place place) {
        var view = place.view();
        return Chunk.LIMIT + (view == null ? 0 : view.size());
    }

    View get(AccountId account, MailboxId mailbox, Loader loader) throws Refused {
        var name = new Name(account, mailbox);
        var place = places.get(name, _ -> new Place());
        var view = place.view();
        if (view != null) return view;
        place.loading.lock();
        try {
            view = place.view();
            if (view == null) view = place.loaded(loader.load());
        } finally {
            if (view == null) places.asMap().remove(name, place);
            place.loading.unlock();
        }
        weigh(name, place);
        return view;
    }

    void advance(AccountId account, MailboxId mailbox, Step step) {
        var name = new Name(account, mailbox);
        var place = places.getIfPresent(name);
        if (place == null) return;
        place.advance(step);
        weigh(name, place);
    }

    /// Weighs anew a place that has grown, if it is still the one for this name: a place that was
    /// forgotten while its rows were read has missed steps and must not come back.
    private void weigh(Name name, Place place) {
        places.asMap().replace(name, place, place);
    }

    /// For tests: what all weigh, once what is due is forgotten.
    long weight() {
        places.cleanUp();
        return places.policy().eviction().orElseThrow().weightedSize().orElseThrow();
    }

    void forget(AccountId account, MailboxId mailbox) {
        places.invalidate(new Name(account, mailbox));
    }

    /// Forgets all views of an account.
    ///
    /// @return which there were
    Set<MailboxId> forget(AccountId account) {
        var known = new HashSet<MailboxId>();
        for (var name : places.asMap().keySet())
            if (name.account.equals(account)) known.add(name.mailbox);
        known.forEach(mailbox -> forget(account, mailbox));
        return known;
    }
}
