package org.postroom.imap;

import org.postroom.wire.Secret;

import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
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

    record Select(MailboxName mailbox, Opening opening) implements Command {
        public Select(MailboxName mailbox) {
            this(mailbox, Opening.PLAIN);
        }
    }

    record Examine(MailboxName mailbox, Opening opening) implements Command {
        public Examine(MailboxName mailbox) {
            this(mailbox, Opening.PLAIN);
        }
    }

    /// @param uses what it is to be for (RFC 6154 §3), such as `\Sent`
    record Create(MailboxName mailbox, java.util.List<String> uses) implements Command {
        public Create {
            uses = java.util.List.copyOf(uses);
        }

        public Create(MailboxName mailbox) {
            this(mailbox, java.util.List.of());
        }
    }

    record Delete(MailboxName mailbox) implements Command {}

    record Rename(MailboxName from, MailboxName to) implements Command {}

    record Subscribe(MailboxName mailbox) implements Command {}

    record Unsubscribe(MailboxName mailbox) implements Command {}

    /// @param extended whether it was said as RFC 5258 has it, be it with no option at all
    record List(ListOptions options, java.util.List<MailboxPattern> patterns, boolean extended)
            implements Command {
        public List {
            patterns = java.util.List.copyOf(patterns);
        }

        public List(MailboxPattern pattern) {
            this(ListOptions.NONE, java.util.List.of(pattern), false);
        }
    }

    record Lsub(MailboxPattern pattern) implements Command {}

    record Status(MailboxName mailbox, java.util.List<StatusItem> items) implements Command {
        public Status {
            items = java.util.List.copyOf(items);
        }
    }

    /// Its messages were streamed where [Source#message] said.
    record Append(MailboxName mailbox, java.util.List<NewMessage> messages) implements Command {
        public Append {
            messages = java.util.List.copyOf(messages);
        }

        /// One message, which is text.
        public Append(
                MailboxName mailbox,
                java.util.List<Flag> flags,
                Optional<OffsetDateTime> date,
                long size) {
            this(mailbox, java.util.List.of(new NewMessage(flags, date, size, false)));
        }
    }

    /// What APPEND and REPLACE say of a message before its octets.
    ///
    /// @param size as it was announced, in octets
    /// @param binary whether every octet is to stay as it is (RFC 3516 §4.4)
    record NewMessage(
            java.util.List<Flag> flags, Optional<OffsetDateTime> date, long size, boolean binary) {
        public NewMessage {
            flags = java.util.List.copyOf(flags);
        }
    }

    /// RFC 9208 §4.1.1
    record GetQuota(String root) implements Command {}

    /// RFC 9208 §4.1.2
    record GetQuotaRoot(MailboxName mailbox) implements Command {}

    /// RFC 9208 §4.1.3
    record SetQuota(String root, Map<String, Long> limits) implements Command {
        public SetQuota {
            limits = Collections.unmodifiableMap(new LinkedHashMap<>(limits));
        }
    }

    /// @param ranges the languages wanted, the dearest first; empty to ask which there are
    record Language(java.util.List<String> ranges) implements Command {
        public Language {
            ranges = java.util.List.copyOf(ranges);
        }
    }

    record Compress(String algorithm) implements Command {}

    record Unauthenticate() implements Command {}

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

    /// @param results what is wanted of those found; nothing for a plain SEARCH
    record Search(boolean uid, Optional<Results> results, SearchKey key) implements Command {
        public Search(boolean uid, SearchKey key) {
            this(uid, Optional.empty(), key);
        }
    }

    record Sort(
            boolean uid, Optional<Results> results, java.util.List<SortKey> order, SearchKey key)
            implements Command {
        public Sort {
            order = java.util.List.copyOf(order);
        }
    }

    record Threads(boolean uid, Algorithm algorithm, SearchKey key) implements Command {

        /// RFC 5256 §3
        public enum Algorithm {
            ORDEREDSUBJECT,
            REFERENCES,
            REFS
        }
    }

    record Fetch(boolean uid, SequenceSet set, java.util.List<FetchItem> items, Modifiers modifiers)
            implements Command {
        public Fetch {
            items = java.util.List.copyOf(items);
        }

        public Fetch(boolean uid, SequenceSet set, java.util.List<FetchItem> items) {
            this(uid, set, items, Modifiers.NONE);
        }

        /// @param changedSince a mod-sequence; only what changed after it is wanted (RFC 7162 §3.1.4)
        /// @param vanished whether to tell which have gone since, too (RFC 7162 §3.2.6)
        /// @param window which of the set, counted in the mailbox's order (RFC 9394 §3.3)
        public record Modifiers(
                Optional<Long> changedSince, boolean vanished, Optional<Window> window) {

            public static final Modifiers NONE =
                    new Modifiers(Optional.empty(), false, Optional.empty());
        }
    }

    /// @param unchangedSince a mod-sequence; what changed after it is left alone (RFC 7162 §3.1.3)
    record Store(
            boolean uid,
            SequenceSet set,
            Change change,
            boolean silent,
            java.util.List<Flag> flags,
            Optional<Long> unchangedSince)
            implements Command {
        public Store {
            flags = java.util.List.copyOf(flags);
        }

        public Store(
                boolean uid,
                SequenceSet set,
                Change change,
                boolean silent,
                java.util.List<Flag> flags) {
            this(uid, set, change, silent, flags, Optional.empty());
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

    /// RFC 8508 §3: its message was streamed where [Source#message] said.
    ///
    /// @param number of the message that goes
    record Replace(boolean uid, long number, MailboxName mailbox, NewMessage message)
            implements Command {}

    /// A command and the tag that its answer bears.
    record Tagged(String tag, Command command) {}
}
