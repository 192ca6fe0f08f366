package org.postroom.queue;

import org.postroom.store.Key;
import org.postroom.store.KeyRange;
import org.postroom.store.RowIn;
import org.postroom.store.RowOut;
import org.postroom.store.engine.Row;
import org.postroom.wire.Fault;

import java.util.Optional;

/// A line of the index of what is due: all that giving turns needs to know, so that nothing else is
/// read before its turn.
///
/// Row `d` due8 id8 number4, layout 1: priority sender4 later domain.
///
/// @param priority from -9 to 9, the higher the sooner (RFC 6710 §4.1)
/// @param sender one number for each sender, so that they take turns
/// @param asked whether the sender chose the time (RFC 4865), however far away it may be
/// @param domain see [Errand#domain]
record Due(
        long when, QueueId id, int number, int priority, int sender, boolean asked, String domain) {

    private static final System.Logger LOG = System.getLogger(Due.class.getName());
    static final KeyRange ALL = KeyRange.of(Key.of('d'));
    private static final int LAYOUT = 1;
    private static final int LOWEST = -9;

    static byte[] key(long when, QueueId id, int number) {
        return Key.of('d', when, id.number(), number);
    }

    static long when(byte[] key) {
        return Key.longAt(key, 1);
    }

    static QueueId id(byte[] key) {
        return new QueueId(Key.longAt(key, 9));
    }

    static int number(byte[] key) {
        return Key.intAt(key, 17);
    }

    /// What is due up to and without a time.
    static KeyRange from(long from, long to) {
        return new KeyRange(Key.of('d', from), Key.of('d', to));
    }

    byte[] key() {
        return key(when, id, number);
    }

    Due at(long other) {
        return new Due(other, id, number, priority, sender, false, domain);
    }

    static Due read(Row row) {
        var in = new RowIn("due", row.value(), LAYOUT);
        return new Due(
                when(row.key()),
                id(row.key()),
                number(row.key()),
                in.octet() + LOWEST,
                in.int4(),
                in.bool(),
                in.text());
    }

    /// The same, or nothing for what can't be read: it is never in the way of others (TRAPS T17).
    static Optional<Due> readable(Row row) {
        try {
            return Optional.of(read(row));
        } catch (Fault damaged) {
            LOG.log(System.Logger.Level.ERROR, "a line of what is due", damaged);
            return Optional.empty();
        }
    }

    byte[] row() {
        return new RowOut(LAYOUT)
                .octet(priority - LOWEST)
                .int4(sender)
                .bool(asked)
                .text(domain)
                .row();
    }
}
