package org.postroom.http;

import java.util.Optional;
import java.util.regex.Pattern;

/// Which part of a content a PUT brings (RFC 9110 §14.4, §14.5).
///
/// @param first of the octets that come
/// @param last of them
/// @param size of the whole, or -1 where it is not known yet
public record ContentRange(long first, long last, long size) {

    // RFC 9110 §14.4: Content-Range = range-unit SP ( range-resp / unsatisfied-range )
    private static final Pattern FORM =
            Pattern.compile("bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18}|\\*)");

    /// Nothing where it makes no sense.
    public static Optional<ContentRange> of(String value) {
        var found = FORM.matcher(value.strip());
        if (!found.matches()) return Optional.empty();
        long first = Long.parseLong(found.group(1));
        long last = Long.parseLong(found.group(2));
        long size = found.group(3).equals("*") ? -1 : Long.parseLong(found.group(3));
        return last < first || (size >= 0 && last >= size)
                ? Optional.empty()
                : Optional.of(new ContentRange(first, last, size));
    }

    public long length() {
        return last - first + 1;
    }

    /// Whether nothing comes behind it.
    public boolean isEnd() {
        return last + 1 == size;
    }
}
