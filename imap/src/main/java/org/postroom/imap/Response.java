package org.postroom.imap;

import org.postroom.wire.Sayable;
import org.postroom.wire.Saying;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What a server says: the answer to a command, what it tells besides, or that the client may go on.
/// RFC 3501 §7. FETCH is written by [FetchResponse] and read as [Fetch].
public sealed interface Response extends Sayable {

    /// What a [Notice] begins with.
    String NOTICE = "X-POSTROOM-NOTICE";

    record Continue(String text) implements Response {}

    /// The end of a command.
    record Tagged(String tag, Reply reply) implements Response {}

    /// RFC 3501 §7.1
    record State(Reply reply) implements Response {}

    /// RFC 3501 §7.2.1
    record Capabilities(List<String> atoms) implements Response {
        public Capabilities {
            atoms = List.copyOf(atoms);
        }
    }

    /// RFC 3501 §7.2.2, and §7.2.3 for what is subscribed
    ///
    /// @param attributes such as `\HasChildren` or `\Sent`
    /// @param delimiter what stands between the levels of the name, or empty
    /// @param childInfo what lies below it and was selected (RFC 5258 §3.5); mostly empty
    record Listed(
            boolean lsub,
            List<String> attributes,
            String delimiter,
            MailboxName mailbox,
            List<String> childInfo)
            implements Response {
        public Listed {
            attributes = List.copyOf(attributes);
            childInfo = List.copyOf(childInfo);
        }

        public Listed(
                boolean lsub, List<String> attributes, String delimiter, MailboxName mailbox) {
            this(lsub, attributes, delimiter, mailbox, List.of());
        }

        /// As this house lists: with a slash.
        public Listed(boolean lsub, List<String> attributes, MailboxName mailbox) {
            this(lsub, attributes, "/", mailbox);
        }

        /// Whether it has an attribute, in any case.
        public boolean has(String attribute) {
            return attributes.stream().anyMatch(attribute::equalsIgnoreCase);
        }
    }

    /// What an empty pattern asks for: the hierarchy's delimiter (RFC 3501 §6.3.8).
    record Delimiter(boolean lsub) implements Response {}

    /// RFC 9051 §7.3.4: what SEARCH and SORT found, as far as it was asked for.
    ///
    /// @param all in the order in which it was wanted; nothing where none was found, or none wanted
    record Esearch(
            String tag,
            boolean uid,
            Optional<Long> min,
            Optional<Long> max,
            Optional<Long> count,
            Optional<SequenceSet> all,
            Optional<Part> partial,
            Optional<Long> modSeq)
            implements Response {

        /// RFC 9394 §3.1: those within a window; nothing when there are none.
        public record Part(Window window, Optional<SequenceSet> found) {}
    }

    /// RFC 9208 §4.2.1: of each resource what is used, and what may be.
    record Quota(String root, Map<String, Usage> resources) implements Response {
        public record Usage(long used, long limit) {}
    }

    /// RFC 9208 §4.2.2
    record QuotaRoot(MailboxName mailbox, List<String> roots) implements Response {
        public QuotaRoot {
            roots = List.copyOf(roots);
        }
    }

    /// RFC 5255 §3.3
    record Language(List<String> tags) implements Response {
        public Language {
            tags = List.copyOf(tags);
        }
    }

    /// RFC 7162 §3.2.10
    ///
    /// @param earlier whether it answers what the client asked
    record Vanished(boolean earlier, SequenceSet uids) implements Response {}

    /// RFC 3501 §7.2.4, in the order of the map
    record Status(MailboxName mailbox, Map<StatusItem, Long> items) implements Response {}

    /// RFC 3501 §7.2.5
    record Search(List<Long> numbers) implements Response {
        public Search {
            numbers = List.copyOf(numbers);
        }
    }

    /// RFC 3501 §7.2.6
    record Flags(List<Flag> flags) implements Response {
        public Flags {
            flags = List.copyOf(flags);
        }
    }

    /// RFC 3501 §7.3.1
    record Exists(long count) implements Response {}

    /// RFC 3501 §7.3.2
    record Recent(long count) implements Response {}

    /// RFC 3501 §7.4.1
    record Expunge(long sequence) implements Response {}

    /// RFC 3501 §7.4.2, as a client hears it
    ///
    /// @param items by name, such as `UID` or `BODY[HEADER]`
    record Fetch(long sequence, Map<String, Datum> items) implements Response {
        public Optional<Datum> item(String name) {
            return Optional.ofNullable(items.get(name));
        }

        /// The UID, when the server told it.
        public OptionalLong uid() {
            return items.get("UID") instanceof Datum.Atom(var text) && text.matches("[0-9]{1,10}")
                    ? OptionalLong.of(Long.parseLong(text))
                    : OptionalLong.empty();
        }
    }

    /// RFC 2342 §5: one personal namespace.
    record Namespace() implements Response {}

    /// RFC 2971 §3.2
    record Id(List<Command.Id.Field> fields) implements Response {
        public Id {
            fields = List.copyOf(fields);
        }
    }

    /// RFC 5161 §3.2
    record Enabled(List<String> atoms) implements Response {
        public Enabled {
            atoms = List.copyOf(atoms);
        }
    }

    /// Something said to who is there ([Capability#PRESENCE]).
    ///
    /// @param octets of a letter, one a character
    record Notice(String octets) implements Response {}

    /// One that this program does not know.
    record Other(String text) implements Response {}

    @Override
    default void on(Saying saying) {
        on(saying, false);
    }

