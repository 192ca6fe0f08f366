package org.postroom.store;

import org.postroom.store.Report.Finding;
import org.postroom.store.Report.Kind;
import org.postroom.store.engine.BlobId;
import org.postroom.store.engine.Row;
import org.postroom.store.engine.Rows;
import org.postroom.store.engine.Snapshot;
import org.postroom.wire.Fault;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Reads a home from end to end and adds up what its rows claim: each account's quota, each mailbox's
/// totals, each email's places, each blob's names. Each partition is read as of one moment.
final class Check {

    private static final int FINDINGS = 10_000;
    private static final int OTHERS = 1_000;
    private static final KeyRange BLOBS_HELD = KeyRange.of(Key.of('X'));

    private final Store store;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<BlobId, String> named = new HashMap<>();
    private final Set<Path> foreign = new TreeSet<>();
    private Map<BlobId, Long> sizes = Map.of();
    private long accounts;
    private long mailboxes;
    private long messages;
    private long files;

    Check(Store store) {
        this.store = store;
    }

    /// Blobs are listed before and after the rows are read, so that a commit meanwhile is no damage.
    Report run() {
        sizes = blobs();
        directory();
        others();
        for (var id : store.partitions()) account(id);
        var after = blobs();
        foreign.forEach(file -> find(Kind.FOREIGN_FILE, "", "file " + file));
        named.forEach((blob, whose) -> {
            if (!after.containsKey(blob))
                find(Kind.DANGLING_BLOB, whose, "blob " + blob + " is missing");
        });
        for (var blob : sizes.keySet())
            if (!named.containsKey(blob)) find(Kind.UNNAMED_BLOB, "", "blob " + blob);
        return new Report(accounts, mailboxes, messages, files, after.size(), findings);
    }

    private Map<BlobId, Long> blobs() {
        var all = new HashMap<BlobId, Long>();
        store.blobs().list(blob -> all.put(blob.id(), blob.size()), foreign::add);
        return all;
    }

    private void find(Kind kind, String whose, String what) {
        if (findings.size() < FINDINGS) findings.add(new Finding(kind, whose, what));
    }

    private void read(long partition, String whose, Part part) {
        store.commits()
                .<Boolean, RuntimeException>read(
                        partition,
                        rows -> {
                            guarded(whose, () -> part.read(rows));
                            return true;
                        });
    }

    private interface Part {
        void read(Snapshot rows);
    }

    /// A row that can't be read is a finding, not the end of the check.
    private void guarded(String whose, Runnable reading) {
        try {
            reading.run();
        } catch (Fault damaged) {
            find(Kind.ROW, whose, String.valueOf(damaged.getMessage()));
        }
    }

    private void each(
            Rows rows, String whose, KeyRange range, KeyRange.Each<RuntimeException> each) {
        range.<RuntimeException>each(rows, row -> guarded(whose, () -> each.row(row)));
    }

    private void directory() {
        var partitions = new HashSet<>(store.partitions());
        read(
                Directory.PARTITION,
                "directory",
                rows -> {
                    each(
                            rows,
                            "directory",
                            DirectoryRows.ACCOUNTS,
                            row -> {
                                var id = new AccountId(Key.longAt(row.key(), 1));
                                var address = DirectoryRows.addressOf(row.value());
                                if (!partitions.contains(id))
                                    find(Kind.ACCOUNT, id.toString(), address + " has no rows");
                                if (DirectoryRows.account(rows, address)
                                        .filter(id::equals)
                                        .isEmpty())
                                    find(
                                            Kind.ACCOUNT,
                                            id.toString(),
                                            address + " does not lead to its account");
                            });
                    each(
                            rows,
                            "directory",
                            DirectoryRows.ADDRESSES,
                            row -> {
                                var id = DirectoryRows.id(row.value()).orElseThrow();
                                if (rows.get(DirectoryRows.account(id)) == null)
                                    find(
                                            Kind.ACCOUNT,
                                            id.toString(),
                                            Key.textFrom(row.key(), 1) + " is not its name");
                            });
                });
    }

