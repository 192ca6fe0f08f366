package org.postroom.mime;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// A header section while it passes by, field by field: of those that a summary is made of it keeps
/// the value, of all others nothing. Memory is bounded by what one field may be ([Known.Form]).
final class HeaderSection {

    /// What a field said that is there.
    ///
    /// @param value unfolded, of address lists nothing
    private record Said(long offset, String value, Addresses addresses) {}

    private static final Addresses NONE = new Addresses();

    /// A field's octets as they come; one for all sections, since one is read at a time.
    static final class Buffer {

        private static final int LEAST = 256;
        private static final int KEPT = 64 << 10;

        private byte[] octets = new byte[LEAST];
        private int length;

        /// False if some had to be left out.
        boolean add(byte[] b, int from, int to, int limit) {
            int count = Math.min(to - from, limit - length);
            if (count > octets.length - length)
                octets =
                        Arrays.copyOf(
                                octets, Math.min(limit, Math.max(2 * length, length + count)));
            System.arraycopy(b, from, octets, length, count);
            length += count;
            return count == to - from;
        }

        void clear() {
            length = 0;
            if (octets.length > KEPT) octets = new byte[LEAST];
        }
    }

    private final long offset;
    private final boolean ofMessage; // not of a part in a multipart
    private final @Nullable Places places;
    private final Oddities oddities;
    private final Buffer buffer;

    private final Map<Known, Said> said = new EnumMap<>(Known.class);

    // The field being read.
    private boolean hasField;
    private @Nullable String name;
    private @Nullable Known known;
    private long start;
    private int skip; // octets before the value

    /// @param places where the places of all fields are kept, or null
    HeaderSection(
            long offset,
            boolean ofMessage,
            @Nullable Places places,
            Oddities oddities,
            Buffer buffer) {
        this.offset = offset;
        this.ofMessage = ofMessage;
        this.places = places;
        this.oddities = oddities;
        this.buffer = buffer;
    }

    /// Of a section that is at hand.
    static HeaderSection of(Fields fields) {
        var section = new HeaderSection(0, true, null, new Oddities(), new Buffer());
        for (var field : fields) {
            byte[] name = field.name().getBytes(StandardCharsets.ISO_8859_1);
            section.known = Known.of(name, 0, name.length);
            section.start = field.offset();
            if (section.known != null) section.take(section.known, field.value());
        }
        return section;
    }

    long offset() {
        return offset;
    }

    boolean hasField() {
        return hasField;
    }

    /// A line that begins a field: its colon stands at `colon`.
    void field(byte[] b, int from, int colon, long at) {
        endField(at);
        hasField = true;
        start = at;
        if (at - offset >= Structure.MAX_HEADER) {
            oddities.note(Oddity.Kind.HEADER_TOO_LARGE, at);
            return;
        }
        int end = colon;
        while (b[end - 1] == ' ' || b[end - 1] == '\t') end--; // RFC 7103 §7.4
        if (end < colon) oddities.note(Oddity.Kind.BLANK_BEFORE_COLON, at + end - from);
        if (places != null) name = FieldNames.of(b, from, end);
        known = Known.of(b, from, end);
        if (known != null && !ofMessage && known.isOfMessages()) known = null;
        if (known != null && said.containsKey(known)) {
            oddities.note(Oddity.Kind.REPEATED_FIELD, at);
            if (known.form != Known.Form.ADDRESSES) known = null;
        }
        skip = colon + 1 - from;
    }

    /// Octets of the field that began.
    void add(byte[] b, int from, int to) {
        if (known == null) return;
        int start = from;
        if (skip > 0) {
            start += Math.min(skip, to - from);
            skip -= start - from;
        }
        if (!buffer.add(b, start, to, known.form.limit)) {
            oddities.note(
                    known.form == Known.Form.ADDRESSES
                            ? Oddity.Kind.FIELD_TOO_LARGE
                            : Oddity.Kind.VALUE_TOO_LONG,
                    this.start);
        }
    }

    /// The field that was being read, if any, ends before `at`.
    void endField(long at) {
        if (name != null && places != null) places.add(name, start, at - start);
        if (known != null) take(known, value(buffer));
        buffer.clear();
        name = null;
        known = null;
    }

    /// The value unfolded and trimmed, as [Field#value] has it.
    private String value(Buffer raw) {
        byte[] b = raw.octets;
        int to = 0;
        byte all = 0;
        for (int i = 0; i < raw.length; i++) {
            byte c = b[i];
            all |= c;
            if (c != '\r' && c != '\n' && c != 0 && (to > 0 || (c != ' ' && c != '\t')))
                b[to++] = c;
        }
        while (to > 0 && (b[to - 1] == ' ' || b[to - 1] == '\t')) to--;
        if (all < 0 && !isUtf8(b, to)) oddities.note(Oddity.Kind.RAW_FIELD, start);
        return new String(b, 0, to, StandardCharsets.ISO_8859_1);
    }

    private static boolean isUtf8(byte[] b, int length) { // RFC 6532 §3.1
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(b, 0, length));
            return true;
        } catch (CharacterCodingException other) {
            return false;
        }
    }

    private void take(Known known, String value) {
        var before = said.get(known);
        if (known.form == Known.Form.ADDRESSES) {
            var addresses = before == null ? new Addresses() : before.addresses;
            read(addresses, value);
            if (before == null) said.put(known, new Said(start, "", addresses));
        } else if (before == null)
            said.put(
                    known,
                    new Said(start, known.form == Known.Form.TEXT ? cut(value) : value, NONE));
    }

    private String cut(String value) {
        if (value.length() <= Structure.MAX_VALUE) return value;
        oddities.note(Oddity.Kind.VALUE_TOO_LONG, start);
        return value.substring(0, Structure.MAX_VALUE);
    }

    private void read(Addresses addresses, String value) {
        if (!addresses.read(value)) oddities.note(Oddity.Kind.TOO_MANY_ADDRESSES, start);
        if (addresses.odd()) oddities.note(Oddity.Kind.BAD_ADDRESS, start);
    }

    /// A field's value as octets, or null.
    @Nullable String value(Known known) {
        var found = said.get(known);
        return found == null ? null : found.value;
    }

    /// Where in the message a field begins; 0 if it is not there.
    long offset(Known known) {
        var found = said.get(known);
        return found == null ? 0 : found.offset;
    }

    List<Address> addresses(Known known) {
        var found = said.get(known);
        return found == null ? List.of() : found.addresses.list();
    }

    private List<Address> addressesOr(Known known, List<Address> otherwise) {
        var all = addresses(known);
        return all.isEmpty() ? otherwise : all;
    }

    // RFC 9051 §7.5.2: sender and reply-to are from where they are absent or empty
    Envelope envelope() {
        var from = addresses(Known.FROM);
        return new Envelope(
                value(Known.DATE),
                value(Known.SUBJECT),
                from,
                addressesOr(Known.SENDER, from),
                addressesOr(Known.REPLY_TO, from),
                addresses(Known.TO),
                addresses(Known.CC),
                addresses(Known.BCC),
                value(Known.IN_REPLY_TO),
                value(Known.MESSAGE_ID));
    }
}
