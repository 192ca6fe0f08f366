package org.postroom.mime;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/// Writes a [Summary]; [SummaryReader] reads it in the same order. Numbers are in groups of seven
/// bits, the lowest first; a string is its length and one, or 0 for null, and its octets. Offsets of
/// parts count from the parent's.
final class SummaryWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);

    byte[] toByteArray() {
        return out.toByteArray();
    }

    void summary(Summary summary) {
        out.write(Summary.PARSER_VERSION);
        number(summary.size());
        envelope(summary.envelope());
        list(summary.identification().references(), this::string);
        octets(summary.baseSubject().text().getBytes(StandardCharsets.UTF_8));
        number(summary.baseSubject().reply() ? 1 : 0);
        part(summary.root(), 0);
        octets(summary.preview().getBytes(StandardCharsets.UTF_8));
        list(summary.fields(), this::place);
        list(summary.oddities(), this::oddity);
    }

    private void place(FieldPlace place) {
        string(place.name());
        number(place.offset());
        number(place.length());
    }

    private void oddity(Oddity oddity) {
        string(oddity.kind().name());
        number(oddity.offset());
    }

    private void part(Part part, long base) {
        number(part.header().offset() - base);
        number(part.header().length());
        number(part.body().length());
        number(part.lines());
        string(part.type().type());
        string(part.type().subtype());
        list(part.type().parameters(), this::parameter);
        string(part.id());
        string(part.description());
        string(part.encoding());
        string(part.md5());
        var disposition = part.disposition();
        string(disposition == null ? null : disposition.type());
        if (disposition != null) list(disposition.parameters(), this::parameter);
        list(part.languages(), this::string);
        string(part.location());
        var envelope = part.envelope();
        number(envelope == null ? 0 : 1);
        if (envelope != null) envelope(envelope);
        list(part.children(), child -> part(child, part.header().offset()));
    }

    private void parameter(Parameter parameter) {
        string(parameter.name());
        string(parameter.value());
    }

    private void envelope(Envelope envelope) {
        string(envelope.date());
        string(envelope.subject());
        list(envelope.from(), this::address);
        list(unless(envelope.sender(), envelope.from()), this::address);
        list(unless(envelope.replyTo(), envelope.from()), this::address);
        list(envelope.to(), this::address);
        list(envelope.cc(), this::address);
        list(envelope.bcc(), this::address);
        string(envelope.inReplyTo());
        string(envelope.messageId());
    }

    /// Sender and Reply-To are mostly From again: then they are written as nothing.
    private static List<Address> unless(List<Address> addresses, List<Address> from) {
        return addresses.equals(from) ? List.of() : addresses;
    }

    private void address(Address address) {
        string(address.name());
        string(address.route());
        string(address.mailbox());
        string(address.host());
    }

    private <T> void list(List<T> list, Consumer<T> each) {
        number(list.size());
        list.forEach(each);
    }

    private void string(@Nullable String text) {
        if (text == null) number(0);
        else octets(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void octets(byte[] octets) {
        number(octets.length + 1L);
        out.writeBytes(octets);
    }

    private void number(long number) {
        while (number > 0x7F) {
            out.write((int) ((number & 0x7F) | 0x80));
            number >>>= 7;
        }
        out.write((int) number);
    }
}
