package org.postroom.store;

import org.jspecify.annotations.Nullable;
import org.postroom.store.Store.Swept;
import org.postroom.store.engine.Change;
import org.postroom.store.engine.Page;
import org.postroom.store.engine.Row;
import org.postroom.store.engine.Rows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Removes what nothing needs any more: accounts without a name, expunged messages and replaced files
/// whose time is over, old log entries and delivery ids, kept parts of uploads, and last the blobs
/// that nothing names now. In small commits, so that nobody waits.
///
/// What an account keeps of expunged messages and replaced files is outside its quota, so it has a
/// bound of its own: the larger of 1 GiB and what the account holds. Beyond it the oldest goes before
/// its time. It is a sweep that sees to it: between two of them an account keeps whatever it likes,
/// as long as the disk has room. A file's old content counts in full, even where it shares octets with
/// the new.
final class Sweeper {

    private static final int PORTION = 1_000;
    private static final Duration BLOBS = Duration.ofHours(1);
    private static final Duration ANSWERED = Duration.ofDays(30);
    private static final Duration UPLOADS = Duration.ofDays(1);
    private static final Duration DELIVERIES = Duration.ofDays(7);

    /// Octets of history that every account may keep.
    private static final long KEPT = 1L << 30;

    private final Store store;
    private final long kept;
    private long accounts;
    private long rows;

    Sweeper(Store store) {
        this(store, KEPT);
    }

    /// @param kept octets of history that every account may keep
    Sweeper(Store store, long kept) {
        this.store = store;
        this.kept = kept;
    }

    /// @param olderThan one age for all, or null for each its own
    Swept run(@Nullable Duration olderThan) {
        for (var id : store.partitions())
            if (store.isNamed(id)) account(id, olderThan);
            else unnamed(id);
        store.journeys().sweep();
        var blobs = store.blobs().sweep(or(olderThan, BLOBS));
        return new Swept(accounts, rows, blobs.blobs(), blobs.bytes());
    }

    private static Duration or(@Nullable Duration one, Duration other) {
        return one == null ? other : one;
    }

    private long before(Duration age) {
        return store.now() - age.toMillis() + 1;
    }

    private void unnamed(AccountId id) {
        store.commits().destroy(id.value());
        store.forget(id);
        accounts++;
    }

    private void account(AccountId id, @Nullable Duration olderThan) {
        Account account;
        try {
            account = store.account(id);
        } catch (Refused gone) {
            return;
        }
        var history = or(olderThan, store.settings().history());
        expired(account, before(history));
        excess(account);
        logged(account, before(history));
        delivered(account, before(or(olderThan, DELIVERIES)));
        parts(account, before(or(olderThan, DELIVERIES)));
        uploaded(account, before(or(olderThan, UPLOADS)));
        answered(account, before(ANSWERED));
    }

    /// What a commit does with a row that may go.
    private interface Removal {
        void of(Change change, Row row);
    }

    private interface Due {
        boolean is(Rows rows, Row row);
    }

    /// Removes rows of a range in portions, from the front.
    ///
    /// @param sorted whether all behind a row that is not due are not due either
    private void remove(Account account, KeyRange range, boolean sorted, Due due, Removal removal) {
        var rest = range;
        while (true) {
            var from = rest;
            List<Row> found = new ArrayList<>();
            var page =
                    account.<Page, RuntimeException>read(rows -> {
                        var some = rows.scan(from.from(), from.to(), PORTION);
                        for (var row : some.rows())
                            if (due.is(rows, row)) found.add(row);
                            else if (sorted) break;
                        return some;
                    });
            if (!found.isEmpty())
                account.maintain(change -> {
                    for (var row : found)
                        if (change.get(row.key()) != null) removal.of(change, row);
                    return true;
                });
            rows += found.size();
            if (!page.more() || (sorted && found.size() < page.rows().size())) return;
            rest = rest.startingAfter(page.rows().getLast().key());
        }
    }

