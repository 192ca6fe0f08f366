package org.postroom.store.search;

import org.jspecify.annotations.Nullable;
import org.postroom.store.Account;
import org.postroom.store.EmailId;
import org.postroom.store.Message;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.IntConsumer;

/// One search, step by step: a step looks at a candidate, fetches some of which more must be known, or
/// reads a piece of one. Takes no longer in all than to read what it reads (TRAPS T32). It may be
/// closed at any time. Run the steps on a platform thread: many of them make a long loop.
public final class Scan implements AutoCloseable {

    /// Messages that are fetched in one read of the engine, unless they are large.
    private static final int BATCH = 100;

    private static final long BATCH_OCTETS = 1 << 20;

    private record Doubt(int candidate, Message message) {}

    private final Account account;
    private final Candidates candidates;
    private final Condition condition;
    private final List<Sought> texts;
    private final boolean readsLetters;
    private final IntConsumer found;
    private final List<Integer> doubtful = new ArrayList<>();
    private final Deque<Doubt> doubts = new ArrayDeque<>();
    private long octets; // of the doubtful
    private int next;
    private @Nullable Opened opened;

    /// @param found is told each candidate that is one, as soon as that is known: those that had to be
    ///     opened in their order, but behind others that had not
    public Scan(Account account, Candidates candidates, Condition condition, IntConsumer found) {
        this.account = account;
        this.candidates = candidates;
        this.condition = condition;
        this.texts = condition.texts();
        this.readsLetters = texts.stream().anyMatch(sought -> !sought.isInSummary());
        this.found = found;
    }

    /// How many candidates were looked at so far.
    public int progress() {
        return next;
    }

    /// @return whether there is more to do
    public boolean step() {
        var doubt = doubts.peek();
        if (doubt != null) look(doubt);
        else if (next < candidates.count() && doubtful.size() < BATCH && octets < BATCH_OCTETS)
            glance(next++);
        else if (!doubtful.isEmpty()) fetch();
        else return false;
        return true;
    }

    private void glance(int candidate) {
        switch (condition.judge(candidate, null)) {
            case YES -> found.accept(candidate);
            case NO -> {}
            case NOT_KNOWN -> {
                doubtful.add(candidate);
                if (readsLetters) octets += candidates.octets(candidate);
            }
        }
    }

    private void fetch() {
        var emails = new ArrayList<EmailId>();
        for (int candidate : doubtful) emails.add(candidates.email(candidate));
        var messages = account.messages(emails);
        for (int i = 0; i < messages.size(); i++) {
            var message = messages.get(i);
            if (message != null) doubts.add(new Doubt(doubtful.get(i), message));
        }
        doubtful.clear();
        octets = 0;
    }

    private void look(Doubt doubt) {
        var now = opened;
        if (now == null) now = opened = new Opened(doubt.message, texts);
        else now.read();
        var verdict = condition.judge(doubt.candidate, now);
        if (verdict == Verdict.NOT_KNOWN) return;
        if (verdict == Verdict.YES) found.accept(doubt.candidate);
        now.close();
        opened = null;
        doubts.remove();
    }

    @Override
    public void close() {
        if (opened != null) opened.close();
    }
}
