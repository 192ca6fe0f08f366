package org.postroom.imap;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Messages by sequence number or UID, in ranges as they were written. `*` is the largest in use,
/// whatever that is when the set is resolved.
public record SequenceSet(List<Range> ranges) {

    /// `*`, larger than any number.
    public static final long STAR = 1L << 32;

    /// `$`: what the last SEARCH with SAVE found (RFC 5182 §2).
    public static final SequenceSet SAVED = new SequenceSet(List.of());

    /// Both ends included, the smaller first; RFC 3501 §9: 2:4 and 4:2 are equivalent.
    public record Range(long first, long last) {
        public Range {
            if (first < 1 || first > last || last > STAR)
                throw new IllegalArgumentException(first + ":" + last);
        }

        static Range of(long one, long other) {
            return new Range(Math.min(one, other), Math.max(one, other));
        }
    }

    public SequenceSet {
        ranges = List.copyOf(ranges);
    }

    public static SequenceSet of(long number) {
        return new SequenceSet(List.of(new Range(number, number)));
    }

    /// Whether it is `$`, which only the session can resolve.
    public boolean isSaved() {
        return ranges.isEmpty();
    }

    /// Ascending ranges that neither touch nor overlap, `*` being `largest`. RFC 3501 §9: `3291:*`
    /// names the last message even if its UID is less (TRAPS T27). Nothing when nothing is there.
    public List<Range> resolve(long largest) {
        if (largest < 1 || isSaved()) return List.of();
        var sorted = new ArrayList<Range>(ranges.size());
        for (var range : ranges)
            sorted.add(
                    Range.of(
                            range.first == STAR ? largest : range.first,
                            range.last == STAR ? largest : range.last));
        sorted.sort(Comparator.comparingLong(Range::first));
        var merged = new ArrayList<Range>();
        var current = sorted.get(0);
        for (var range : sorted.subList(1, sorted.size()))
            if (range.first <= current.last + 1)
                current = new Range(current.first, Math.max(current.last, range.last));
            else {
                merged.add(current);
                current = range;
            }
        merged.add(current);
        return merged;
    }

    /// The largest number that is written, or 0 when there are only stars.
    public long largestNamed() {
        long largest = 0;
        for (var range : ranges) {
            if (range.first != STAR) largest = Math.max(largest, range.first);
            if (range.last != STAR) largest = Math.max(largest, range.last);
        }
        return largest;
    }

    /// RFC 3501 §9: sequence-set
    @Override
    public String toString() {
        if (isSaved()) return "$";
        var text = new StringBuilder();
        for (var range : ranges) {
            if (!text.isEmpty()) text.append(',');
            number(text, range.first);
            if (range.last != range.first) number(text.append(':'), range.last);
        }
        return text.toString();
    }

    private static void number(StringBuilder text, long number) {
        if (number == STAR) text.append('*');
        else text.append(number);
    }
}
