package org.postroom.imap;

import java.util.List;

/// What a reply says to a program, in brackets. RFC 3501 §7.1: response codes; RFC 5530.
public sealed interface Code {

    /// Those without arguments.
    enum Word implements Code {
        // RFC 3501 §7.1
        ALERT("ALERT"),
        PARSE("PARSE"),
        READ_ONLY("READ-ONLY"),
        READ_WRITE("READ-WRITE"),
        TRYCREATE("TRYCREATE"),

        // RFC 4469 §4.2
        TOOBIG("TOOBIG"),

        // RFC 5530 §3
        UNAVAILABLE("UNAVAILABLE"),
        AUTHENTICATIONFAILED("AUTHENTICATIONFAILED"),
        PRIVACYREQUIRED("PRIVACYREQUIRED"),
        EXPUNGEISSUED("EXPUNGEISSUED"),
        SERVERBUG("SERVERBUG"),
        CLIENTBUG("CLIENTBUG"),
        CANNOT("CANNOT"),
        LIMIT("LIMIT"),
        OVERQUOTA("OVERQUOTA"),
        ALREADYEXISTS("ALREADYEXISTS"),
        NONEXISTENT("NONEXISTENT"),

        // RFC 3516 §4.3
        UNKNOWN_CTE("UNKNOWN-CTE"),

        // RFC 6154 §3
        USEATTR("USEATTR"),

        // RFC 7162 §3.1.2, §3.2.11
        NOMODSEQ("NOMODSEQ"),
        CLOSED("CLOSED"),

        // RFC 9051 §7.1
        HASCHILDREN("HASCHILDREN"),

        // RFC 5182 §2.1
        NOTSAVED("NOTSAVED"),

        // RFC 4978 §3
        COMPRESSIONACTIVE("COMPRESSIONACTIVE"),

        // RFC 9586 §3
        UIDREQUIRED("UIDREQUIRED");

        public final String atom;

        Word(String atom) {
            this.atom = atom;
        }
    }

    record Capabilities(List<String> atoms) implements Code {
        public Capabilities {
            atoms = List.copyOf(atoms);
        }
    }

    /// The charsets that are known.
    record BadCharset(List<String> known) implements Code {
        public BadCharset {
            known = List.copyOf(known);
        }
    }

    record PermanentFlags(List<Flag> flags) implements Code {
        public PermanentFlags {
            flags = List.copyOf(flags);
        }
    }

    record UidNext(long uid) implements Code {}

    record UidValidity(long value) implements Code {}

    /// @param sequence of the first message that is not seen
    record Unseen(long sequence) implements Code {}

    /// RFC 4315 §3
    record AppendUid(long uidValidity, SequenceSet uids) implements Code {}

    /// RFC 4315 §3: sources and copies pair up in order.
    record CopyUid(long uidValidity, SequenceSet sources, SequenceSet copies) implements Code {}

    /// RFC 7162 §3.1.2.1
    record HighestModSeq(long modSeq) implements Code {}

    /// RFC 7162 §3.1.3: what was left alone.
    record Modified(SequenceSet set) implements Code {}

    /// RFC 8474 §4.1
    record MailboxId(long number) implements Code {}

    /// RFC 9585 §4
    ///
    /// @param goal how far it goes; 0 when that is not known
    record InProgress(String tag, long done, long goal) implements Code {}

    /// One that this program does not know.
    record Other(String text) implements Code {}

    /// RFC 3501 §9: resp-text-code, without its brackets
    default void print(Printer out) {
        switch (this) {
            case Word word -> out.atom(word.atom);
            case Capabilities(var atoms) -> out.atom("CAPABILITY ").atom(String.join(" ", atoms));
            case BadCharset(var known) ->
                    out.atom("BADCHARSET (").atom(String.join(" ", known)).atom(")");
            case PermanentFlags(var flags) -> out.atom("PERMANENTFLAGS ").flags(flags);
            case UidNext(long uid) -> out.atom("UIDNEXT ").number(uid);
            case UidValidity(long value) -> out.atom("UIDVALIDITY ").number(value);
            case Unseen(long sequence) -> out.atom("UNSEEN ").number(sequence);
            case AppendUid(long validity, var uids) ->
                    out.atom("APPENDUID ").number(validity).atom(" " + uids);
            case CopyUid(long validity, var sources, var copies) ->
                    out.atom("COPYUID ").number(validity).atom(" " + sources + " " + copies);
            case HighestModSeq(long modSeq) -> out.atom("HIGHESTMODSEQ ").number(modSeq);
            case Modified(var set) -> out.atom("MODIFIED " + set);
            case MailboxId(long number) ->
                    out.atom("MAILBOXID (" + ObjectIds.of(ObjectIds.MAILBOX, number) + ")");
            case InProgress(var tag, long done, long goal) -> {
                out.atom("INPROGRESS (").string(tag).atom(" ").number(done).atom(" ");
                if (goal > 0) out.number(goal).atom(")");
                else out.atom("NIL)");
            }
            case Other(var text) -> out.atom(text);
        }
    }
}
