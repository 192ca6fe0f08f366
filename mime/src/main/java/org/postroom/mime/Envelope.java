package org.postroom.mime;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What IMAP's ENVELOPE tells of a message (RFC 9051 §7.5.2, RFC 3501 §7.4.2), read from its header
/// section. Text is octets as ISO 8859-1, unfolded; encoded words stay encoded. A null is a field
/// that is absent, an empty list one that is absent or empty; `sender` and `replyTo` then are
/// `from`, as the section wants.
///
/// Of a field that is there twice, the addresses are put together (RFC 7103 §7.5.1) and the first
/// text counts.
public record Envelope(
        @Nullable String date,
        @Nullable String subject,
        List<Address> from,
        List<Address> sender,
        List<Address> replyTo,
        List<Address> to,
        List<Address> cc,
        List<Address> bcc,
        @Nullable String inReplyTo,
        @Nullable String messageId) {

    /// Of a message that has no header section.
    public static final Envelope NONE =
            new Envelope(
                    null, null, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
                    null, null);

    public Envelope {
        from = List.copyOf(from);
        sender = List.copyOf(sender);
        replyTo = List.copyOf(replyTo);
        to = List.copyOf(to);
        cc = List.copyOf(cc);
        bcc = List.copyOf(bcc);
    }

    public static Envelope of(Fields fields) {
        return HeaderSection.of(fields).envelope();
    }
}
