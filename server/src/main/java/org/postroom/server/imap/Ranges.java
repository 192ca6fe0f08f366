package org.postroom.server.imap;

import org.postroom.imap.SequenceSet;
import org.postroom.server.Slices;
import org.postroom.store.Uids;

import java.util.ArrayList;
import java.util.function.IntUnaryOperator;

/// Numbers as ranges, as short as can be said.
final class Ranges {

    private Ranges() {}

    static SequenceSet of(Uids uids, Slices.Share share) {
        return share.run(_ -> of(uids.size(), uids::get));
    }

    /// So many numbers in this order; those that follow each other become a range.
    static SequenceSet of(int count, IntUnaryOperator number) {
        var ranges = new ArrayList<SequenceSet.Range>();
        for (int i = 0; i < count; ) {
            int first = number.applyAsInt(i);
            int last = first;
            while (++i < count && number.applyAsInt(i) == last + 1) last++;
            ranges.add(new SequenceSet.Range(first, last));
        }
        return new SequenceSet(ranges);
    }
}
