package org.postroom.server.ftp;

import org.postroom.ftp.Command.Abor;
import org.postroom.ftp.Command.Noop;
import org.postroom.ftp.Command.Stat;
import org.postroom.ftp.Refusal;
import org.postroom.ftp.Reply;
import org.postroom.ftp.Type;
import org.postroom.server.House;
import org.postroom.server.Port;
import org.postroom.server.Settings;
import org.postroom.store.FilePath;
import org.postroom.store.Refused;
import org.postroom.wire.Departure;
import org.postroom.wire.Tls;
import org.postroom.wire.Wire;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/// The transfers of a session, as its control process sees them: one at a time, begun, waited for,
/// broken off, written down. The client is heard meanwhile (TRAPS F11).
final class Transfers {

    private static final System.Logger LOG = System.getLogger(Transfers.class.getName());
    private static final Duration FOR_EVER = Duration.ofDays(365);

    private final House house;
    private final Port port;
    private final Wire wire;
    private final Inbox inbox;
    private final TransferParameters parameters;
    private Tls.Server tls;
    private int count;
    private volatile Optional<Running> running = Optional.empty();
    private boolean clear;
    private Settings.Profile profile = Settings.Profile.STANDARD;

    Transfers(
            House house,
            Port port,
            Tls.Server tls,
            Wire wire,
            Inbox inbox,
            TransferParameters parameters) {
        this.house = house;
        this.port = port;
        this.tls = tls;
        this.wire = wire;
        this.inbox = inbox;
        this.parameters = parameters;
    }

    /// What protects data connections from now on.
    void tls(Tls.Server other) {
        tls = other;
    }

    /// How whoever signed in is held.
    ///
    /// @param everybodys whether what crosses is, so that it may cross in clear text
    void held(Manner manner, boolean everybodys) {
        clear = everybodys || manner.clearText();
        profile = manner.profile();
    }

    /// For a device that reads no other lists.
    boolean listsAsDos() {
        return profile.dosLists();
    }

    /// A transfer that is on.
    private record Running(String verb, FilePath path, Transfer transfer) {

        @Override
        public String toString() {
            return verb + " " + path + ": " + progress(transfer);
        }
    }

    /// The transfer that is on, for whoever looks from another thread; empty without one.
    String doing() {
        return running.map(Running::toString).orElse("");
    }

    /// How many there were.
    int count() {
        return count;
    }

    /// One 1yz reply, one that ends it (TRAPS F4), and the client is heard between the two.
    void carry(String account, String verb, FilePath path, Transfer.Cargo cargo)
            throws Departure, Refusal {
        carry(account, verb, path, cargo, Reply.GOES_AHEAD);
    }

    /// @param begins what is said where the data connection is not there yet
    void carry(String account, String verb, FilePath path, Transfer.Cargo cargo, Reply begins)
            throws Departure, Refusal {
        var dataPort = dataPort(cargo);
        var tap = house.taps().of(port);
        var transfer =
                new Transfer(
                        dataPort,
                        parameters.isPrivate() ? tls : null,
                        profile,
                        cargo.isText() ? tap : tap.ofData(),
                        cargo);
        // RFC 959 §5.4: 125 where the connection is there, 150 where it is about to be opened
        var beginning = dataPort instanceof KeptPort ? begins.overWhatIsThere() : begins;
        var atOnce = transfer.atOnce();
        if (atOnce.isPresent()) {
            var end = ended(transfer, atOnce.get());
            record(account, verb, path, transfer, end.reply);
            wire.say(beginning);
            wire.say(end.reply);
            return;
        }
        var limits = wire.limits();
        wire.limits(limits.withIdle(FOR_EVER)); // a client has nothing to say now
        running = Optional.of(new Running(verb, path, transfer));
        transfer.begin(inbox, wire.id());
        var end = End.BROKEN_OFF;
        try {
            wire.say(beginning);
            end = awaited(transfer);
        } catch (Departure departure) {
            end = left(transfer, departure);
            throw departure;
        } finally {
            running = Optional.empty();
            wire.limits(limits);
            record(account, verb, path, transfer, end.reply);
        }
        for (var reply : end.said) wire.say(reply);
    }

    private DataPort dataPort(Transfer.Cargo cargo) throws Refusal {
        try {
            // as with passwords: in clear text from this machine only (DECISIONS, Accounts and
            // credentials)
            if (!parameters.isPrivate() && !wire.isLoopback() && !clear)
                throw new Refusal(Reply.PROTECT_FIRST);
            return parameters.dataPort(house.settings().get().server());
        } catch (Refusal refusal) {
            cargo.close();
            throw refusal;
        }
    }

    /// What came of a transfer, and what the client hears of it.
    private record End(Reply reply, List<Reply> said) {
        static final End BROKEN_OFF = new End(Reply.BROKEN_OFF, List.of());
    }

