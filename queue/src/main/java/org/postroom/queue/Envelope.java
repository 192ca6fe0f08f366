package org.postroom.queue;

import org.postroom.smtp.Command;
import org.postroom.smtp.Grammar;
import org.postroom.smtp.NullPath;
import org.postroom.smtp.Refusal;
import org.postroom.store.DeliveryId;
import org.postroom.store.Key;
import org.postroom.store.KeyRange;
import org.postroom.store.RowIn;
import org.postroom.store.RowOut;
import org.postroom.store.engine.BlobId;
import org.postroom.wire.Fault;
import org.postroom.wire.Line;

/// A letter's envelope but for its recipients.
///
/// Row `m` id8, layout 1: delivery16 arrival8 expiry8 submitter8 held blob16 size8 summary, MAIL as it
/// is said, trace, journey.
///
/// @param delivery by which accounts here know that they have it
/// @param arrival when it was accepted, in milliseconds
/// @param expiry when to give up; a deadline of the sender's (RFC 2852) comes before our own
/// @param submitter an account's id, 0 for nobody
/// @param held whether an administrator holds it back
/// @param size of the letter without any trace
/// @param journey the name that its steps are remembered by
@SuppressWarnings("ArrayRecordComponent") // never compared
record Envelope(
        DeliveryId delivery,
        long arrival,
        long expiry,
        long submitter,
        boolean held,
        BlobId blob,
        long size,
        byte[] summary,
        Command.Mail mail,
        byte[] trace,
        String journey) {

    static final KeyRange ALL = KeyRange.of(Key.of('m'));

    /// By one row of these each envelope holds its blob.
    static final KeyRange BLOBS = KeyRange.of(Key.of('X'));

    private static final int LAYOUT = 1;

    static byte[] key(QueueId id) {
        return Key.of('m', id.number());
    }

    static QueueId id(byte[] key) {
        return new QueueId(Key.longAt(key, 1));
    }

    byte[] reference(QueueId id) {
        return blob.reference(key(id));
    }

    /// RFC 5321 §4.5.5: whose letters nobody is told about.
    boolean isFromNobody() {
        return mail.from() instanceof NullPath;
    }

    /// Octets as they go elsewhere.
    long octets() {
        return trace.length + size;
    }

    Envelope heldIf(boolean other) {
        return new Envelope(
                delivery, arrival, expiry, submitter, other, blob, size, summary, mail, trace,
                journey);
    }

    static Envelope read(byte[] row) {
        var in = new RowIn("envelope", row, LAYOUT);
        return new Envelope(
                new DeliveryId(in.long8(), in.long8()),
                in.long8(),
                in.long8(),
                in.long8(),
                in.bool(),
                BlobId.read(in.raw(BlobId.LENGTH), 0),
                in.long8(),
                in.counted(),
                (Command.Mail) command(in.text()),
                in.counted(),
                in.text());
    }

    byte[] row() {
        return new RowOut(LAYOUT)
                .long8(delivery.high())
                .long8(delivery.low())
                .long8(arrival)
                .long8(expiry)
                .long8(submitter)
                .bool(held)
                .raw(blob.bytes())
                .long8(size)
                .counted(summary)
                .text(text(mail))
                .counted(trace)
                .text(journey)
                .row();
    }

    /// A command as it is said: no second encoding.
    static String text(Command command) {
        return Grammar.print(command).text();
    }

    static Command command(String text) {
        try {
            return Grammar.command(Line.of(text));
        } catch (Refusal damaged) {
            throw new Fault("an envelope row can't be read: " + damaged.reply());
        }
    }
}
