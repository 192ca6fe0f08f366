package org.postroom.mime;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What a summary keeps of the parts' fields is bounded, each value and all together: a message of
/// ten thousand parts with a header section of a megabyte each must not cost ten gigabytes. What is
/// beyond the bounds is not kept, and an oddity says so.
final class Kept {

    private static final int OBJECT = 16; // what a string or an address costs besides its text

    private final Oddities oddities;
    private long left = Structure.MAX_KEPT;

    Kept(Oddities oddities) {
        this.oddities = oddities;
    }

    @Nullable String keep(@Nullable String value, long offset) {
        return value == null || take(OBJECT + value.length(), offset) ? value : null;
    }

    List<String> ids(List<String> ids, long offset) {
        long cost = 0;
        for (var id : ids) cost += OBJECT + id.length();
        return take(cost, offset) ? ids : List.of();
    }

    List<Parameter> keep(List<Parameter> parameters, long offset) {
        long cost = 0;
        for (var parameter : parameters)
            cost += 2 * OBJECT + parameter.name().length() + parameter.value().length();
        return take(cost, offset) ? parameters : List.of();
    }

    Envelope keep(Envelope envelope, long offset) {
        long cost = OBJECT;
        cost += cost(envelope.date()) + cost(envelope.subject());
        cost += cost(envelope.inReplyTo()) + cost(envelope.messageId());
        cost += cost(envelope.from()) + cost(envelope.sender()) + cost(envelope.replyTo());
        cost += cost(envelope.to()) + cost(envelope.cc()) + cost(envelope.bcc());
        return take(cost, offset) ? envelope : Envelope.NONE;
    }

    /// Whether a place for a field of this name may be kept.
    boolean keepPlace(String name, long offset) {
        return take(2 * OBJECT + name.length(), offset);
    }

    private boolean take(long cost, long offset) {
        if (cost > left) {
            oddities.note(Oddity.Kind.TOO_MUCH_TO_KEEP, offset);
            return false;
        }
        left -= cost;
        return true;
    }

    private static long cost(@Nullable String text) {
        return text == null ? 0 : OBJECT + text.length();
    }

    private static long cost(List<Address> addresses) {
        long cost = 0;
        for (var address : addresses)
            cost +=
                    OBJECT
                            + cost(address.name())
                            + cost(address.route())
                            + cost(address.mailbox())
                            + cost(address.host());
        return cost;
    }
}
