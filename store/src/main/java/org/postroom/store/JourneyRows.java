package org.postroom.store;

import org.postroom.store.engine.Change;
import org.postroom.store.engine.Rows;
import org.postroom.wire.Fault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;

/// The rows of the journeys' partition. A step is found by its letter's id, and by the Message-ID,
/// which only a letter's first step bears.
///
/// - `j` when8 number4, layout 1: id, Message-ID, what, recipient, detail
/// - `i` hash8 when8 number4: an id or Message-ID of this hash is in that `j` row
/// - `c`: how many `j` rows there are, 8
final class JourneyRows {

    static final KeyRange STEPS = KeyRange.of(Key.of('j'));
    private static final byte[] COUNT = Key.of('c');
    private static final byte[] NOTHING = {1};
    private static final int LAYOUT = 1;

    private JourneyRows() {}

    /// A step of a letter; its first one bears the Message-ID.
    record Note(String id, String messageId, Step step, int number) {

        byte[] key() {
            return Key.of('j', step.when().toEpochMilli(), number);
        }

        byte[] row() {
            return new RowOut(LAYOUT)
                    .text(id)
                    .text(messageId)
                    .text(step.what().name())
                    .text(step.recipient())
                    .text(step.detail())
                    .row();
        }

        static Note read(byte[] key, byte[] row) {
            var in = new RowIn("journey", row, LAYOUT);
            String id = in.text();
            String messageId = in.text();
            var what = Step.What.valueOf(in.text());
            var when = Instant.ofEpochMilli(Key.longAt(key, 1));
            return new Note(
                    id, messageId, new Step(when, what, in.text(), in.text()), Key.intAt(key, 9));
        }

        private byte[] index(String name) {
            return Key.of('i', hash(name), step.when().toEpochMilli(), number);
        }

        void put(Change change) {
            change.put(key(), row());
            change.put(index(id), NOTHING);
            if (!messageId.isEmpty()) change.put(index(messageId), NOTHING);
        }

        void delete(Change change) {
            change.delete(key());
            change.delete(index(id));
            if (!messageId.isEmpty()) change.delete(index(messageId));
        }
    }

    static KeyRange named(String name) {
        return KeyRange.of(Key.of('i', hash(name)));
    }

    /// The `j` row of an `i` row.
    static byte[] step(byte[] index) {
        return Key.of('j', Key.longAt(index, 9), Key.intAt(index, 17));
    }

    static long count(Rows rows) {
        byte[] row = rows.get(COUNT);
        return row == null ? 0 : ByteBuffer.wrap(row).getLong();
    }

    static void count(Change change, long count) {
        change.put(COUNT, ByteBuffer.allocate(8).putLong(count).array());
    }

    private static long hash(String name) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return ByteBuffer.wrap(digest.digest(name.getBytes(StandardCharsets.UTF_8))).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new Fault("no SHA-256", e);
        }
    }
}