    /// What lies between the directory and the accounts belongs to others, who check it themselves;
    /// here it counts which blobs they hold.
    private void others() {
        for (long partition : store.commits().partitions(Directory.PARTITION, OTHERS)) {
            if (partition >= Store.FIRST_ACCOUNT) return;
            String whose = "partition " + partition;
            read(partition, whose, rows -> each(rows, whose, BLOBS_HELD, row -> held(row, whose)));
        }
    }

    private void held(Row row, String whose) {
        named.put(BlobId.read(row.key(), 1), whose);
    }

    /// A row needs this blob: it must be there, as long as the row says, and the row `X` that holds it,
    /// too.
    private void hold(Rows rows, String whose, BlobId blob, long size, byte[] holder) {
        named.put(blob, whose);
        var there = sizes.get(blob);
        if (there != null && there != size)
            find(
                    Kind.DANGLING_BLOB,
                    whose,
                    "blob %s has %d octets of %d".formatted(blob, there, size));
        if (rows.get(blob.reference(holder)) == null)
            find(Kind.ROW, whose, "blob " + blob + " is not held by the row that names it");
    }

    private void account(AccountId id) {
        String whose = id.toString();
        if (store.directory().entry(id).isEmpty()) {
            find(Kind.UNNAMED_ACCOUNT, whose, "rows of an account without a name");
            read(id.value(), whose, rows -> each(rows, whose, BLOBS_HELD, row -> held(row, whose)));
            return;
        }
        accounts++;
        read(id.value(), whose, rows -> new OneAccount(whose, rows).check());
    }

    /// The sums of one account.
    private final class OneAccount {

        private final String whose;
        private final Snapshot rows;
        private final Map<Long, Set<PlacesRow.Place>> lying = new HashMap<>();
        private final Map<Long, Long> sizes = new HashMap<>();
        private long used;
        private long emails;
        private long nodes;

        OneAccount(String whose, Snapshot rows) {
            this.whose = whose;
            this.rows = rows;
        }

        void check() {
            var row = AccountRow.read(rows.get(AccountRow.KEY));
            if (row == null) {
                find(Kind.ACCOUNT, whose, "no account row");
                return;
            }
            var tree = MailboxTree.read(rows);
            for (var box : tree.rows()) guarded(whose, () -> mailbox(tree, box));
            each(rows, whose, EmailRow.ALL, this::email);
            each(rows, whose, PlacesRow.ALL, this::places);
            lying.keySet().stream()
                    .filter(email -> rows.get(PlacesRow.key(email)) == null)
                    .forEach(email -> find(Kind.ROW, whose, "no places of email " + hex(email)));
            each(rows, whose, FileRow.ALL, this::file);
            each(rows, whose, NameRow.ALL, this::name);
            each(rows, whose, FileRow.PARTS, this::part);
            each(rows, whose, PropertiesRow.ALL, this::properties);
            each(rows, whose, LockRow.ALL, this::lock);
            each(rows, whose, ExpiryRow.ALL, this::expiry);
            each(rows, whose, UploadRow.ALL, this::upload);
            references();
            compare("octets", row.used, used);
            compare("messages", row.messages, emails);
            compare("files", row.files, nodes);
            messages += emails;
            files += nodes;
        }

        private void compare(String what, long claimed, long counted) {
            if (claimed != counted)
                find(Kind.QUOTA, whose, "%s: %d counted as %d".formatted(what, counted, claimed));
        }

        private void mailbox(MailboxTree tree, MailboxRow box) {
            mailboxes++;
            String path = tree.path(box);
            var sum = new MailboxRow(box.id);
            each(
                    rows,
                    whose,
                    UidRow.all(box.id),
                    row -> {
                        var message = UidRow.read(UidRow.uidOf(row.key()), row.value());
                        sum.exists++;
                        sum.bytes += message.size();
                        if (!message.seen()) sum.unseen++;
                        if (message.uid() >= box.uidNext)
                            find(Kind.MAILBOX, whose, path + ": UID beyond UIDNEXT");
                        if (message.uid() < box.lowest)
                            find(Kind.MAILBOX, whose, path + ": UID below the lowest");
                        if (message.modSeq() > box.modSeq)
                            find(Kind.MAILBOX, whose, path + ": MODSEQ beyond the highest");
                        lying.computeIfAbsent(message.email(), _ -> new HashSet<>())
                                .add(new PlacesRow.Place(box.id, message.uid()));
                        if (sizes.computeIfAbsent(message.email(), this::size) != message.size())
                            find(Kind.ROW, whose, path + ": size of UID " + message.uid());
                    });
            if (sum.exists != box.exists || sum.unseen != box.unseen || sum.bytes != box.bytes)
                find(
                        Kind.MAILBOX,
                        whose,
                        "%s: %d messages, %d unseen, %d octets counted as %d, %d, %d"
                                .formatted(
                                        path,
                                        sum.exists,
                                        sum.unseen,
                                        sum.bytes,
                                        box.exists,
                                        box.unseen,
                                        box.bytes));
        }

