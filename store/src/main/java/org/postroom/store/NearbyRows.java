package org.postroom.store;

import org.jspecify.annotations.Nullable;
import org.postroom.store.engine.Row;
import org.postroom.store.engine.Rows;

import java.util.Arrays;
import java.util.List;

/// Many rows of one kind, asked for one after the other: the emails of a mailbox, the nodes of a
/// directory. They lie side by side as a rule, and are read by the page then: a row of a scan costs a
/// tenth of one that is looked up.
final class NearbyRows {

    private static final int PAGE = 32;

    private final Rows rows;
    private final KeyRange kind;
    private List<Row> page = List.of();
    private int at;
    private int hits = PAGE;

    /// @param kind all that there are
    NearbyRows(Rows rows, KeyRange kind) {
        this.rows = rows;
        this.kind = kind;
    }

    byte @Nullable [] get(byte[] key) {
        while (at < page.size() && Arrays.compareUnsigned(page.get(at).key(), key) < 0) at++;
        if (at == page.size() && hits > PAGE / 4) turn(key);
        if (at == page.size() || !Arrays.equals(page.get(at).key(), key)) return rows.get(key);
        hits++;
        return page.get(at++).value();
    }

    private void turn(byte[] key) {
        page = rows.scan(key, kind.to(), PAGE).rows();
        at = 0;
        hits = 0;
    }
}
