package org.postroom.store;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/// What one account holds: mailboxes, messages, quota, files. One handle, shared by all sessions and
/// protocols. Each change is one commit unless said otherwise, on disk and seen by views and
/// watchers when the call returns.
///
/// Mailbox names are paths in NFC with `/` between levels; INBOX is matched without regard to case.
public final class Account {

    /// Messages that one commit changes at most; larger changes are several commits.
    public static final int COMMIT_LIMIT = 5_000;

    Account() {}

    public AccountId id() {
        return Unwritten.yet();
    }

    // --- quota ---

    public Quota quota() {
        return Unwritten.yet();
    }

    /// Sets the account's own limit in octets: 0 for none, null for the server's.
    public void limit(@Nullable Long octets) {
        Unwritten.<Object>yet();
    }

    /// Takes room before the bytes come: at RCPT, before "+", as an upload grows. The commit that
    /// brings them is checked again by what is on disk; close the reservation after it.
    ///
    /// @throws Refused OVER_QUOTA
    public Reservation reserve(long octets) throws Refused {
        return Unwritten.yet();
    }

    // --- mailboxes ---

    /// All of them, by name, INBOX first.
    public List<Mailbox> mailboxes() {
        return Unwritten.yet();
    }

    public Optional<Mailbox> mailbox(String name) {
        return Unwritten.yet();
    }

    public Optional<Mailbox> mailbox(MailboxId id) {
        return Unwritten.yet();
    }

    public Mailbox inbox() {
        return Unwritten.yet();
    }

    /// Makes a mailbox and those above it that are missing (RFC 9051 §6.3.4); a `/` at the end is dropped.
    ///
    /// @throws Refused MAILBOX_EXISTS, BAD_NAME, USE_TAKEN, TOO_MANY_MAILBOXES
    public Mailbox create(String name, @Nullable SpecialUse use) throws Refused {
        return Unwritten.yet();
    }

    /// Renames a mailbox with all below it. INBOX stays: its messages move to the new mailbox
    /// (RFC 9051 §6.3.6).
    ///
    /// @throws Refused NO_SUCH_MAILBOX, MAILBOX_EXISTS, BAD_NAME, INTO_ITSELF
    public Mailbox rename(String from, String to) throws Refused {
        return Unwritten.yet();
    }

    /// Removes a mailbox and its messages; a subscription to its name stays (RFC 3501 §6.3.6).
    ///
    /// @throws Refused NO_SUCH_MAILBOX, HAS_CHILDREN, INBOX_STAYS
    public void delete(String name) throws Refused {
        Unwritten.<Object>yet();
    }

    /// @throws Refused NO_SUCH_MAILBOX
    public void subscribe(String name) throws Refused {
        Unwritten.<Object>yet();
    }

    /// A name that is not subscribed is fine.
    public void unsubscribe(String name) throws Refused {
        Unwritten.<Object>yet();
    }

    /// Names that are subscribed, whether there is such a mailbox or not, sorted.
    public List<String> subscriptions() {
        return Unwritten.yet();
    }

    /// @param use null to take it away
    public void use(MailboxId mailbox, @Nullable SpecialUse use) throws Refused {
        Unwritten.<Object>yet();
    }

    // --- messages ---

    /// Adds messages, all or none, in this order.
    ///
    /// @throws Refused NO_SUCH_MAILBOX, OVER_QUOTA, TOO_MANY_KEYWORDS
    public Appended append(MailboxId mailbox, List<NewMessage> messages) throws Refused {
        return Unwritten.yet();
    }

    /// Adds a letter to the inbox unless a delivery of this id was here before.
    ///
    /// @return nothing when it was
    /// @throws Refused OVER_QUOTA, TOO_MANY_KEYWORDS
    public Optional<Appended> deliver(DeliveryId id, NewMessage message) throws Refused {
        return Unwritten.yet();
    }

    /// Copies keep email id, flags and date (RFC 9051 §6.4.7, RFC 8474 §5.1) and take no quota. All or
    /// none up to [#COMMIT_LIMIT] messages.
    ///
    /// @throws Refused NO_SUCH_MAILBOX for either
    public Copied copy(MailboxId from, Uids uids, MailboxId to) throws Refused {
        return Unwritten.yet();
    }

    /// RFC 6851 §3: each message is moved in one commit, never in both mailboxes or in none.
    ///
    /// @throws Refused NO_SUCH_MAILBOX for either
    public Copied move(MailboxId from, Uids uids, MailboxId to) throws Refused {
        return Unwritten.yet();
    }

    /// @throws Refused NO_SUCH_MAILBOX, TOO_MANY_KEYWORDS
    public Reflagged setFlags(MailboxId mailbox, Uids uids, FlagChange change) throws Refused {
        return Unwritten.yet();
    }

    /// Removes these messages if they are flagged `\Deleted` (RFC 9051 §6.4.9); for EXPUNGE, give all.
    public Expunged expungeDeleted(MailboxId mailbox, Uids uids) throws Refused {
        return Unwritten.yet();
    }

    /// Removes these messages whatever their flags.
    public Expunged expunge(MailboxId mailbox, Uids uids) throws Refused {
        return Unwritten.yet();
    }

    /// Makes all messages up to now somebody's: returns the first UID that no session had claimed
    /// (RFC 3501 §2.3.2, `\Recent`). SELECT calls it, EXAMINE reads [Mailbox#firstRecent].
    public int claimRecent(MailboxId mailbox) throws Refused {
        return Unwritten.yet();
    }

    /// What the mailbox is now: shared, loaded once, then advanced by every commit.
    ///
    /// @throws Refused NO_SUCH_MAILBOX
    public View view(MailboxId mailbox) throws Refused {
        return Unwritten.yet();
    }

    /// The dictionary as it is now; it only grows.
    public Keywords keywords() {
        return Unwritten.yet();
    }

    /// A message to be read; it can be until history is swept, even when it is expunged.
    ///
    /// @throws Refused NO_SUCH_MESSAGE
    public Message message(EmailId id) throws Refused {
        return Unwritten.yet();
    }

    /// Several at once, in one read of the engine: ask for at most 1,000. Those that are gone for good
    /// are null.
    public List<@Nullable Message> messages(List<EmailId> ids) {
        return Unwritten.yet();
    }

    // --- the rest ---

    /// The inbox for POP3, if no other POP3 session has it.
    public Maildrop.Door maildrop() {
        return Unwritten.yet();
    }

    public FileTree files() {
        return Unwritten.yet();
    }

    /// The account's version: what the last commit made it.
    public long version() {
        return Unwritten.yet();
    }
}
