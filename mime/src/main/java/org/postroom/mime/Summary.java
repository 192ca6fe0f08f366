package org.postroom.mime;

import java.util.ArrayList;
import java.util.List;

/// All that a store keeps of a message's inside, so that it need not be read again: envelope,
/// structure, the beginning of its text, where its header fields stand, what is odd about it.
///
/// Made by [Structure.Parser]. Its encoded form begins with [#PARSER_VERSION]; a row of another
/// version is made anew from the message.
///
/// @param size the message's octets
public record Summary(
        long size,
        Envelope envelope,
        Part root,
        String preview,
        List<FieldPlace> fields,
        List<Oddity> oddities) {

    /// Changes whenever the parser finds something else in the same octets, or the encoding changes.
    public static final int PARSER_VERSION = 1;

    public Summary {
        fields = List.copyOf(fields);
        oddities = List.copyOf(oddities);
    }

    /// This message with header fields put before it: its header section begins at 0 and includes
    /// them, and every other offset moves by their length.
    ///
    /// @param trace whole fields with their line ends, as [Trace] composes them
    public Summary prefixed(byte[] trace) {
        var places = new ArrayList<FieldPlace>();
        for (var field : Fields.of(trace))
            places.add(new FieldPlace(field.name(), field.offset(), field.length()));
        fields.forEach(place -> places.add(place.shifted(trace.length)));
        return new Summary(
                size + trace.length,
                envelope,
                root.prefixed(trace.length),
                preview,
                places,
                oddities.stream().map(oddity -> oddity.shifted(trace.length)).toList());
    }

    /// Whether the message has a part that calls itself an attachment (RFC 2183 §2.2).
    public boolean hasAttachment() {
        return hasAttachment(root);
    }

    private static boolean hasAttachment(Part part) {
        var disposition = part.disposition();
        if (disposition != null && disposition.type().equals("attachment")) return true;
        return part.isMultipart() && part.children().stream().anyMatch(Summary::hasAttachment);
    }

    /// A compact form that [#decode] reads: the version in one octet, then variable-length numbers
    /// and counted strings.
    public byte[] encode() {
        var out = new SummaryWriter();
        out.summary(this);
        return out.toByteArray();
    }

    /// @throws IllegalArgumentException if this is not what [#encode] of this version wrote
    public static Summary decode(byte[] row) {
        return new SummaryReader(row).summary();
    }

    /// The envelope alone.
    ///
    /// @throws IllegalArgumentException if the row is not what [#encode] of this version wrote
    public static Envelope envelope(byte[] row) {
        return new SummaryReader(row).envelopeAlone();
    }

    /// Whether a row was encoded by this version; another one is to be made anew.
    public static boolean isCurrent(byte[] row) {
        return row.length > 0 && row[0] == PARSER_VERSION;
    }
}
