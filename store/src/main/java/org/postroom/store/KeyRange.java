package org.postroom.store;

import org.postroom.store.engine.Page;
import org.postroom.store.engine.Row;
import org.postroom.store.engine.Rows;

import java.util.Arrays;

/// The keys from one up to and without another.
@SuppressWarnings("ArrayRecordComponent") // never compared
public record KeyRange(byte[] from, byte[] to) {

    private static final int PAGE = 1_000;

    /// What is done with a row.
    public interface Each<X extends Exception> {
        void row(Row row) throws X;
    }

    /// All keys that begin so.
    public static KeyRange of(byte[] prefix) {
        return new KeyRange(prefix, behind(prefix));
    }

    /// The least key that is greater than all that begin so; empty when there is none.
    private static byte[] behind(byte[] prefix) {
        for (int i = prefix.length; i-- > 0; )
            if (prefix[i] != (byte) 0xFF) {
                byte[] next = Arrays.copyOf(prefix, i + 1);
                next[i]++;
                return next;
            }
        return new byte[0];
    }

    /// The least key greater than this one.
    public static byte[] after(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    public KeyRange startingAt(byte[] key) {
        return new KeyRange(key, to);
    }

    public KeyRange startingAfter(byte[] key) {
        return new KeyRange(after(key), to);
    }

    public boolean isEmpty(Rows rows) {
        return rows.scan(from, to, 1).rows().isEmpty();
    }

    /// All rows in order, fetched in pages; the range may change meanwhile only behind the row at hand.
    public <X extends Exception> void each(Rows rows, Each<X> each) throws X {
        byte[] next = from;
        Page page;
        do {
            page = rows.scan(next, to, PAGE);
            for (var row : page.rows()) each.row(row);
            if (page.more()) next = after(page.rows().getLast().key());
        } while (page.more());
    }
}
