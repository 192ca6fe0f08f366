package org.postroom.store;

import java.util.Optional;

/// The store does not do it, and nothing was changed. Each protocol has its own reply for each
/// [Reason], in a switch without default.
public final class Refused extends Exception {

    private static final long serialVersionUID = 1;

    /// Why not.
    public enum Reason {
        // accounts
        NO_SUCH_ACCOUNT,
        ACCOUNT_EXISTS,
        /// Not an address that could have an account or alias here.
        BAD_ADDRESS,
        NO_SUCH_DOMAIN,
        DOMAIN_EXISTS,
        /// Accounts or aliases still belong to the domain.
        DOMAIN_IN_USE,
        NO_SUCH_ALIAS,
        NO_SUCH_LIST,
        NO_SUCH_MOVE,
        /// Empty, or with control characters (what PRECIS calls an OpaqueString has neither).
        BAD_PASSWORD,
        NO_SUCH_APP_PASSWORD,
        NO_SECOND_FACTOR,
        /// More sign-ins wait for the processor than the server lets wait; later is better.
        TOO_BUSY,

        // mailboxes and messages
        NO_SUCH_MAILBOX,
        MAILBOX_EXISTS,
        /// Only an empty branch is deleted (RFC 9051 §6.3.5).
        HAS_CHILDREN,
        /// INBOX can't be deleted, nor be made (RFC 9051 §6.3.4, §6.3.5).
        INBOX_STAYS,
        TOO_MANY_MAILBOXES,
        /// The account's dictionary of keywords is full.
        TOO_MANY_KEYWORDS,
        /// Another mailbox has this special use (RFC 6154 §3).
        USE_TAKEN,
        /// Larger than a message may be in a mailbox, 2^31 - 1 octets.
        MESSAGE_TOO_LARGE,
        /// The message lies in as many places as it may.
        TOO_MANY_COPIES,
        /// The message is gone, and so long that nothing is left of it.
        NO_SUCH_MESSAGE,

        // both
        OVER_QUOTA,
        /// Too long, too deep, or with characters that no name here may have.
        BAD_NAME,

        // files
        NO_SUCH_FILE,
        NOT_A_DIRECTORY,
        IS_A_DIRECTORY,
        NOT_EMPTY,
        NAME_TAKEN,
        /// A directory can't move below itself.
        INTO_ITSELF,
        /// The offset lies beyond the end of what is there (RFC 3659 §5.3).
        PAST_THE_END,
        /// So many small appends that the file must be written anew.
        TOO_FRAGMENTED,
        /// Somebody else has a lock on it, or on the directory in which it would change (RFC 4918 §7).
        LOCKED,
        /// No lock of that token covers the place.
        NO_SUCH_LOCK,
        /// The account has as many locks as it may, or what is said of the taker is too long.
        TOO_MANY_LOCKS,
        /// What is to be kept with a file or directory is too much.
        TOO_MANY_PROPERTIES
    }

    private final Reason reason;
    private final transient Optional<FilePath> where;

    public Refused(Reason reason) {
        this(reason, Optional.empty());
    }

    /// @param where what is in the way
    Refused(Reason reason, FilePath where) {
        this(reason, Optional.of(where));
    }

    private Refused(Reason reason, Optional<FilePath> where) {
        super(reason.name(), null, false, false);
        this.reason = reason;
        this.where = where;
    }

    public Reason reason() {
        return reason;
    }

    /// Of what is LOCKED, where the lock was taken.
    public Optional<FilePath> where() {
        return where;
    }
}
