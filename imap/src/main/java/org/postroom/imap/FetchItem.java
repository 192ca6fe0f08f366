package org.postroom.imap;

import java.util.List;
import java.util.Optional;

/// What FETCH can be asked for. RFC 3501 §9: fetch-att. The macros ALL, FULL and FAST are read as
/// what they stand for (RFC 3501 §6.4.5).
public sealed interface FetchItem {

    /// What is known without opening the message, or from its summary.
    enum Attribute implements FetchItem {
        ENVELOPE("ENVELOPE"),
        FLAGS("FLAGS"),
        INTERNALDATE("INTERNALDATE"),
        RFC822_SIZE("RFC822.SIZE"),
        UID("UID"),
        BODY("BODY"),
        BODYSTRUCTURE("BODYSTRUCTURE"),
        /// RFC 7162 §3.1.4.2
        MODSEQ("MODSEQ"),
        /// RFC 8474 §5.1
        EMAILID("EMAILID"),
        /// RFC 8474 §5.2
        THREADID("THREADID"),
        /// RFC 8514 §4.2
        SAVEDATE("SAVEDATE"),
        /// RFC 8970 §3.1; it is in the summary, so LAZY asks for no less
        PREVIEW("PREVIEW");

        public final String atom;

        Attribute(String atom) {
            this.atom = atom;
        }
    }

    /// The forms of RFC 822's days. They name the same octets as a section.
    enum Rfc822 implements FetchItem {
        RFC822("RFC822"),
        RFC822_HEADER("RFC822.HEADER"),
        RFC822_TEXT("RFC822.TEXT");

        public final String atom;

        Rfc822(String atom) {
            this.atom = atom;
        }

        public Section section() {
            return switch (this) {
                case RFC822 -> Section.MESSAGE;
                case RFC822_HEADER -> Section.HEADER;
                case RFC822_TEXT -> Section.TEXT;
            };
        }
    }

    /// Some octets of the message.
    ///
    /// @param peek whether `\Seen` stays as it is
    record Body(Section section, boolean peek, Optional<Partial> partial) implements FetchItem {}

    /// A part without its transfer encoding (RFC 3516 §4.2).
    ///
    /// @param peek whether `\Seen` stays as it is
    record Binary(List<Integer> part, boolean peek, Optional<Partial> partial)
            implements FetchItem {
        public Binary {
            part = List.copyOf(part);
        }
    }

    /// How many octets those are (RFC 3516 §4.3).
    record BinarySize(List<Integer> part) implements FetchItem {
        public BinarySize {
            part = List.copyOf(part);
        }
    }

    /// `<offset.length>`: a window on a section's octets.
    record Partial(long offset, long length) {}

    /// Whether fetching this sets `\Seen` (RFC 3501 §6.4.5).
    default boolean sees() {
        return switch (this) {
            case Attribute _ -> false;
            case Rfc822 form -> form != Rfc822.RFC822_HEADER;
            case Body body -> !body.peek();
            case Binary binary -> !binary.peek();
            case BinarySize _ -> false;
        };
    }
}
