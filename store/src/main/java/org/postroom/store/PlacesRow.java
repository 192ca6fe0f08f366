package org.postroom.store;

import java.util.ArrayList;
import java.util.List;

/// Row `D` email8: where an email lies. It counts in the quota while it lies anywhere.
///
/// Layout 1: gone8 (when its last place went, milliseconds; 0 while it has one) size8 (mailbox4 uid4)*.
record PlacesRow(long gone, long size, List<Place> places) {

    private static final int LAYOUT = 1;

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
        var places = new ArrayList<Place>();
        while (in.hasMore()) places.add(new Place(in.int4(), in.int4()));
        return new PlacesRow(gone, size, places);
    }

    byte[] row() {
        var out = new RowOut(LAYOUT).long8(gone).long8(size);
        for (var place : places) out.int4(place.mailbox).int4(place.uid);
        return out.row();
    }

    PlacesRow with(Place place) {
        var more = new ArrayList<>(places);
        more.add(place);
        return new PlacesRow(0, size, more);
    }

    /// @param now when, in case it was the last
    PlacesRow without(Place place, long now) {
        var fewer = new ArrayList<>(places);
        fewer.remove(place);
        return new PlacesRow(fewer.isEmpty() ? now : 0, size, fewer);
    }
}
