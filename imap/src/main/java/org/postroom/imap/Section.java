package org.postroom.imap;

import java.util.List;

/// Which octets of a message are meant: a part by its numbers, and what of it.
///
/// RFC 3501 §6.4.5: an empty part is the message itself; MIME needs a part.
public record Section(List<Integer> part, Text text) {

    public static final Section MESSAGE = new Section(List.of(), Whole.ALL);
    public static final Section HEADER = new Section(List.of(), Whole.HEADER);
    public static final Section TEXT = new Section(List.of(), Whole.TEXT);

    /// Parts nest no deeper than a message's structure is read.
    static final int DEPTH = 100;

    public Section {
        part = List.copyOf(part);
    }

    /// RFC 3501 §9: section-text = section-msgtext / "MIME"
    public sealed interface Text {}

    /// What needs no words of its own.
    public enum Whole implements Text {
        ALL,
        HEADER,
        TEXT,
        MIME
    }

    /// Some header fields, or all but some, by names in whatever case.
    public record Fields(boolean not, List<String> names) implements Text {
        public Fields {
            names = List.copyOf(names);
        }
    }

    /// RFC 3501 §9: section = "[" [section-spec] "]"
    void print(Printer out) {
        out.atom("[");
        String dot = "";
        for (int number : part) {
            out.atom(dot).number(number);
            dot = ".";
        }
        switch (text) {
            case Whole.ALL -> {}
            case Whole whole -> out.atom(dot).atom(whole.name());
            case Fields fields -> {
                out.atom(dot).atom(fields.not ? "HEADER.FIELDS.NOT (" : "HEADER.FIELDS (");
                String blank = "";
                for (var name : fields.names) {
                    out.atom(blank).astring(name);
                    blank = " ";
                }
                out.atom(")");
            }
        }
        out.atom("]");
    }
}
