package org.postroom.mime;

import org.jspecify.annotations.Nullable;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Reads what [SummaryWriter] wrote. A row that it did not write, or that is damaged, is an
/// IllegalArgumentException, whatever is in it.
final class SummaryReader {

    private final byte[] row;
    private int at;
    private int depth;

    SummaryReader(byte[] row) {
        this.row = row;
    }

    Summary summary() {
        if (!Summary.isCurrent(row)) throw damaged();
        at++;
        long size = number();
        var envelope = envelope();
        var summary =
                new Summary(
                        size,
                        envelope,
                        Identification.of(envelope, list(() -> present(string()))),
                        new BaseSubject(present(string(StandardCharsets.UTF_8)), number() != 0),
                        part(0),
                        present(string(StandardCharsets.UTF_8)),
                        list(this::place),
                        list(this::oddity));
        if (at != row.length) throw damaged();
        return summary;
    }

    /// It stands before all else but the size.
    Envelope envelopeAlone() {
        if (!Summary.isCurrent(row)) throw damaged();
        at++;
        number();
        return envelope();
    }

    private FieldPlace place() {
        return new FieldPlace(present(string()), number(), count());
    }

    private Oddity oddity() {
        String name = present(string());
        for (var kind : Oddity.Kind.values())
            if (kind.name().equals(name)) return new Oddity(kind, number());
        throw damaged();
    }

    private Part part(long base) {
        if (++depth > Structure.MAX_DEPTH) throw damaged();
        long offset = base + number();
        var header = new Span(offset, number());
        var part =
                new Part(
                        header,
                        new Span(header.end(), number()),
                        number(),
                        new MediaType(present(string()), present(string()), list(this::parameter)),
                        string(),
                        string(),
                        string(),
                        string(),
                        disposition(string()),
                        list(() -> present(string())),
                        string(),
                        number() == 0 ? null : envelope(),
                        list(() -> part(offset)));
        depth--;
        return part;
    }

    private @Nullable Disposition disposition(@Nullable String type) {
        return type == null ? null : new Disposition(type, list(this::parameter));
    }

    private Parameter parameter() {
        return new Parameter(present(string()), present(string()));
    }

    private Envelope envelope() {
        String date = string();
        String subject = string();
        var from = list(this::address);
        var sender = list(this::address);
        var replyTo = list(this::address);
        return new Envelope(
                date,
                subject,
                from,
                sender.isEmpty() ? from : sender,
                replyTo.isEmpty() ? from : replyTo,
                list(this::address),
                list(this::address),
                list(this::address),
                string(),
                string());
    }

    private Address address() {
        return new Address(string(), string(), string(), string());
    }

    private <T> List<T> list(Supplier<T> each) {
        int count = count();
        if (count > row.length - at) throw damaged(); // a member takes an octet at least
        var list = new ArrayList<T>(count);
        for (int i = 0; i < count; i++) list.add(each.get());
        return list;
    }

    private @Nullable String string() {
        return string(StandardCharsets.ISO_8859_1);
    }

    private @Nullable String string(Charset charset) {
        int length = count() - 1;
        if (length < 0) return null;
        if (length > row.length - at) throw damaged();
        at += length;
        return new String(row, at - length, length, charset);
    }

    private static String present(@Nullable String text) {
        if (text == null) throw damaged();
        return text;
    }

    private int count() {
        long number = number();
        if (number > Integer.MAX_VALUE) throw damaged();
        return (int) number;
    }

    private long number() {
        long number = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            if (at == row.length) throw damaged();
            byte octet = row[at++];
            number |= (octet & 0x7FL) << shift;
            if (octet >= 0) return number;
        }
        throw damaged();
    }

    private static IllegalArgumentException damaged() {
        return new IllegalArgumentException("not a summary of version " + Summary.PARSER_VERSION);
    }
}
