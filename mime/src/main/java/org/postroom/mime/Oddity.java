package org.postroom.mime;

/// Something about a message that is not as the RFCs want it, or that we did not look into, and
/// the octet where it was first met. Each kind is told once a message.
public record Oddity(Kind kind, long offset) {

    /// The kinds. They are stored by name.
    public enum Kind {
        /// A header section ended at a line that can't be part of one (RFC 7103 §7.2).
        NO_BLANK_LINE,
        /// The message began with a From_ line of a Unix mailbox.
        FROM_LINE,
        /// A line ended with LF alone.
        BARE_LF,
        /// A CR stood without its LF (RFC 5322 §2.3).
        BARE_CR,
        /// A NUL (RFC 5322 §4).
        NUL,
        /// A multipart ended without its close-delimiter (RFC 2046 §5.1.1).
        UNTERMINATED_MULTIPART,
        /// A multipart without a boundary, or whose boundary never came: taken as text/plain.
        NO_BOUNDARY,
        /// A boundary longer than [Structure#MAX_BOUNDARY]: taken as an opaque leaf.
        BOUNDARY_TOO_LONG,
        /// A Content-Type that can't be read: taken as text/plain (RFC 2045 §5.2).
        BAD_CONTENT_TYPE,
        /// A message within the message that is in base64 or quoted-printable (RFC 2046 §5.2.1):
        /// taken as an opaque leaf.
        ENCODED_MESSAGE,
        /// Deeper than [Structure#MAX_DEPTH]: taken as an opaque leaf.
        TOO_DEEP,
        /// More than [Structure#MAX_PARTS]: the last one holds what follows.
        TOO_MANY_PARTS,
        /// A header section longer than [Structure#MAX_HEADER]: what is beyond was not read.
        HEADER_TOO_LARGE,
        /// More than [Structure#MAX_FIELDS] in the header: the places of the rest were not kept.
        TOO_MANY_FIELDS,
        /// More than [Structure#MAX_PARAMETERS] in a field: the rest was not kept.
        TOO_MANY_PARAMETERS,
        /// More than [Structure#MAX_ADDRESSES] in a field: the rest was not kept.
        TOO_MANY_ADDRESSES,
        /// A value longer than [Structure#MAX_VALUE]: cut there.
        VALUE_TOO_LONG,
        /// The parts' fields are more than [Structure#MAX_KEPT] in all: the rest was not kept.
        TOO_MUCH_TO_KEEP
    }

    Oddity shifted(long by) {
        return new Oddity(kind, offset + by);
    }
}
