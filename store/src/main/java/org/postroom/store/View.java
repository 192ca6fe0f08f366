package org.postroom.store;

/// A mailbox as it was after one commit: an immutable snapshot in packed arrays, shared by all
/// sessions. A session holds the view it has told its client about, and moves on by [#diff].
///
/// Messages are named by sequence number from 1 to [#size], in the order of their UIDs.
public final class View {

    View() {}

    public MailboxId mailbox() {
        return Unwritten.yet();
    }

    public UidValidity uidValidity() {
        return Unwritten.yet();
    }

    /// Larger than every UID in here.
    public int uidNext() {
        return Unwritten.yet();
    }

    public ModSeq highestModSeq() {
        return Unwritten.yet();
    }

    /// The account's version this view shows.
    public long version() {
        return Unwritten.yet();
    }

    public int size() {
        return Unwritten.yet();
    }

    public int unseen() {
        return Unwritten.yet();
    }

    /// All messages' sizes, added.
    public long octets() {
        return Unwritten.yet();
    }

    /// The sequence number of a UID, or 0 when it is not here.
    public int sequenceOf(int uid) {
        return Unwritten.yet();
    }

    /// The first sequence number whose UID is not less; [#size] + 1 when there is none.
    public int firstFrom(int uid) {
        return Unwritten.yet();
    }

    public int uid(int sequence) {
        return Unwritten.yet();
    }

    public long modSeq(int sequence) {
        return Unwritten.yet();
    }

    /// System flags by [Flag#bit], keywords by [Keywords].
    public long flags(int sequence) {
        return Unwritten.yet();
    }

    public EmailId email(int sequence) {
        return Unwritten.yet();
    }

    /// In octets: RFC822.SIZE.
    public int octets(int sequence) {
        return Unwritten.yet();
    }

    /// INTERNALDATE, in milliseconds since 1970.
    public long received(int sequence) {
        return Unwritten.yet();
    }

    /// When it came to this mailbox (RFC 8514 §2), in milliseconds since 1970.
    public long saved(int sequence) {
        return Unwritten.yet();
    }

    /// UIDs of all messages whose flags have every bit of `bits`.
    public Uids having(long bits) {
        return Unwritten.yet();
    }

    /// The UIDs of a range of sequence numbers, both ends included.
    public Uids uids(int firstSequence, int lastSequence) {
        return Unwritten.yet();
    }

    /// This view together with those messages of an older one that it lacks: what a session shows that
    /// may tell of changes but not of expunged messages (RFC 9051 §7.5.1).
    public View keeping(View older) {
        return Unwritten.yet();
    }

    /// What became of `older` in `newer`, both of one mailbox. Parts that no commit touched are skipped.
    public static Difference diff(View older, View newer) {
        return Unwritten.yet();
    }
}
