package org.postroom.store;

import org.postroom.store.PlacesRow.Place;
import org.postroom.store.engine.Row;
import org.postroom.store.engine.Rows;

import java.util.ArrayList;
import java.util.List;

/// Brings expunged messages back from the rows `F`, as long as they are there: to their mailbox, or to the
/// inbox where that is gone, under new UIDs and without `\Deleted`.
final class Restoring {

    private static final int PORTION = 500;

    private Restoring() {}

    /// @param since when the last of them was expunged, in milliseconds
    /// @return how many came back
    static int run(Account account, long since) throws Refused {
        int all = 0;
        byte[] from = ExpiryRow.before(since).to();
        while (true) {
            byte[] begin = from;
            var page =
                    account.<List<Row>, RuntimeException>read(
                            rows -> rows.scan(begin, ExpiryRow.ALL.to(), PORTION).rows());
            if (page.isEmpty()) return all;
            all += account.edit(edit -> restore(edit, messages(edit.change(), page)));
            from = KeyRange.after(page.getLast().key());
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Gone(byte[] key, ExpiryRow.Message row) {}

    /// Those that are still there: the commit may run again.
    private static List<Gone> messages(Rows rows, List<Row> page) {
        var messages = new ArrayList<Gone>();
        for (var row : page) {
            byte[] now = rows.get(row.key());
            if (now != null && ExpiryRow.read(now) instanceof ExpiryRow.Message message)
                messages.add(new Gone(row.key(), message));
        }
        return messages;
    }

    private static int restore(Edit edit, List<Gone> messages) throws Refused {
        var inbox = edit.box(MessageChanges.INBOX);
        for (var gone : messages) {
            var there = edit.tree().byId(gone.row.mailbox());
            var box = there == null ? inbox : there;
            var old = gone.row.message();
            var places = edit.places(old.email());
            if (places.places().isEmpty()) {
                edit.charge(places.size());
                edit.row().messages++;
            }
            int uid = box.uidNext++;
            edit.places(old.email(), places.with(new Place(box.id, uid)));
            var back = old.copied(uid, edit.version(), edit.now());
            edit.arrive(box, back.flagged(back.flags() & ~Flag.DELETED.bit(), edit.version()));
            edit.delete(gone.key);
        }
        return messages.size();
    }
}