    private void expired(Account account, long before) {
        remove(account, ExpiryRow.before(before), true, (_, _) -> true, Sweeper::expire);
    }

    private void excess(Account account) {
        var over = new AtomicLong(-Math.max(kept, account.quota().used()));
        account.<Boolean, RuntimeException>read(rows -> {
            ExpiryRow.ALL.each(rows, row -> over.addAndGet(octets(rows, row)));
            return true;
        });
        if (over.get() <= 0) return;
        remove(
                account,
                ExpiryRow.ALL,
                true,
                (rows, row) -> over.getAndAdd(-octets(rows, row)) > 0,
                Sweeper::expire);
    }

    /// What this row alone keeps.
    private static long octets(Rows rows, Row row) {
        return switch (ExpiryRow.read(row.value())) {
            case ExpiryRow.Message(_, var message) ->
                    isLast(rows, message.email(), ExpiryRow.when(row.key())) ? message.size() : 0;
            case ExpiryRow.File(_, var file) -> file.size();
        };
    }

    private static void expire(Change change, Row row) {
        switch (ExpiryRow.read(row.value())) {
            case ExpiryRow.Message(_, var message) ->
                    forget(change, message.email(), ExpiryRow.when(row.key()));
            case ExpiryRow.File(_, var file) ->
                    ExpiryRow.references(row.key(), file).forEach(change::delete);
        }
        change.delete(row.key());
    }

    /// Whether an email lies nowhere, and no later expunge keeps it.
    private static boolean isLast(Rows rows, long email, long when) {
        byte[] row = rows.get(PlacesRow.key(email));
        if (row == null) return false;
        var places = PlacesRow.read(row);
        return places.places().isEmpty() && places.gone() <= when;
    }

    private static void forget(Change change, long email, long when) {
        if (!isLast(change, email, when)) return;
        byte[] row = change.get(EmailRow.key(email));
        if (row != null) change.delete(EmailRow.reference(EmailRow.read(row).blob(), email));
        byte[] places = change.get(PlacesRow.key(email));
        if (places != null) Threading.leave(change, PlacesRow.read(places).thread(), email);
        change.delete(EmailRow.key(email));
        change.delete(PlacesRow.key(email));
    }

    private void logged(Account account, long before) {
        remove(
                account,
                ChangeRow.ALL,
                true,
                (_, row) -> ChangeRow.when(row.value()) < before,
                (change, row) -> {
                    change.delete(row.key());
                    change.put(
                            ChangeRow.TRIMMED, ChangeRow.trimmed(ChangeRow.versionOf(row.key())));
                });
    }

    private void answered(Account account, long before) {
        remove(
                account,
                AnsweredRow.ALL,
                false,
                (_, row) -> AnsweredRow.when(row.value()) < before,
                (change, row) -> change.delete(row.key()));
    }

    private void uploaded(Account account, long before) {
        remove(
                account,
                UploadRow.ALL,
                false,
                (_, row) -> UploadRow.read(row.value()).when() < before,
                (change, row) -> UploadRow.forget(change, row.key()));
    }

    private void delivered(Account account, long before) {
        remove(
                account,
                DeliveryRow.ALL,
                false,
                (_, row) -> DeliveryRow.read(row.value()).when() < before,
                (change, row) -> change.delete(row.key()));
    }

    private void parts(Account account, long before) {
        var due = new HashSet<FilePart>();
        account.<Boolean, RuntimeException>read(rows -> {
            FileRow.PARTS.each(
                    rows,
                    row -> {
                        var part = FileRow.read(row.value());
                        if (part.modified() < before)
                            due.add(new FilePart(part.parent(), part.name()));
                    });
            return true;
        });
        for (var part : due)
            try {
                account.edit(edit -> {
                    Walk.part(edit.change(), part.parent, part.name)
                            .ifPresent(row -> FileChanges.dropPart(edit, row));
                    return true;
                });
                rows++;
            } catch (Refused gone) {
                return;
            }
    }

    private record FilePart(long parent, String name) {}
}