        private long size(long email) {
            byte[] row = rows.get(EmailRow.key(email));
            return row == null ? -1 : EmailRow.read(row).size();
        }

        private void email(Row row) {
            long email = Key.longAt(row.key(), 1);
            var letter = EmailRow.read(row.value());
            Check.this.hold(rows, whose, letter.blob(), letter.blobSize(), row.key());
            if (rows.get(PlacesRow.key(email)) == null)
                find(Kind.ROW, whose, "email " + hex(email) + " lies nowhere and is not gone");
        }

        private void places(Row row) {
            long email = Key.longAt(row.key(), 1);
            var places = PlacesRow.read(row.value());
            if (!places.places().isEmpty()) {
                used += places.size();
                emails++;
            }
            if (!Set.copyOf(places.places()).equals(lying.getOrDefault(email, Set.of())))
                find(Kind.ROW, whose, "places of email " + hex(email));
            if (rows.get(Threading.member(places.thread(), email)) == null)
                find(Kind.ROW, whose, "email " + hex(email) + " is not in its thread");
            if (size(email) != places.size()) find(Kind.ROW, whose, "size of email " + hex(email));
        }

        private void file(Row row) {
            long node = Key.longAt(row.key(), 1);
            var file = FileRow.read(row.value());
            byte[] name = rows.get(NameRow.key(file.parent(), file.name()));
            if (name == null || NameRow.read(name) != node)
                find(Kind.ROW, whose, "node " + hex(node) + " has no name");
            if (file.directory()) return;
            nodes++;
            used += file.size();
            hold(file, row);
        }

        private void hold(FileRow file, Row holder) {
            file.body()
                    .held()
                    .forEach(extent ->
                            Check.this.hold(
                                    rows, whose, extent.blob(), extent.size(), holder.key()));
        }

        private void name(Row row) {
            long node = NameRow.read(row.value());
            if (rows.get(FileRow.key(node)) == null)
                find(Kind.ROW, whose, "a name without node " + hex(node));
        }

        private void properties(Row row) {
            used += PropertiesRow.read(row.value()).size();
            beside("properties", Key.longAt(row.key(), 1));
        }

        private void lock(Row row) {
            beside("a lock", LockRow.read(row.key(), row.value()).node());
        }

        private void beside(String what, long node) {
            if (node != FileRow.ROOT && rows.get(FileRow.key(node)) == null)
                find(Kind.ROW, whose, what + " without node " + hex(node));
        }

        private void part(Row row) {
            var part = FileRow.read(row.value());
            used += part.size();
            hold(part, row);
        }

        private void expiry(Row row) {
            if (ExpiryRow.read(row.value()) instanceof ExpiryRow.File(_, var file)) hold(file, row);
        }

        private void upload(Row row) {
            var blob = UploadRow.blob(row.key());
            Check.this.hold(rows, whose, blob, UploadRow.read(row.value()).size(), row.key());
        }

        /// Rows `X` that no row stands behind keep blobs for ever.
        private void references() {
            each(
                    rows,
                    whose,
                    BLOBS_HELD,
                    row -> {
                        held(row, whose);
                        var blob = BlobId.read(row.key(), 1);
                        byte[] holder =
                                java.util.Arrays.copyOfRange(
                                        row.key(), 1 + BlobId.LENGTH, row.key().length);
                        if (holder.length == 0 || rows.get(holder) == null)
                            find(Kind.ROW, whose, "blob " + blob + " is held by no row");
                    });
        }

        private static String hex(long id) {
            return Long.toHexString(id);
        }
    }
}
