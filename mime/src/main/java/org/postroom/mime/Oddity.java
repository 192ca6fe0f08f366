package org.postroom.mime;

import org.jspecify.annotations.Nullable;

/// Something about a message that is not as the RFCs want it, or that we did not look into, and
/// the octet where it was first met. Each kind is told once a message.
public record Oddity(Kind kind, long offset) {

    /// The kinds. They are stored by name.
    public enum Kind {
        /// A header section ended at a line that can't be part of one (RFC 7103 §7.2).
        NO_BLANK_LINE(Tolerance.NO_BLANK_LINE, "the header ends without an empty line"),
        /// A header began with a From_ line of a Unix mailbox.
        FROM_LINE(Tolerance.FROM_LINE, "a From_ line of a mailbox file"),
        /// A header began with a line that goes on with nothing: passed over.
        FOLDED_FIRST_LINE(Tolerance.FOLDED_FIRST_LINE, "the header begins with a folded line"),
        /// A line ended with LF alone.
        BARE_LF(Tolerance.BARE_LF, "LF without CR"),
        /// A CR stood without its LF.
        BARE_CR(Tolerance.BARE_CR, "CR without LF"),
        /// A NUL.
        NUL(Tolerance.NUL, "NUL"),
        /// A line of more than 998 octets.
        LONG_LINE(Tolerance.LONG_LINE, "a line beyond 998 octets"),
        /// A line of blanks in a header field (RFC 7103 §7.3).
        BLANK_LINE_IN_FIELD(Tolerance.BLANK_LINE_IN_FIELD, "a line of blanks within a field"),
        /// Blanks before a field's colon (RFC 7103 §7.4).
        BLANK_BEFORE_COLON(Tolerance.BLANK_BEFORE_COLON, "blanks before a field's colon"),
        /// A field twice that may be there once.
        REPEATED_FIELD(Tolerance.REPEATED_FIELD, "a field is there twice"),
        /// Octets above 127 in a field that are no UTF-8.
        RAW_FIELD(Tolerance.RAW_FIELD, "a field has octets that are no UTF-8"),
        /// A Date that can't be read, or not by the RFC.
        BAD_DATE(Tolerance.DATE_FORM, "the date can't be read"),
        /// A Message-ID that is none.
        BAD_MESSAGE_ID(Tolerance.BROKEN_MESSAGE_ID, "the message-id is no message-id"),
        /// An address list with something else than addresses in it.
        BAD_ADDRESS(Tolerance.BROKEN_ADDRESS, "an address is no address"),
        /// Content fields, and no MIME-Version.
        NO_MIME_VERSION(Tolerance.NO_MIME_VERSION, "MIME without MIME-Version"),
        /// A multipart ended without its close-delimiter.
        UNTERMINATED_MULTIPART(Tolerance.UNTERMINATED_MULTIPART, "a multipart is not terminated"),
        /// A multipart without a boundary, or whose boundary never came: taken as text/plain.
        NO_BOUNDARY(Tolerance.NO_BOUNDARY, "a multipart has no boundary"),
        /// A boundary longer than [Structure#MAX_BOUNDARY]: taken as an opaque leaf.
        BOUNDARY_TOO_LONG("RFC 2046 §5.1.1", "a boundary is too long"),
        /// A Content-Type that can't be read: taken as text/plain.
        BAD_CONTENT_TYPE(Tolerance.BAD_CONTENT_TYPE, "a Content-Type can't be read"),
        /// A parameter twice: the first counts.
        REPEATED_PARAMETER("RFC 2045 §5.1", "a parameter is there twice"),
        /// A charset that we do not know.
        UNKNOWN_CHARSET(Tolerance.CHARSET_MISSING, "a charset is not known"),
        /// A transfer encoding that nobody knows: taken as octets.
        UNKNOWN_ENCODING("RFC 2045 §6.4", "a transfer encoding is not known"),
        /// A multipart that says base64 or quoted-printable: read as if it did not.
        ENCODED_MULTIPART(Tolerance.ENCODED_MULTIPART, "a multipart with a transfer encoding"),
        /// A message within the message that is in base64 or quoted-printable: taken as an opaque
        /// leaf.
        ENCODED_MESSAGE("RFC 2046 §5.2.1", "a message within is encoded"),
        /// Base64 with other octets in it, or without its padding.
        BASE64_DAMAGED(Tolerance.BASE64_GARBAGE, "base64 is damaged"),
        /// An `=` that is followed by what it must not be.
        QUOTED_PRINTABLE_DAMAGED(Tolerance.QUOTED_PRINTABLE_DAMAGE, "quoted-printable is damaged"),
        /// uuencode without its beginning or end, or with a line that is none.
        UUENCODE_DAMAGED(Tolerance.UUENCODE, "uuencode is damaged"),
        /// Deeper than [Structure#MAX_DEPTH]: taken as an opaque leaf.
        TOO_DEEP("RFC 2049 §2", "parts lie too deep"),
        /// More than [Structure#MAX_PARTS]: the last one holds what follows.
        TOO_MANY_PARTS("RFC 2049 §2", "too many parts"),
        /// A header section longer than [Structure#MAX_HEADER]: what is beyond was not read.
        HEADER_TOO_LARGE("RFC 5322 §2.1", "the header is too large"),
        /// A field longer than [Structure#MAX_FIELD]: what is beyond was not read.
        FIELD_TOO_LARGE("RFC 5322 §2.2", "a field is too large"),
        /// More than [Structure#MAX_FIELDS] in the header: the places of the rest were not kept.
        TOO_MANY_FIELDS("RFC 5322 §2.1", "too many fields"),
        /// More than [Structure#MAX_PARAMETERS] in a field: the rest was not kept.
        TOO_MANY_PARAMETERS("RFC 2045 §5.1", "too many parameters"),
        /// More than [Structure#MAX_ADDRESSES] in a field: the rest was not kept.
        TOO_MANY_ADDRESSES("RFC 5322 §3.4", "too many addresses"),
        /// A value longer than [Structure#MAX_VALUE]: cut there.
        VALUE_TOO_LONG("RFC 5322 §2.2", "a value is too long"),
        /// The parts' fields are more than [Structure#MAX_KEPT] in all: the rest was not kept.
        TOO_MUCH_TO_KEEP("RFC 5322 §2.1", "too much to keep");

        /// What allows it to be read nonetheless, or null where we did not.
        public final @Nullable Tolerance tolerance;

        /// The section that it does not keep to, or that says what becomes of it.
        public final String section;

        /// In a few words.
        public final String text;

        Kind(Tolerance tolerance, String text) {
            this.tolerance = tolerance;
            this.section = tolerance.section;
            this.text = text;
        }

        Kind(String section, String text) {
            this.tolerance = null;
            this.section = section;
            this.text = text;
        }
    }

    Oddity shifted(long by) {
        return new Oddity(kind, offset + by);
    }
}
