package org.postroom.imap;

import org.postroom.wire.Secret;

import java.time.OffsetDateTime;
import java.util.Optional;

/// What a client can say. A command that exists is well-formed. Those with a `uid` are UID's
/// commands, too (RFC 3501 §6.4.8): their sets are then of UIDs.
public sealed interface Command {

    // in any state

    record Capability() implements Command {}

    record Noop() implements Command {}

    record Logout() implements Command {}

    /// @param fields what the client tells of itself; empty for NIL
    record Id(java.util.List<Field> fields) implements Command {
        public Id {
            fields = java.util.List.copyOf(fields);
        }

        public record Field(String name, Optional<String> value) {}
    }

    // before signing in

    record Starttls() implements Command {}

    /// @param initialResponse in base64; `=` is an empty one (RFC 4959 §3)
    record Authenticate(String mechanism, Optional<Secret> initialResponse) implements Command {}

    record Login(String user, Secret password) implements Command {}

    // signed in

    record Select(MailboxName mailbox) implements Command {}

    record Examine(MailboxName mailbox) implements Command {}

    record Create(MailboxName mailbox) implements Command {}

    record Delete(MailboxName mailbox) implements Command {}

    record Rename(MailboxName from, MailboxName to) implements Command {}

    record Subscribe(MailboxName mailbox) implements Command {}

    record Unsubscribe(MailboxName mailbox) implements Command {}

    record List(MailboxPattern pattern) implements Command {}

    record Lsub(MailboxPattern pattern) implements Command {}

    record Status(MailboxName mailbox, java.util.List<StatusItem> items) implements Command {
        public Status {
            items = java.util.List.copyOf(items);
        }
    }

    /// Its message was streamed where [Source#message] said.
    ///
    /// @param size of the message as it was announced, in octets
    record Append(
            MailboxName mailbox,
            java.util.List<Flag> flags,
            Optional<OffsetDateTime> date,
            long size)
            implements Command {
        public Append {
            flags = java.util.List.copyOf(flags);
        }
    }

    record Idle() implements Command {}

    record Namespace() implements Command {}

    record Enable(java.util.List<String> capabilities) implements Command {
        public Enable {
            capabilities = java.util.List.copyOf(capabilities);
        }
    }

    // with a mailbox selected

    record Check() implements Command {}

    record Close() implements Command {}

    record Unselect() implements Command {}

    /// @param uids those that UID EXPUNGE names (RFC 4315 §2.1)
    record Expunge(Optional<SequenceSet> uids) implements Command {}

    record Search(boolean uid, SearchKey key) implements Command {}

    record Fetch(boolean uid, SequenceSet set, java.util.List<FetchItem> items) implements Command {
        public Fetch {
            items = java.util.List.copyOf(items);
        }
    }

    record Store(
            boolean uid, SequenceSet set, Change change, boolean silent, java.util.List<Flag> flags)
            implements Command {
        public Store {
            flags = java.util.List.copyOf(flags);
        }

        /// RFC 3501 §6.4.6: +FLAGS, -FLAGS, FLAGS
        public enum Change {
            ADD("+FLAGS"),
            REMOVE("-FLAGS"),
            REPLACE("FLAGS");

            final String atom;

            Change(String atom) {
                this.atom = atom;
            }
        }
    }

    record Copy(boolean uid, SequenceSet set, MailboxName mailbox) implements Command {}

    record Move(boolean uid, SequenceSet set, MailboxName mailbox) implements Command {}

    /// A command and the tag that its answer bears.
    record Tagged(String tag, Command command) {}
}
