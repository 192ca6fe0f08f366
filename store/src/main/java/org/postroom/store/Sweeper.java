package org.postroom.store;

import org.jspecify.annotations.Nullable;
import org.postroom.store.Store.Swept;
import org.postroom.store.engine.Change;
import org.postroom.store.engine.Row;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// Removes what nothing needs any more: accounts without a name, expunged messages and replaced files
/// whose time is over, old log entries and delivery ids, kept parts of uploads, and last the blobs
/// that nothing names now. In small commits, so that nobody waits.
final class Sweeper {

    private static final int PORTION = 1_000;
    private static final Duration BLOBS = Duration.ofDays(1);
    private static final Duration DELIVERIES = Duration.ofDays(7);

    private final Store store;
    private long accounts;
    private long rows;

    Sweeper(Store store) {
        this.store = store;
    }

    /// @param olderThan one age for all, or null for each its own
    Swept run(@Nullable Duration olderThan) {
        for (var id : store.partitions())
            if (store.isNamed(id)) account(id, olderThan);
            else unnamed(id);
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
        logged(account, before(history));
        delivered(account, before(or(olderThan, DELIVERIES)));
        parts(account, before(or(olderThan, DELIVERIES)));
    }

    /// What a commit does with a row that may go.
    private interface Removal {
        void of(Change change, Row row);
    }

    private interface Due {
        boolean is(Row row);
    }

    /// Removes rows of a range in portions, from the front.
    ///
    /// @param sorted whether all behind a row that is not due are not due either
    private void remove(Account account, KeyRange range, boolean sorted, Due due, Removal removal) {
        var rest = range;
        while (true) {
            var from = rest;
            var page =
                    account.<org.postroom.store.engine.Page, RuntimeException>read(
                            rows -> rows.scan(from.from(), from.to(), PORTION));
            List<Row> found = new ArrayList<>();
            for (var row : page.rows())
                if (due.is(row)) found.add(row);
                else if (sorted) break;
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
        remove(
                account,
                ExpiryRow.before(before),
                true,
                _ -> true,
                (change, row) -> {
                    switch (ExpiryRow.read(row.value())) {
                        case ExpiryRow.Message(_, var message) ->
                                forget(change, message.email(), ExpiryRow.when(row.key()));
                        case ExpiryRow.File(_, var file) ->
                                ExpiryRow.references(row.key(), file).forEach(change::delete);
                    }
                    change.delete(row.key());
                });
    }

    /// Removes an email, unless it lies somewhere, or a later expunge still keeps it.
    private static void forget(Change change, long email, long when) {
        byte[] found = change.get(PlacesRow.key(email));
        if (found == null) return;
        var places = PlacesRow.read(found);
        if (!places.places().isEmpty() || places.gone() > when) return;
        byte[] row = change.get(EmailRow.key(email));
        if (row != null) change.delete(EmailRow.reference(EmailRow.read(row).blob(), email));
        change.delete(EmailRow.key(email));
        change.delete(PlacesRow.key(email));
    }

    private void logged(Account account, long before) {
        remove(
                account,
                ChangeRow.ALL,
                true,
                row -> ChangeRow.when(row.value()) < before,
                (change, row) -> change.delete(row.key()));
    }

    private void delivered(Account account, long before) {
        remove(
                account,
                DeliveryRow.ALL,
                false,
                row -> DeliveryRow.read(row.value()).when() < before,
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
