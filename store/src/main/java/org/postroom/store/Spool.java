package org.postroom.store;

import org.postroom.mime.Structure;
import org.postroom.mime.Summary;
import org.postroom.store.MessageChanges.Incoming;
import org.postroom.store.Refused.Reason;
import org.postroom.store.SpoolRows.Kept;
import org.postroom.store.engine.Change;
import org.postroom.wire.Fault;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Letters for several accounts, between the commit that answers 250 and the commits that put them
/// into the accounts. A crash anywhere in between doubles nothing and loses nothing: what is in the
/// spool is delivered when the store opens, under delivery ids that the accounts remember.
///
/// | on disk | after a crash |
/// |---|---|
/// | nothing | the sender was not told 250 and sends again |
/// | `m`, `r` rows and the blob | delivered when the store opens |
/// | the same, and some accounts have it | the others get it; these have the delivery id |
/// | accounts have it, spool rows gone | nothing to do |
public final class Spool implements AutoCloseable {

    static final long PARTITION = 1;

    private static final Logger LOG = System.getLogger(Spool.class.getName());
    private static final int AT_ONCE = 16;
    private static final Duration RETRY = Duration.ofSeconds(30);

    /// @param prefix this account's trace fields ([NewMessage#prefix])
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    public record Recipient(AccountId account, byte[] prefix) {}

    private final Store store;
    private final ExecutorService deliveries = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore turns = new Semaphore(AT_ONCE);
    private final AtomicInteger waiting = new AtomicInteger();

    Spool(Store store) {
        this.store = store;
    }

    /// Takes a letter for these accounts, each gets it once, in one commit: on disk when this returns.
    /// For one account that is its own commit, for several the spool's, and delivery follows by
    /// itself. It does not look at quota: reserve before.
    ///
    /// @throws Refused NO_SUCH_ACCOUNT when the only account is gone; MESSAGE_TOO_LARGE
    public void accept(Letter letter, List<Recipient> recipients) throws Refused {
        for (var recipient : recipients)
            if (recipient.prefix.length + letter.size() > Integer.MAX_VALUE)
                throw new Refused(Reason.MESSAGE_TOO_LARGE);
        var delivery = DeliveryId.random();
        long now = store.now();
        if (recipients.size() == 1) put(letter, delivery, now, recipients.getFirst());
        else begin(keep(letter, delivery, now, recipients));
    }

    private void put(Letter letter, DeliveryId delivery, long when, Recipient recipient)
            throws Refused {
        var message =
                new Incoming(letter.row(recipient.prefix), letter.blob(), Flags.NONE, when, true);
        store.account(recipient.account).deliver(delivery, message);
    }

    /// The commit that answers 250.
    long keep(Letter letter, DeliveryId delivery, long now, List<Recipient> recipients) {
        var row = new Kept(delivery, now, letter.id(), letter.size(), letter.summary().encode());
        return store.commits()
                .<Long, RuntimeException>commit(
                        PARTITION,
                        change -> {
                            long id = change.version();
                            var blob = letter.blob();
                            if (blob != null) change.keep(blob);
                            change.put(reference(row, id), new byte[] {1});
                            change.put(SpoolRows.letter(id), row.row());
                            for (int i = 0; i < recipients.size(); i++)
                                change.put(
                                        SpoolRows.recipient(id, i),
                                        SpoolRows.recipientRow(recipients.get(i)));
                            return id;
                        });
    }

    private static byte[] reference(Kept row, long id) {
        return row.blob().reference(SpoolRows.letter(id));
    }

    /// Begins with what a crash left behind.
    void replay() {
        store.commits()
                .<List<Long>, RuntimeException>read(
                        PARTITION,
                        rows -> {
                            var found = new ArrayList<Long>();
                            SpoolRows.LETTERS.each(
                                    rows, row -> found.add(Key.longAt(row.key(), 1)));
                            return found;
                        })
                .forEach(this::begin);
    }

    private void begin(long letter) {
        waiting.incrementAndGet();
        deliveries.execute(() -> {
            try {
                while (!delivered(letter)) Thread.sleep(RETRY);
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt(); // it is on disk, for the next time
            } finally {
                waiting.decrementAndGet();
            }
        });
    }

    private boolean delivered(long letter) throws InterruptedException {
        turns.acquire();
        try {
            deliver(letter);
            return true;
        } catch (RuntimeException fault) { // a bug, too: the letter is promised
            LOG.log(Level.ERROR, "delivering from the spool; once more in " + RETRY, fault);
            return false;
        } finally {
            turns.release();
        }
    }

    private record Opened(Kept letter, List<Recipient> recipients) {}

    private void deliver(long id) {
        var opened = open(id);
        var letter = letter(opened.letter);
        for (var recipient : opened.recipients)
            try {
                put(letter, opened.letter.delivery(), opened.letter.when(), recipient);
            } catch (Refused gone) { // the account was removed since: nobody is left to have it
                LOG.log(Level.INFO, "no account {0} any more", recipient.account);
            }
        store.commits()
                .<Boolean, RuntimeException>commit(PARTITION, change -> forget(change, id, opened));
    }

    private Opened open(long id) {
        return store.commits()
                .<Opened, RuntimeException>read(
                        PARTITION,
                        rows -> {
                            byte[] row = rows.get(SpoolRows.letter(id));
                            if (row == null) throw new Fault("a letter is missing in the spool");
                            var recipients = new ArrayList<Recipient>();
                            SpoolRows.recipients(id)
                                    .each(
                                            rows,
                                            each ->
                                                    recipients.add(
                                                            SpoolRows.recipientOf(each.value())));
                            return new Opened(Kept.read(row), recipients);
                        });
    }

    private Letter letter(Kept kept) {
        return Letter.kept(kept.blob(), kept.size(), summary(kept));
    }

    private Summary summary(Kept kept) {
        if (Summary.isCurrent(kept.summary())) return Summary.decode(kept.summary());
        var parser = new Structure.Parser();
        try (var blob = store.blobs().open(kept.blob(), kept.size())) {
            byte[] buffer = new byte[64 << 10];
            for (long at = 0; at < kept.size(); ) {
                int count = blob.read(at, buffer, 0, buffer.length);
                if (count == 0) throw new Fault("a blob is shorter than its row says");
                parser.write(buffer, 0, count);
                at += count;
            }
        }
        return parser.finish();
    }

    private static boolean forget(Change change, long id, Opened opened) {
        for (int i = 0; i < opened.recipients.size(); i++)
            change.delete(SpoolRows.recipient(id, i));
        change.delete(SpoolRows.letter(id));
        change.delete(reference(opened.letter, id));
        return true;
    }

    /// How many letters are waiting for their delivery.
    public int waiting() {
        return waiting.get();
    }

    /// What is not delivered yet is when the store opens again.
    @Override
    public void close() {
        deliveries.shutdownNow();
        try {
            if (!deliveries.awaitTermination(1, TimeUnit.MINUTES))
                LOG.log(Level.WARNING, "a delivery from the spool does not end");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
