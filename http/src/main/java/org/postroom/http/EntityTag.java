package org.postroom.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A name for one content of a resource (RFC 9110 §8.8.3).
///
/// @param opaque what stands between the quotes
public record EntityTag(boolean weak, String opaque) {

    private static final int MOST = 100; // in a field

    /// One that changes with each octet.
    public static EntityTag strong(String opaque) {
        return new EntityTag(false, opaque);
    }

    /// Whether both name the same content, octet for octet (RFC 9110 §8.8.3.2).
    public boolean isStrongly(EntityTag other) {
        return !weak && !other.weak && opaque.equals(other.opaque);
    }

    /// Whether one will do where the other is wanted (RFC 9110 §8.8.3.2).
    public boolean isWeakly(EntityTag other) {
        return opaque.equals(other.opaque);
    }

    /// A field's value: the tags of a list; nothing where it makes no sense.
    // RFC 9110 §8.8.3: entity-tag = [ weak ] opaque-tag ; opaque-tag = DQUOTE *etagc DQUOTE
    static Optional<List<EntityTag>> list(String value) {
        var tags = new ArrayList<EntityTag>();
        int at = 0;
        while (at < value.length()) {
            char c = value.charAt(at);
            if (c == ' ' || c == '\t' || c == ',') {
                at++;
                continue;
            }
            boolean weak = value.startsWith("W/", at);
            int open = weak ? at + 2 : at;
            int close = value.indexOf('"', open + 1);
            if (open >= value.length() || value.charAt(open) != '"' || close < 0)
                return Optional.empty();
            if (tags.size() == MOST) return Optional.empty();
            tags.add(new EntityTag(weak, value.substring(open + 1, close)));
            at = close + 1;
        }
        return tags.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(tags));
    }

    /// One tag and nothing else.
    public static Optional<EntityTag> of(String value) {
        return list(value.strip()).filter(tags -> tags.size() == 1).map(List::getFirst);
    }

    @Override
    public String toString() {
        return (weak ? "W/\"" : "\"") + opaque + '"';
    }
}
