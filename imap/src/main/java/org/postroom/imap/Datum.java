package org.postroom.imap;

import java.util.List;

/// A value in a FETCH response, as a client hears it: ENVELOPE and BODYSTRUCTURE are lists of lists.
public sealed interface Datum {

    record Nil() implements Datum {}

    /// A number, a flag, a name: whatever stands without quotes.
    record Atom(String text) implements Datum {}

    /// Octets, one a character.
    record Text(String octets) implements Datum {}

    /// Octets that went to the sink the client gave.
    record Streamed(long size) implements Datum {}

    record Group(List<Datum> items) implements Datum {
        public Group {
            items = List.copyOf(items);
        }
    }

    /// Lists nest no deeper than [Responses] reads them.
    default void print(Printer out) {
        switch (this) {
            case Nil(), Streamed(_) -> out.atom("NIL");
            case Atom(var text) -> out.atom(text);
            case Text(var octets) -> out.string(octets);
            case Group(var items) -> {
                String before = "(";
                for (var item : items) {
                    out.atom(before);
                    item.print(out);
                    before = " ";
                }
                out.atom(items.isEmpty() ? "()" : ")");
            }
        }
    }
}
