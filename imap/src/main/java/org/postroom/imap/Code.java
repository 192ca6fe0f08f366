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
        NONEXISTENT("NONEXISTENT");

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
            case Other(var text) -> out.atom(text);
        }
    }
}
