package org.postroom.server.imap;

import org.postroom.imap.SequenceSet;
import org.postroom.server.Slices;
import org.postroom.store.Uids;

import java.util.ArrayList;

/// UIDs as ranges, as short as can be said.
final class Ranges {

    private Ranges() {}

    static SequenceSet of(Uids uids, Slices.Share share) {
        return share.run(_ -> {
            var ranges = new ArrayList<SequenceSet.Range>();
            for (int i = 0; i < uids.size(); ) {
                int first = uids.get(i);
                int last = first;
                while (++i < uids.size() && uids.get(i) == last + 1) last++;
                ranges.add(new SequenceSet.Range(first, last));
            }
            return new SequenceSet(ranges);
        });
    }
}
