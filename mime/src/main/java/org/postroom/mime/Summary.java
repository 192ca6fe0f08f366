package org.postroom.mime;

import java.util.ArrayList;
import java.util.List;

/// All that a store keeps of a message's inside, so that it need not be read again: envelope, what
/// it is threaded and sorted by, structure, the beginning of its text, where its header fields stand,
/// what is odd about it.
///
/// Made by [Structure.Parser]. Its encoded form begins with [#PARSER_VERSION]; a row of another
/// version is made anew from the message.
///
/// @param size the message's octets
public record Summary(
        long size,
        Envelope envelope,
        Identification identification,
        BaseSubject baseSubject,
        Part root,
        String preview,
        List<FieldPlace> fields,
        List<Oddity> oddities) {

    /// Changes whenever the parser finds something else in the same octets, or the encoding changes.
    public static final int PARSER_VERSION = 2;

    public Summary {
        fields = List.copyOf(fields);
        oddities = List.copyOf(oddities);
    }

    static Summary of(
            long size,
            Envelope envelope,
            List<String> references,
            Part root,
            String preview,
            List<FieldPlace> fields,
            List<Oddity> oddities) {
        String subject = envelope.subject();
        return new Summary(
                size,
                envelope,
                Identification.of(envelope, references),
                subject == null ? BaseSubject.NONE : BaseSubject.of(subject),
                root,
                preview,
                fields,
                oddities);
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
                identification,
                baseSubject,
                root.prefixed(trace.length),
                preview,
                places,
                oddities.stream().map(oddity -> oddity.shifted(trace.length)).toList());
    }

    /// Whether there is something that a reader would offer to save (RFC 8621 §4.1.4): what is neither
    /// inline nor a text or picture that belongs to the message. Signatures do not count.
    public boolean hasAttachment() {
        return hasAttachment(List.of(root), "mixed");
    }

    // RFC 8621 §4.1.4: parseStructure, of which the attachments are the rest
    private static boolean hasAttachment(List<Part> parts, String multipart) {
        for (int i = 0; i < parts.size(); i++) {
            var part = parts.get(i);
            String subtype = part.type().subtype();
            if (part.isMultipart()) {
                if (hasAttachment(part.children(), subtype)) return true;
            } else if (!(multipart.equals("signed") && i > 0)
                    && isAttachment(part, multipart, i == 0)) return true;
        }
        return false;
    }

    private static boolean isAttachment(Part part, String multipart, boolean first) {
        var disposition = part.disposition();
        String shown = disposition == null ? "" : disposition.type();
        if (shown.equals("attachment") || shown.equals("inline")) return shown.equals("attachment");
        boolean text = part.type().is("text", "plain") || part.type().is("text", "html");
        boolean media =
                switch (part.type().type()) {
                    case "image", "audio", "video" -> true;
                    default -> false;
                };
        if (!text && !media) return true;
        return !first && (multipart.equals("related") || (text && part.fileName().isPresent()));
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
