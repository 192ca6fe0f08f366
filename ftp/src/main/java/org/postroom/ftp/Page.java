package org.postroom.ftp;

import java.util.List;

/// The header of a page (RFC 959 §3.1.2.3).
///
/// @param index the number of this piece of the file; what lies between two numbers may be a hole
/// @param length of the page's data, in logical bytes
/// @param fields what stands in the header behind the four, a logical byte each: the access control of
///     [Kind#ACCESS_CONTROLLED], the descriptor's own
public record Page(long index, long length, Kind kind, List<Long> fields) {

    /// Logical bytes in the shortest header.
    static final int HEADER = 4;

    /// Fields beyond the four that are believed.
    static final int MOST_FIELDS = 28;

    /// RFC 959 §3.1.2.3: Page Type
    public enum Kind {
        LAST(0),
        SIMPLE(1),
        DESCRIPTOR(2),
        ACCESS_CONTROLLED(3);

        public final int code;

        Kind(int code) {
            this.code = code;
        }

        /// @throws Refusal there is none of that code
        public static Kind of(long code) throws Refusal {
            for (var kind : values()) if (kind.code == code) return kind;
            throw new Refusal(Reply.UNKNOWN_PAGE_TYPE);
        }
    }

    public Page {
        fields = List.copyOf(fields);
    }

    /// A page with nothing but data.
    public static Page simple(long index, long length) {
        return new Page(index, length, Kind.SIMPLE, List.of());
    }

    static final Page LAST = new Page(0, 0, Kind.LAST, List.of());

    /// RFC 959 §3.1.2.3: the header of the last page has four fields and it has no data, that of a simple
    /// one four, that of an access controlled one five.
    boolean isWellFormed() {
        return switch (kind) {
            case LAST -> fields.isEmpty() && length == 0;
            case SIMPLE -> fields.isEmpty();
            case DESCRIPTOR -> true;
            case ACCESS_CONTROLLED -> fields.size() == 1;
        };
    }
}
