package org.postroom.mime;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// The identification fields (RFC 5322 §3.6.4), read: by them messages are threaded. Ids are without
/// brackets, as [MessageIds] has them, octets as ISO 8859-1.
public record Identification(
        @Nullable String messageId, List<String> inReplyTo, List<String> references) {

    public Identification {
        inReplyTo = List.copyOf(inReplyTo);
        references = List.copyOf(references);
    }

    static Identification of(Envelope envelope, List<String> references) {
        var ids = ids(envelope.messageId());
        return new Identification(
                ids.isEmpty() ? null : ids.getFirst(), ids(envelope.inReplyTo()), references);
    }

    private static List<String> ids(@Nullable String value) {
        return value == null ? List.of() : MessageIds.parse(value);
    }

    /// The ids of those above this message, the parent last.
    // RFC 5256 §3: References, else the first id of In-Reply-To
    public List<String> ancestors() {
        if (!references.isEmpty() || inReplyTo.isEmpty()) return references;
        return inReplyTo.subList(0, 1);
    }
}