    /// Answers what may be said during a transfer, and puts off what may not.
    ///
    /// @throws Departure while the transfer is still on
    private End awaited(Transfer transfer) throws Departure {
        while (true)
            switch (inbox.duringTransfer()) {
                case Inbox.Ended(var reply) -> {
                    return ended(transfer, reply);
                }
                case Inbox.Noted(var reply) -> wire.say(reply);
                case Inbox.Said(Abor()) -> {
                    return aborted(transfer);
                }
                case Inbox.Said(Stat(var path)) when path.isEmpty() ->
                        wire.say(Reply.status(List.of(progress(transfer))));
                case Inbox.Said(Noop()) -> wire.say(Reply.NOTHING_DONE);
                case Inbox.Said(var command) -> inbox.putOff(command);
                case Inbox.Misspoke(var reply) -> wire.refuse(reply);
                case Inbox.Left(var departure) -> throw departure;
            }
    }

    /// RFC 959 §3.2: 250 where the data connection stays, 226 where it is closed (TRAPS F14).
    private End ended(Transfer transfer, Reply reply) {
        var remains = transfer.remains();
        remains.ifPresent(parameters::keep);
        var said = remains.isPresent() ? Reply.TRANSFERRED_STAYS : reply;
        return new End(said, List.of(said));
    }

    private static String progress(Transfer transfer) {
        return transfer.octets()
                + " octets have crossed, "
                + mbps(transfer.octets(), transfer.duration())
                + " Mbit/s";
    }

    // RFC 959 §4.1.3: 426 for the transfer, 226 for ABOR; if it was complete already, its own end
    // first
    private End aborted(Transfer transfer) {
        transfer.abort();
        var ended = inbox.end();
        transfer.remains().ifPresent(Wire::abort); // RFC 959 §4.1.3: ABOR closes it
        var reply = ended.isNegative() ? Reply.BROKEN_OFF : ended;
        return new End(reply, List.of(reply, Reply.ABORTED));
    }

    /// A server that shuts down lets the transfer end; a client that is gone has no use for it (RFC 959
    /// §3.2).
    private End left(Transfer transfer, Departure departure) throws Departure {
        if (departure.kind() != Departure.Kind.DRAINING) transfer.abort();
        var reply = inbox.end();
        transfer.remains().ifPresent(Wire::abort);
        if (departure.kind() == Departure.Kind.DRAINING) wire.say(reply);
        return new End(reply, List.of());
    }

    /// Work that takes long and needs no data connection: a digest, a directory with all in it. The client
    /// is heard meanwhile, and ABOR ends it (TRAPS F11).
    void await(Work work) throws Departure {
        var stop = new AtomicBoolean();
        Thread.ofVirtual().name("ftp-work").start(() -> inbox.ended(done(work, stop)));
        try {
            while (true)
                switch (inbox.duringTransfer()) {
                    case Inbox.Ended(var reply) -> {
                        wire.say(reply);
                        return;
                    }
                    case Inbox.Said(Abor()) -> {
                        stop.set(true);
                        wire.say(inbox.end());
                        wire.say(Reply.ABORTED);
                        return;
                    }
                    case Inbox.Said(Noop()) -> wire.say(Reply.NOTHING_DONE);
                    case Inbox.Said(var command) -> inbox.putOff(command);
                    case Inbox.Misspoke(var reply) -> wire.refuse(reply);
                    case Inbox.Noted(var reply) -> wire.say(reply);
                    case Inbox.Left(var departure) -> {
                        stop.set(true);
                        inbox.end();
                        throw departure;
                    }
                }
        } catch (Departure departure) {
            stop.set(true);
            throw departure;
        }
    }

    /// Something that takes long.
    interface Work {
        /// @param stop whether nobody waits for it any more
        /// @return the final reply
        Reply done(BooleanSupplier stop) throws Refused, Refusal;
    }

    private static Reply done(Work work, AtomicBoolean stop) {
        try {
            return work.done(stop::get);
        } catch (Refused refused) {
            return Answers.to(refused);
        } catch (Refusal refusal) {
            return refusal.reply();
        } catch (RuntimeException broken) {
            LOG.log(System.Logger.Level.ERROR, "work broke", broken);
            return Reply.LATER;
        }
    }

    private void record(
            String account, String verb, FilePath path, Transfer transfer, Reply reply) {
        count++;
        var duration = transfer.duration();
        house.journal()
                .about("transfer", wire)
                .with("protocol", port.title)
                .with("account", account)
                .with("verb", verb)
                .with("path", path.toString())
                .with("type", type())
                .with("octets", transfer.octets())
                .with("millis", duration.toMillis())
                .with("mbps", mbps(transfer.octets(), duration))
                .with("result", reply.code())
                .with("data", transfer.security())
                .write();
    }

    private String type() {
        return switch (parameters.representation().type()) {
            case Type.Ascii _ -> "ascii";
            case Type.Ebcdic _ -> "ebcdic";
            case Type.Image _, Type.Local _ -> "image";
        };
    }

    /// Megabits a second, to one decimal.
    private static double mbps(long octets, Duration duration) {
        return Math.round(octets * 80_000.0 / Math.max(1, duration.toNanos())) / 10.0;
    }
}
