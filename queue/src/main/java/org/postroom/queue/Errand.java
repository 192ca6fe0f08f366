package org.postroom.queue;

import org.postroom.smtp.Address;
import org.postroom.smtp.Command;
import org.postroom.store.AccountId;
import org.postroom.store.Addressee;
import org.postroom.store.Key;
import org.postroom.store.KeyRange;
import org.postroom.store.Refused;
import org.postroom.store.RowIn;
import org.postroom.store.RowOut;
import org.postroom.wire.Fault;

/// What is left to be done for one recipient, and what came of it so far. The row goes when it is done.
///
/// Row `r` id8 number4, layout 1: kind, RCPT as it is said, account8 prefix (of accounts here), due8
/// attempts4 faults4 parked warned, who said what last.
///
/// @param due when it is to be tried, in milliseconds
/// @param attempts how often it was tried
/// @param faults how often trying broke something of ours
/// @param parked whether it is tried no more until somebody says so (TRAPS T17)
/// @param warned whether its sender knows of the delay
record Errand(
        Recipient recipient,
        long due,
        int attempts,
        int faults,
        boolean parked,
        boolean warned,
        Said said) {

    static final KeyRange ALL = KeyRange.of(Key.of('r'));
    private static final int LAYOUT = 1;
    private static final int LOCAL = 0;
    private static final int ELSEWHERE = 1;
    private static final int EXPANDED = 2;
    private static final int DISTRIBUTED = 3;

    /// Its destination, as the index has it: here.
    static final String HERE = "";

    static Errand begun(Recipient recipient, long due) {
        return new Errand(recipient, due, 0, 0, false, false, Said.NOTHING);
    }

    static byte[] key(QueueId id, int number) {
        return Key.of('r', id.number(), number);
    }

    static QueueId id(byte[] key) {
        return new QueueId(Key.longAt(key, 1));
    }

    static int number(byte[] key) {
        return Key.intAt(key, 9);
    }

    static KeyRange of(QueueId id) {
        return KeyRange.of(Key.of('r', id.number()));
    }

    /// As A-labels; [#HERE] for what is done here.
    String domain() {
        return switch (recipient) {
            case Recipient.Local _, Recipient.Expanded _, Recipient.Distributed _ -> HERE;
            case Recipient.Elsewhere(var rcpt) -> aLabels(((Address) rcpt.to()).domain());
        };
    }

    private static String aLabels(String domain) {
        try {
            return Addressee.of("x", domain).domain();
        } catch (Refused odd) { // it will be found to have no exchanger
            return domain;
        }
    }

    Errand again(long when, Said why) {
        return new Errand(recipient, when, attempts + 1, faults, false, warned, why);
    }

    /// Another time, without having been tried.
    Errand putOff(long when, Said why) {
        return new Errand(recipient, when, attempts, faults, false, warned, why);
    }

    Errand broken(long when, boolean park, Said why) {
        return new Errand(recipient, when, attempts + 1, faults + 1, park, warned, why);
    }

    Errand knownToSender() {
        return new Errand(recipient, due, attempts, faults, parked, true, said);
    }

    Errand unparked(long when) {
        return new Errand(recipient, when, attempts, 0, false, warned, said);
    }

    static Errand read(byte[] row) {
        var in = new RowIn("errand", row, LAYOUT);
        int kind = in.octet();
        var rcpt = (Command.Rcpt) Envelope.command(in.text());
        var recipient =
                switch (kind) {
                    case LOCAL ->
                            new Recipient.Local(new AccountId(in.long8()), in.counted(), rcpt);
                    case ELSEWHERE -> new Recipient.Elsewhere(rcpt);
                    case EXPANDED -> new Recipient.Expanded(rcpt);
                    case DISTRIBUTED -> new Recipient.Distributed(rcpt);
                    default -> throw new Fault("errand row of unknown kind " + kind);
                };
        return new Errand(
                recipient, in.long8(), in.int4(), in.int4(), in.bool(), in.bool(), Said.read(in));
    }

    byte[] row() {
        var out = new RowOut(LAYOUT);
        switch (recipient) {
            case Recipient.Local(var account, var prefix, var rcpt) ->
                    out.octet(LOCAL)
                            .text(Envelope.text(rcpt))
                            .long8(account.value())
                            .counted(prefix);
            case Recipient.Elsewhere(var rcpt) -> out.octet(ELSEWHERE).text(Envelope.text(rcpt));
            case Recipient.Distributed(var rcpt) ->
                    out.octet(DISTRIBUTED).text(Envelope.text(rcpt));
            case Recipient.Expanded(var rcpt) -> out.octet(EXPANDED).text(Envelope.text(rcpt));
        }
        out.long8(due).int4(attempts).int4(faults).bool(parked).bool(warned);
        return said.write(out).row();
    }
}