    /// @param utf8 whether mailbox names stand in UTF-8 (RFC 9051 §5.1), or in modified UTF-7
    default void on(Saying saying, boolean utf8) {
        var out = new Printer(saying);
        switch (this) {
            case Continue(var text) -> out.atom("+ ").atom(text);
            case Tagged(var tag, var reply) -> {
                reply.tagged(tag).on(saying);
                return;
            }
            case State(var reply) -> {
                reply.untagged().on(saying);
                return;
            }
            case Capabilities(var atoms) -> out.atom("* CAPABILITY ").atom(String.join(" ", atoms));
            case Listed(boolean lsub, var attributes, var delimiter, var mailbox, var below) -> {
                out.atom(lsub ? "* LSUB (" : "* LIST (")
                        .atom(String.join(" ", attributes))
                        .atom(") ")
                        .nstring(delimiter.isEmpty() ? null : delimiter)
                        .atom(" ")
                        .mailbox(mailbox, utf8);
                String before = " (\"CHILDINFO\" (";
                for (var option : below) {
                    out.atom(before).string(option);
                    before = " ";
                }
                if (!below.isEmpty()) out.atom("))");
            }
            case Delimiter(boolean lsub) ->
                    out.atom(lsub ? "* LSUB " : "* LIST ").atom("(\\Noselect) \"/\" \"\"");
            case Status(var mailbox, var items) -> {
                out.atom("* STATUS ").mailbox(mailbox, utf8);
                String before = " (";
                for (var item : items.entrySet()) {
                    out.atom(before).atom(item.getKey().atom).atom(" ");
                    if (item.getKey() == StatusItem.MAILBOXID)
                        out.atom("(" + ObjectIds.of(ObjectIds.MAILBOX, item.getValue()) + ")");
                    else if (item.getKey() == StatusItem.APPENDLIMIT && item.getValue() == 0)
                        out.atom("NIL"); // RFC 7889 §3.1
                    else out.number(item.getValue());
                    before = " ";
                }
                out.atom(items.isEmpty() ? " ()" : ")"); // and no blank (TRAPS T27)
            }
            case Search(var numbers) -> {
                out.atom("* SEARCH");
                for (long number : numbers) out.atom(" ").number(number);
            }
            case Esearch found -> found(out, found);
            case Quota(var root, var resources) -> {
                out.atom("* QUOTA ").astring(Printer.octets(root)).atom(" (");
                String before = "";
                for (var resource : resources.entrySet()) {
                    out.atom(before).atom(resource.getKey()).atom(" ");
                    out.number(resource.getValue().used()).atom(" ");
                    out.number(resource.getValue().limit());
                    before = " ";
                }
                out.atom(")");
            }
            case QuotaRoot(var mailbox, var roots) -> {
                out.atom("* QUOTAROOT ").mailbox(mailbox, utf8);
                for (var root : roots) out.atom(" ").astring(Printer.octets(root));
            }
            case Language(var tags) -> {
                String before = "* LANGUAGE (";
                for (var tag : tags) {
                    out.atom(before).string(tag);
                    before = " ";
                }
                out.atom(")");
            }
            case Vanished(boolean earlier, var uids) ->
                    out.atom(earlier ? "* VANISHED (EARLIER) " : "* VANISHED ")
                            .atom(uids.toString());
            case Flags(var flags) -> out.atom("* FLAGS ").flags(flags);
            case Exists(long count) -> out.atom("* ").number(count).atom(" EXISTS");
            case Recent(long count) -> out.atom("* ").number(count).atom(" RECENT");
            case Expunge(long sequence) -> out.atom("* ").number(sequence).atom(" EXPUNGE");
            case Fetch(long sequence, var items) -> {
                String before = "(";
                out.atom("* ").number(sequence).atom(" FETCH ");
                for (var item : items.entrySet()) {
                    out.atom(before).atom(item.getKey()).atom(" ");
                    item.getValue().print(out);
                    before = " ";
                }
                out.atom(items.isEmpty() ? "()" : ")");
            }
            case Namespace() -> out.atom("* NAMESPACE ((\"\" \"/\")) NIL NIL");
            case Id(var fields) -> {
                String before = "* ID (";
                for (var field : fields) {
                    out.atom(before).text(field.name()).atom(" ");
                    field.value().ifPresentOrElse(out::text, () -> out.atom("NIL"));
                    before = " ";
                }
                out.atom(fields.isEmpty() ? "* ID NIL" : ")");
            }
            case Enabled(var atoms) ->
                    out.atom(atoms.isEmpty() ? "* ENABLED" : "* ENABLED ")
                            .atom(String.join(" ", atoms));
            case Notice(var octets) -> out.atom("* ").atom(NOTICE).atom(" ").literal(octets);
            case Other(var text) -> out.atom("* ").atom(text);
        }
        saying.crlf();
    }

    // RFC 9051 §9: esearch-response = "ESEARCH" [search-correlator] [SP "UID"]
    // *(SP search-return-data)
    private static void found(Printer out, Esearch found) {
        out.atom("* ESEARCH (TAG ").string(found.tag).atom(found.uid ? ") UID" : ")");
        found.min.ifPresent(number -> out.atom(" MIN ").number(number));
        found.max.ifPresent(number -> out.atom(" MAX ").number(number));
        found.count.ifPresent(number -> out.atom(" COUNT ").number(number));
        found.all.ifPresent(set -> out.atom(" ALL ").atom(set.toString()));
        found.partial.ifPresent(part -> {
            out.atom(" PARTIAL (").atom(part.window.toString()).atom(" ");
            out.atom(part.found.map(SequenceSet::toString).orElse("NIL")).atom(")");
        });
        found.modSeq.ifPresent(modSeq -> out.atom(" MODSEQ ").number(modSeq));
    }
}
