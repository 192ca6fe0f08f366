package org.postroom.queue;

import org.postroom.store.Key;
import org.postroom.store.KeyRange;
import org.postroom.store.Report.Finding;
import org.postroom.store.Report.Kind;
import org.postroom.store.Store;
import org.postroom.store.engine.BlobId;
import org.postroom.store.engine.Rows;
import org.postroom.wire.Fault;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Holds the queue's rows against each other: what [Ledger] promises of them. Each shard is read as of one
/// moment. Whether the blobs are there that the rows hold, [Store#check] looks.
public final class Inspection {

    private static final int MOST = 10_000; // findings

    private final List<Finding> findings = new ArrayList<>();

    private Inspection() {}

    /// What does not agree; nothing if all does.
    public static List<Finding> of(Store store) {
        var inspection = new Inspection();
        for (int shard = 0; shard < QueueId.SHARDS; shard++)
            store.commits()
                    .<Boolean, RuntimeException>read(
                            Ledger.partition(shard),
                            rows -> {
                                inspection.shard(rows);
                                return true;
                            });
        return inspection.findings;
    }

    private void shard(Rows rows) {
        each(rows, Envelope.ALL, (key, value) -> envelope(rows, key, value));
        each(rows, Errand.ALL, (key, value) -> errand(rows, key, value));
        each(rows, Due.ALL, (key, value) -> due(rows, key));
        each(rows, Envelope.BLOBS, (key, value) -> blob(rows, key));
    }

    private interface Each {
        void row(byte[] key, byte[] value);
    }

    private void each(Rows rows, KeyRange range, Each each) {
        range.<RuntimeException>each(
                rows,
                row -> {
                    try {
                        each.row(row.key(), row.value());
                    } catch (Fault damaged) {
                        find(String.valueOf(damaged.getMessage()));
                    }
                });
    }

    private void find(String what) {
        if (findings.size() < MOST) findings.add(new Finding(Kind.ROW, "queue", what));
    }

    private void envelope(Rows rows, byte[] key, byte[] value) {
        var id = Envelope.id(key);
        var envelope = Envelope.read(value);
        if (rows.get(envelope.reference(id)) == null)
            find(id + ": its blob " + envelope.blob() + " is not held");
        if (Errand.of(id).isEmpty(rows)) find(id + ": for nobody any more");
    }

    private void errand(Rows rows, byte[] key, byte[] value) {
        var id = Errand.id(key);
        int number = Errand.number(key);
        var errand = Errand.read(value);
        byte[] row = rows.get(Envelope.key(id));
        if (row == null) {
            find(id + ": recipient " + number + " of no envelope");
            return;
        }
        boolean waits = !errand.parked() && !Envelope.read(row).held();
        boolean indexed = rows.get(Due.key(errand.due(), id, number)) != null;
        if (waits && !indexed) find(id + ": recipient " + number + " would never be tried");
        if (!waits && indexed) find(id + ": recipient " + number + " is held, and due");
    }

    private void due(Rows rows, byte[] key) {
        var id = Due.id(key);
        int number = Due.number(key);
        byte[] row = rows.get(Errand.key(id, number));
        if (row == null) find(id + ": what is due for recipient " + number + " is done");
        else if (Errand.read(row).due() != Due.when(key))
            find(id + ": recipient " + number + " is due at another time, too");
    }

    private void blob(Rows rows, byte[] key) {
        byte[] holder = Arrays.copyOfRange(key, 1 + BlobId.LENGTH, key.length);
        if (holder.length != Key.of('m', 0L).length || rows.get(holder) == null)
            find("blob " + BlobId.read(key, 1) + " is held by no envelope");
    }
}
