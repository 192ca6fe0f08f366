package org.postroom.mime;

/// What is read although the RFC would have it otherwise, each for the programs that write it so.
/// Reading is total, so all are on, everywhere; nothing of this is ever written. Where a message
/// makes use of one, an [Oddity] says so if it could matter to a filter or a reader.
public enum Tolerance {

    // The message

    /// Lines that end in LF alone: files of Unix programs, and what APPEND and old stores hold.
    BARE_LF("RFC 5322 §2.3"),
    /// A CR alone is an octet like others, and ends no line: broken gateways write it.
    BARE_CR("RFC 5322 §2.3"),
    /// NUL is an octet like others, and left out of header values: broken scanners and UTF-16 files.
    NUL("RFC 5322 §2.2"),
    /// Lines beyond 998 octets: HTML without line ends (RFC 7103 §9.1).
    LONG_LINE("RFC 5322 §2.1.1"),
    /// A From_ line where a header begins, also one that was quoted: mailboxes of Unix, piped.
    FROM_LINE("RFC 5322 §2.2"),
    /// No empty line before the body: a letter typed by hand, and a textbook's (RFC 7103 §7.2).
    NO_BLANK_LINE("RFC 5322 §2.1"),

    // Header fields

    /// A line of blanks within a field (RFC 7103 §7.3): folding by programs that know columns only.
    BLANK_LINE_IN_FIELD("RFC 5322 §3.2.2"),
    /// A line that begins with a blank where a header begins: passed over. Programs that lost a line.
    FOLDED_FIRST_LINE("RFC 5322 §2.2"),
    /// Blanks between a name and its colon (RFC 7103 §7.4), as RFC 822 allowed.
    BLANK_BEFORE_COLON("RFC 5322 §2.2"),
    /// Fields twice that may be there once: addresses are put together, of all others the first counts
    /// (RFC 7103 §7.5.1). Careless programs, and forgers.
    REPEATED_FIELD("RFC 5322 §3.6"),
    /// Octets above 127 that are no UTF-8 (RFC 7103 §7.7): read as windows-1252. Old webmail.
    RAW_FIELD("RFC 6532 §3.1"),
    /// Encoded words within quoted strings and joined to other text; blanks and question marks in
    /// them: Outlook, and many who encode by hand.
    WORDS_ANYWHERE("RFC 2047 §5"),
    /// Dates without zone, time or day's name, in asctime's order or ISO 8601's, with dots for colons:
    /// scripts, and programs of the last century.
    DATE_FORM("RFC 5322 §3.3"),
    /// Ids without brackets, with one of them, with blanks inside: scripts, Exchange.
    BROKEN_MESSAGE_ID("RFC 5322 §3.6.4"),
    /// Addresses with brackets, quotes or comments that are not balanced, semicolons for commas, names
    /// without an address (RFC 7103 §7.1): people, forms on pages, and a textbook.
    BROKEN_ADDRESS("RFC 5322 §3.4"),

    // Parts

    /// Content fields without MIME-Version, or with another than 1.0 (RFC 7103 §8.1): everybody; a
    /// textbook's figure has 1.1.
    NO_MIME_VERSION("RFC 2045 §4"),
    /// A Content-Type that can't be read is text/plain: `Content-Type: text`, of the years before
    /// MIME.
    BAD_CONTENT_TYPE("RFC 2045 §5.1"),
    /// A disposition in quotes, or parameters without one: they are an attachment's.
    BAD_DISPOSITION("RFC 2183 §2"),
    /// Parameter values with blanks, brackets and slashes without quotes: names of files.
    UNQUOTED_PARAMETER("RFC 2045 §5.1"),
    /// Encoded words in parameters: Outlook and Gmail name files so.
    WORDS_IN_PARAMETER("RFC 2047 §5"),
    /// Octets above 127 in parameters: UTF-8 if they are, else windows-1252.
    RAW_PARAMETER("RFC 2045 §5.1"),
    /// A boundary that never comes, or none: the body is text.
    NO_BOUNDARY("RFC 2046 §5.1.1"),
    /// A multipart without its last delimiter: messages that were cut.
    UNTERMINATED_MULTIPART("RFC 2046 §5.1.1"),
    /// A multipart that says base64 or quoted-printable: it is read as if it did not, which is what
    /// such programs mean.
    ENCODED_MULTIPART("RFC 2045 §6.4"),
    /// uuencode as a transfer encoding: programs older than base64.
    UUENCODE("RFC 2045 §6.1"),

    // Bodies

    /// Octets outside the alphabet: lists put their lines below attachments (RFC 7103 §8.2).
    BASE64_GARBAGE("RFC 2045 §6.8"),
    /// Padding left out, or in the middle: texts that were encoded piece by piece.
    BASE64_PADDING("RFC 2045 §6.8"),
    /// An `=` that stands for itself, digits in lower case, blanks after a soft line break: those who
    /// encode by hand, and gateways.
    QUOTED_PRINTABLE_DAMAGE("RFC 2045 §6.7"),
    /// Text without a charset, or of one that nobody knows, or octets above 127 in ASCII: UTF-8 if it
    /// is that, else windows-1252 (RFC 7103 §7.6).
    CHARSET_MISSING("RFC 2045 §5.2"),
    /// windows-1252 called ISO 8859-1, and a dozen more of that kind: Windows programs.
    CHARSET_MEANT("RFC 2046 §4.1.2");

    /// The section that it bends.
    public final String section;

    Tolerance(String section) {
        this.section = section;
    }
}
