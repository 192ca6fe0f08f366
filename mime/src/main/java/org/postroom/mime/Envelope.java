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
        return of(fields, new Oddities(), 0);
    }

    /// @param base where the section begins, for the oddities
    static Envelope of(Fields fields, Oddities oddities, long base) {
        var reader = new Reader(fields, oddities, base);
        var from = reader.addresses("From");
        return new Envelope(
                reader.text("Date"),
                reader.text("Subject"),
                from,
                reader.addressesOr("Sender", from),
                reader.addressesOr("Reply-To", from),
                reader.addresses("To"),
                reader.addresses("Cc"),
                reader.addresses("Bcc"),
                reader.text("In-Reply-To"),
                reader.text("Message-ID"));
    }

    private record Reader(Fields fields, Oddities oddities, long base) {

        @Nullable String text(String name) {
            var field = fields.first(name);
            return field.isPresent() ? Kept.cut(field.get(), oddities, base) : null;
        }

        List<Address> addresses(String name) {
            var addresses = new Addresses();
            for (var field : fields)
                if (field.name().equalsIgnoreCase(name) && !addresses.read(field.value()))
                    oddities.note(Oddity.Kind.TOO_MANY_ADDRESSES, base + field.offset());
            return addresses.list();
        }

        List<Address> addressesOr(String name, List<Address> otherwise) {
            var addresses = addresses(name);
            return addresses.isEmpty() ? otherwise : addresses;
        }
    }
}
