package org.postroom.store;

import org.postroom.store.Refused.Reason;

import java.util.ArrayList;
import java.util.List;

/// Row `D` email8: where an email lies. It counts in the quota while it lies anywhere.
///
/// Layout 2: gone8 (when its last place went, milliseconds; 0 while it has one) size8 thread8
/// (mailbox4 uid4)*.
/// Copies take no quota and each change of a place writes the row anew, so places are bounded.
record PlacesRow(long gone, long size, long thread, List<Place> places) {

    private static final int LAYOUT = 2;

    /// More than anybody's mailboxes.
    static final int MOST = 1_000;

    record Place(int mailbox, int uid) {}

    static byte[] key(long email) {
        return Key.of('D', email);
    }

    static final KeyRange ALL = KeyRange.of(Key.of('D'));

    PlacesRow {
        places = List.copyOf(places);
    }

    static PlacesRow read(byte[] row) {
        var in = new RowIn("places", row, LAYOUT);
        long gone = in.long8();
        long size = in.long8();
        long thread = in.long8();
        var places = new ArrayList<Place>();
        while (in.hasMore()) places.add(new Place(in.int4(), in.int4()));
        return new PlacesRow(gone, size, thread, places);
    }

    byte[] row() {
        var out = new RowOut(LAYOUT).long8(gone).long8(size).long8(thread);
        for (var place : places) out.int4(place.mailbox).int4(place.uid);
        return out.row();
    }

    /// @throws Refused TOO_MANY_COPIES
    PlacesRow with(Place place) throws Refused {
        if (places.size() >= MOST) throw new Refused(Reason.TOO_MANY_COPIES);
        var more = new ArrayList<>(places);
        more.add(place);
        return new PlacesRow(0, size, thread, more);
    }

    /// @param now when, in case it was the last
    PlacesRow without(Place place, long now) {
        var fewer = new ArrayList<>(places);
        fewer.remove(place);
        return new PlacesRow(fewer.isEmpty() ? now : 0, size, thread, fewer);
    }
}
