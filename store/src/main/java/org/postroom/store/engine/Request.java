package org.postroom.store.engine;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.ThreadLocalRandom;

/// One call of [Commits#commit] on its way: asked, sequenced (perhaps more than once), written,
/// settled. The lane and then the committer own it, one after the other.
final class Request<T extends @Nullable Object, X extends Exception> {

    private final Work<T, X> work;
    private final long commitId = ThreadLocalRandom.current().nextLong();
    private final Crew.Outcome<T, X> outcome = new Crew.Outcome<>();
    private @Nullable Sequenced sequenced;

    Request(Work<T, X> work) {
        this.work = work;
    }

    long commitId() {
        return commitId;
    }

    /// Runs the work on this change; a work that fails leaves a change that holds nothing.
    void run(Sequenced change) {
        outcome.of(() -> {
            change.begin();
            return work.apply(change);
        });
        if (outcome.failed()) change.clear();
        sequenced = change;
    }

    Sequenced sequenced() {
        if (sequenced == null) throw new IllegalStateException("not sequenced");
        return sequenced;
    }

    void fail(Throwable why) {
        outcome.fail(why);
        outcome.settle();
    }

    void settle() {
        outcome.settle();
    }

    boolean failed() {
        return outcome.failed();
    }

    T await() throws X {
        return outcome.await();
    }
}
