package org.postroom.server.imap;

import org.postroom.imap.MailboxName;
import org.postroom.imap.SequenceSet;
import org.postroom.server.Slices;
import org.postroom.store.Account;
import org.postroom.store.Difference;
import org.postroom.store.Flag;
import org.postroom.store.Mailbox;
import org.postroom.store.MailboxId;
import org.postroom.store.Refused;
import org.postroom.store.Uids;
import org.postroom.store.View;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// A selected mailbox as its client knows it. Sequence numbers are those of [#view], which moves on
/// only by [#advance] and [#advanceKeeping], when the client is told of the difference.
final class Selected {

    /// So many messages may be looked at without a slice.
    private static final int AT_ONCE = 1000;

    private final Account account;
    private final Slices.Share share;
    private final Mailbox mailbox;
    private final MailboxId id;
    private final boolean readOnly;
    private View view;
    private final NavigableMap<Integer, Integer> recent =
            new TreeMap<>(); // first and end of each claim
    private int keywordsTold;
    private Uids saved = Uids.NONE;

    private Selected(Account account, Slices.Share share, Mailbox mailbox, boolean readOnly)
            throws Refused {
        this.account = account;
        this.share = share;
        this.mailbox = mailbox;
        this.id = mailbox.id();
        this.readOnly = readOnly;
        this.view = account.view(id);
        if (readOnly) recent.put(mailbox.firstRecent(), Integer.MAX_VALUE);
        else claim();
        this.keywordsTold = account.keywords().names().size();
    }

    /// RFC 3501 §6.3.1, §6.3.2: EXAMINE changes nothing, `\Recent` neither.
    static Selected open(Account account, Slices.Share share, MailboxName name, boolean readOnly)
            throws Refused {
        var mailbox = account.mailbox(name.value());
        if (mailbox.isEmpty()) throw new Refused(Refused.Reason.NO_SUCH_MAILBOX);
        return new Selected(account, share, mailbox.get(), readOnly);
    }

    Account account() {
        return account;
    }

    /// Where loops over its messages run.
    Slices.Share share() {
        return share;
    }

    /// As it was when it was opened.
    Mailbox mailbox() {
        return mailbox;
    }

    MailboxId id() {
        return id;
    }

    boolean isReadOnly() {
        return readOnly;
    }

    View view() {
        return view;
    }

    /// RFC 3501 §2.3.2: this session is the first to hear of what was nobody's so far. Claims that touch
    /// become one.
    private void claim() throws Refused {
        var claim = account.claimRecent(id);
        if (claim.first() == claim.end()) return;
        var last = recent.lastEntry();
        boolean touches = last != null && last.getValue() == claim.first();
        recent.put(touches ? last.getKey() : claim.first(), claim.end());
    }

    /// RFC 3501 §2.3.2: whether this session is the first to hear of the message.
    boolean isRecent(int uid) {
        var claim = recent.floorEntry(uid);
        return claim != null && uid < claim.getValue();
    }

    int recent() {
        int count = 0;
        for (var claim : recent.entrySet())
            count += view.firstFrom(claim.getValue()) - view.firstFrom(claim.getKey());
        return count;
    }

    /// The sequence number of the first message that is not seen, or 0.
    int firstUnseen() {
        if (view.unseen() == 0) return 0;
        var now = view;
        return share.run(_ -> {
            int sequence = 1;
            while (Flag.SEEN.in(now.flags(sequence))) sequence++;
            return sequence;
        });
    }

    /// Keeps what a search found, to be named `$` (RFC 5182 §2.1).
    void save(Uids found) {
        saved = found;
    }

    /// Whether keywords were made that the client has not heard of; it has, then.
    boolean learnsKeywords() {
        int now = account.keywords().names().size();
        boolean more = now > keywordsTold;
        keywordsTold = now;
        return more;
    }

    /// Moves on to what the mailbox is now.
    ///
    /// @throws Refused NO_SUCH_MAILBOX when it was deleted
    Difference advance() throws Refused {
        return moveTo(account.view(id));
    }

    /// Moves on, but keeps the messages that went: the client may not be told of them now
    /// (RFC 3501 §7.4.1).
    Difference advanceKeeping() throws Refused {
        var newer = account.view(id);
        return newer.version() == view.version()
                ? NOTHING
                : moveTo(share.run(_ -> newer.keeping(view)));
    }

    private static final Difference NOTHING = new Difference(new int[0], Uids.NONE, new int[0], 0);

    private Difference moveTo(View newer) throws Refused {
        if (newer == view) return NOTHING;
        var older = view;
        var difference = share.run(_ -> View.diff(older, newer));
        view = newer;
        if (difference.arrived() > 0 && !readOnly) claim();
        return difference;
    }

    // ---- which messages a set names

    /// Messages by sequence number, both ends included.
    record Span(int first, int last) {
        int size() {
            return last - first + 1;
        }
    }

    /// The spans that a set names, ascending. UIDs that are not here are passed over.
    ///
    /// @param uid whether the set is of UIDs
    List<Span> spans(boolean uid, SequenceSet set) {
        int size = view.size();
        var spans = new ArrayList<Span>();
        if (size == 0) return spans;
        if (set.isSaved()) return stillThere();
        for (var range : set.resolve(uid ? view.uid(size) : size)) {
            int first = uid ? view.firstFrom(bounded(range.first())) : bounded(range.first());
            int last = uid ? lastUpTo(range.last()) : bounded(range.last());
            if (first <= Math.min(last, size)) spans.add(new Span(first, Math.min(last, size)));
        }
        return spans;
    }

    // RFC 5182 §2.1: what went since is no longer among them
    private List<Span> stillThere() {
        var spans = new ArrayList<Span>();
        int first = 0;
        int last = -1;
        for (int i = 0; i < saved.size(); i++) {
            int sequence = view.sequenceOf(saved.get(i));
            if (sequence == 0) continue;
            if (sequence == last + 1 && first > 0) last = sequence;
            else {
                if (first > 0) spans.add(new Span(first, last));
                first = last = sequence;
            }
        }
        if (first > 0) spans.add(new Span(first, last));
        return spans;
    }

    private int lastUpTo(long uid) {
        return uid >= Integer.MAX_VALUE ? view.size() : view.firstFrom((int) uid + 1) - 1;
    }

    private static int bounded(long number) {
        return (int) Math.min(number, Integer.MAX_VALUE);
    }

    /// The messages' UIDs, in one pass on a platform thread.
    Uids uids(List<Span> spans) {
        if (spans.size() == 1) {
            var only = spans.get(0);
            if (only.size() <= AT_ONCE) return view.uids(only.first(), only.last());
        }
        return share.run(_ ->
                Uids.of(
                        spans.stream()
                                .flatMapToInt(
                                        span -> IntStream.rangeClosed(span.first(), span.last()))
                                .map(view::uid)
                                .toArray()));
    }

    static int count(List<Span> spans) {
        return spans.stream().mapToInt(Span::size).sum();
    }
}
