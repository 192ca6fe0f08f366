package org.postroom.store;

import org.jspecify.annotations.Nullable;
import org.postroom.store.Refused.Reason;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// The inbox as one POP3 session has it (RFC 1939 §4): a snapshot, locked against other POP3 sessions
/// until closed. Marks live here; only [#commit] removes anything.
public final class Maildrop implements AutoCloseable {

    /// What the lock says.
    public sealed interface Door {
        record Opened(Maildrop maildrop) implements Door {}

        /// Another POP3 session has it (RFC 2449 §8.1.2).
        record InUse() implements Door {}
    }

    /// What may come along: octets, and messages.
    private static final long AHEAD = 64 << 10;

    private static final int MOST = 100;

    private final Account account;
    private final View view;
    private final BitSet marked = new BitSet();
    private final BitSet collected = new BitSet();
    private final AtomicBoolean closed = new AtomicBoolean();
    private long markedOctets;
    private List<@Nullable Message> ahead = List.of();
    private int first = 1; // of those ahead
    private @Nullable Ahead<List<@Nullable Message>> next; // those after them

    Maildrop(Account account, View view) {
        this.account = account;
        this.view = view;
    }

    /// How many messages there were at sign-in; they are numbered from 1.
    public int size() {
        return view.size();
    }

    /// How many are not marked.
    public int count() {
        return view.size() - marked.cardinality();
    }

    /// The sizes of those not marked, added.
    public long octets() {
        return view.octets() - markedOctets;
    }

    /// Whether there is a message of this number that is not marked.
    public boolean has(int message) {
        return message >= 1 && message <= view.size() && !marked.get(message);
    }

    public int octets(int message) {
        return view.octets(message);
    }

    /// Unique for as long as the account lives (RFC 1939 §7, UIDL): UIDVALIDITY and UID.
    public String uniqueId(int message) {
        return view.uidValidity() + "." + view.uid(message);
    }

    /// Whoever collects asks for one after the other: some come along before they are asked for, and
    /// the next are read while those are sent.
    ///
    /// @throws Refused NO_SUCH_MESSAGE when another protocol removed it so long ago that it is swept
    public Message message(int message) throws Refused {
        if (message < first || message >= first + ahead.size()) turn(message);
        var found = ahead.get(message - first);
        if (found == null) throw new Refused(Reason.NO_SUCH_MESSAGE);
        return found;
    }

    private void turn(int message) {
        boolean goesOn = message == first + ahead.size();
        var begun = next;
        next = null;
        if (goesOn && begun != null) ahead = begun.await();
        else ahead = messages(message, goesOn ? message + MOST : message);
        first = message;
        int after = first + ahead.size();
        if (goesOn && after <= size()) next = Ahead.begin(() -> messages(after, after + MOST));
    }

    private List<@Nullable Message> messages(int from, int to) {
        var emails = new ArrayList<EmailId>();
        for (int i = from; i <= Math.min(to, size()); i++) emails.add(view.email(i));
        return account.messages(emails, AHEAD, true);
    }

    public void mark(int message) {
        if (!has(message)) throw new IndexOutOfBoundsException(message);
        marked.set(message);
        markedOctets += view.octets(message);
    }

    public void unmarkAll() {
        marked.clear();
        markedOctets = 0;
    }

    /// Says that the client has all of a message.
    public void collect(int message) {
        collected.set(message);
    }

    /// Marks what was collected, whether the client wants that or not.
    public void markCollected() {
        collected.stream().filter(this::has).forEach(this::mark);
    }

    /// Removes what is marked, in one commit that is on disk when it returns (RFC 1939 §6).
    ///
    /// @param read whether what was collected and stays is flagged `\Seen`
    public void commit(boolean read) throws Refused {
        var seen = new BitSet();
        if (read) seen.or(collected);
        seen.andNot(marked);
        if (marked.isEmpty() && seen.isEmpty()) return;
        account.update(view.mailbox(), uids(marked), uids(seen));
        unmarkAll();
    }

    private Uids uids(BitSet messages) {
        return Uids.ascending(messages.stream().map(view::uid).toArray());
    }

    /// Gives the lock back.
    @Override
    public void close() {
        if (!closed.getAndSet(true)) account.unlockMaildrop();
    }
}
