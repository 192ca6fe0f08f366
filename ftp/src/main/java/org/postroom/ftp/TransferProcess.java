package org.postroom.ftp;

import org.jspecify.annotations.Nullable;
import org.postroom.ftp.DataDoor.Protected;
import org.postroom.wire.Departure;
import org.postroom.wire.Tap;
import org.postroom.wire.Wire;

import java.util.Optional;
import java.util.function.Supplier;

/// The client's data transfer process (RFC 959 §2.3): a data connection for each transfer, passive or
/// active, or the one that the mode keeps. One thread transfers; any other may [#abort].
final class TransferProcess {

    private static final int MOST_REPLIES = 5; // to what was aborted

    private final ControlProcess control;
    private final Supplier<Tap> tap;
    private boolean passive = true;
    private Optional<Protected> protection = Optional.empty();
    private Optional<Wire> kept = Optional.empty();

    private volatile boolean underWay;
    private volatile boolean aborted;
    private volatile int heard; // final replies, when it was aborted
    private volatile @Nullable DataDoor door;
    private volatile @Nullable Wire data;

    TransferProcess(ControlProcess control, Supplier<Tap> tap) {
        this.control = control;
        this.tap = tap;
    }

    void passive(boolean on) {
        passive = on;
    }

    void protect(Protected agreed) {
        protection = Optional.of(agreed);
    }

    /// @param <X> what can go wrong at our end of the file
    interface Carrier<X extends Exception> {
        void carry(Wire data) throws Departure, Refusal, X;
    }

    /// One transfer. When the data connection breaks, the server's reply says why; if it says nothing
    /// of the kind, the break is what there is to tell. Our own failure, such as a disk that is full, must
    /// not look like the end of the file: ABOR goes before the data connection is closed.
    <X extends Exception> void transfer(
            Command command, Optional<String> marker, Representation as, Carrier<X> carrier)
            throws Departure, Refusal, X {
        aborted = false;
        underWay = true;
        boolean ours = true;
        try {
            run(command, marker, as, carrier);
            ours = false;
        } catch (Departure | Refusal theirs) {
            ours = false;
            if (!aborted) throw theirs;
        } finally {
            if (ours) abort();
            underWay = false;
            if (aborted) settle();
        }
        if (aborted) throw new Refusal(Reply.BROKEN_OFF);
    }

    private <X extends Exception> void run(
            Command command, Optional<String> marker, Representation as, Carrier<X> carrier)
            throws Departure, Refusal, X {
        if (kept.isPresent() && as.keepsConnection()) {
            restart(marker);
            carry(control.begin(command), kept.get(), carrier, as);
            return;
        }
        part();
        try (var opened =
                passive
                        ? new PassiveDoor(control, tap.get())
                        : new ActiveDoor(control, tap.get())) {
            door = opened;
            restart(marker);
            var first = control.begin(command);
            Wire wire;
            try {
                wire = opened.connection(protection);
            } catch (Departure none) {
                if (!aborted) control.last(first);
                throw none;
            }
            carry(first, wire, carrier, as);
        } finally {
            door = null;
        }
    }

    private void restart(Optional<String> marker) throws Departure, Refusal {
        if (marker.isPresent()) control.ask(new Command.Rest(marker.get()));
    }

    /// RFC 959 §3.2: 250 says that the data connection stays, 226 that it does not.
    private <X extends Exception> void carry(
            Reply first, Wire wire, Carrier<X> carrier, Representation as)
            throws Departure, Refusal, X {
        data = wire;
        kept = Optional.empty();
        Optional<Departure> broken = Optional.empty();
        Optional<Refusal> senseless = Optional.empty();
        try {
            if (!aborted) carrier.carry(wire);
            // TRAPS F20: some say nothing until our close_notify has come
            if (!as.keepsConnection()) wire.close();
        } catch (Departure departure) {
            broken = Optional.of(departure);
            wire.reset();
        } catch (Refusal refusal) { // what came is not what was agreed, whatever the server says of
            // it
            senseless = Optional.of(refusal);
            wire.reset();
        }
        boolean stays = false;
        try {
            if (aborted) throw new Departure(Departure.Kind.GONE, "it was aborted");
            boolean agreed = control.last(first).code() == 250;
            stays = agreed && as.keepsConnection() && !wire.isClosed();
        } catch (Refusal reply) {
            throw senseless.orElse(reply);
        } finally {
            if (stays) kept = Optional.of(wire);
            else wire.close();
            data = null;
        }
        if (senseless.isPresent()) throw senseless.get();
        if (broken.isPresent()) throw broken.get();
    }

    /// Breaks the transfer off that is under way, if one is; whoever waits for it gets a Refusal once the
    /// server has answered.
    // RFC 959 §4.1.3: ABOR, the user's process having sent "Synch" before it
    void abort() throws Departure {
        if (!underWay || aborted) return;
        heard = control.finals();
        aborted = true;
        try {
            control.interrupt(new Command.Abor());
        } finally {
            reset();
        }
    }

    /// Closes whatever data connection there is, so that nobody takes it for the end of a file.
    void reset() {
        var waiting = door;
        if (waiting != null) waiting.close();
        var wire = data;
        if (wire != null) wire.reset();
    }

    /// Hears the replies to what was aborted: 426 and 226, or 226 and 225, or one of them. The answer to a
    /// NOOP is the last of all.
    private void settle() throws Departure {
        if (control.wire.isClosed()) return;
        part();
        boolean over = false;
        for (int i = 0; i < MOST_REPLIES && control.finals() == heard; i++) over = hears(0);
        control.say(new Command.Noop());
        for (int i = 0; i < MOST_REPLIES && !over; i++) over = hears(200);
        if (!over) control.wire.abort();
    }

    /// @return whether it was this reply
    private boolean hears(int code) throws Departure {
        try {
            return control.hear().code() == code;
        } catch (Refusal no) {
            return false; // 426, which is as it should be
        }
    }

    void part() {
        kept.ifPresent(Wire::close);
        kept = Optional.empty();
    }
}
