package org.postroom.store;

/// A mailbox as it was after one commit: an immutable snapshot in packed arrays, shared by all
/// sessions. A session holds the view it has told its client about, and moves on by [#diff].
///
/// Messages are named by sequence number from 1 to [#size], in the order of their UIDs.
public final class View {

    View() {}

    public MailboxId mailbox() {
        throw new UnsupportedOperationException();
    }

    public UidValidity uidValidity() {
        throw new UnsupportedOperationException();
    }

    /// Larger than every UID in here.
    public int uidNext() {
        throw new UnsupportedOperationException();
    }

    public ModSeq highestModSeq() {
        throw new UnsupportedOperationException();
    }

    /// The account's version this view shows.
    public long version() {
        throw new UnsupportedOperationException();
    }

    public int size() {
        throw new UnsupportedOperationException();
    }

    public int unseen() {
        throw new UnsupportedOperationException();
    }

    /// All messages' sizes, added.
    public long octets() {
        throw new UnsupportedOperationException();
    }

    /// The sequence number of a UID, or 0 when it is not here.
    public int sequenceOf(int uid) {
        throw new UnsupportedOperationException();
    }

    /// The first sequence number whose UID is not less; [#size] + 1 when there is none.
    public int firstFrom(int uid) {
        throw new UnsupportedOperationException();
    }

    public int uid(int sequence) {
        throw new UnsupportedOperationException();
    }

    public long modSeq(int sequence) {
        throw new UnsupportedOperationException();
    }

    /// System flags by [Flag#bit], keywords by [Keywords].
    public long flags(int sequence) {
        throw new UnsupportedOperationException();
    }

    public EmailId email(int sequence) {
        throw new UnsupportedOperationException();
    }

    /// In octets: RFC822.SIZE.
    public int octets(int sequence) {
        throw new UnsupportedOperationException();
    }

    /// INTERNALDATE, in milliseconds since 1970.
    public long received(int sequence) {
        throw new UnsupportedOperationException();
    }

    /// When it came to this mailbox (RFC 8514 §2), in milliseconds since 1970.
    public long saved(int sequence) {
        throw new UnsupportedOperationException();
    }

    /// UIDs of all messages whose flags have every bit of `bits`.
    public Uids having(long bits) {
        throw new UnsupportedOperationException();
    }

    /// The UIDs of a range of sequence numbers, both ends included.
    public Uids uids(int firstSequence, int lastSequence) {
        throw new UnsupportedOperationException();
    }

    /// This view together with those messages of an older one that it lacks: what a session shows that
    /// may tell of changes but not of expunged messages (RFC 9051 §7.5.1).
    public View keeping(View older) {
        throw new UnsupportedOperationException();
    }

    /// What became of `older` in `newer`, both of one mailbox. Parts that no commit touched are skipped.
    public static Difference diff(View older, View newer) {
        throw new UnsupportedOperationException();
    }
}
