package org.postroom.server.ftp;

import org.postroom.ftp.Command.Abor;
import org.postroom.ftp.Command.Noop;
import org.postroom.ftp.Command.Stat;
import org.postroom.ftp.Reply;
import org.postroom.server.House;
import org.postroom.server.Port;
import org.postroom.store.FilePath;
import org.postroom.wire.Departure;
import org.postroom.wire.Tls;
import org.postroom.wire.Wire;

import java.time.Duration;
import java.util.List;

/// The transfers of a session, as its control process sees them: one at a time, begun, waited for,
/// broken off, written down. The client is heard meanwhile (TRAPS F11).
final class Transfers {

    private static final Duration FOR_EVER = Duration.ofDays(365);

    private final House house;
    private final Port port;
    private final Tls.Server tls;
    private final Wire wire;
    private final Inbox inbox;
    private final TransferParameters parameters;
    private int count;

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

    /// How many there were.
    int count() {
        return count;
    }

    /// One 1yz reply, one that ends it (TRAPS F4), and the client is heard between the two.
    void carry(String account, String verb, FilePath path, Transfer.Cargo cargo) throws Departure {
        var settings = house.settings().get();
        var tap = house.taps().of(port);
        var transfer =
                new Transfer(
                        parameters.dataPort(settings.server()),
                        parameters.isPrivate() ? tls : null,
                        cargo.isText() ? tap : tap.ofData(),
                        cargo);
        var limits = wire.limits();
        wire.limits(limits.withIdle(FOR_EVER)); // a client has nothing to say now
        transfer.begin(inbox, wire.id());
        var end = End.BROKEN_OFF;
        try {
            wire.say(Reply.GOES_AHEAD);
            end = awaited(transfer);
        } catch (Departure departure) {
            end = left(transfer, departure);
            throw departure;
        } finally {
            wire.limits(limits);
            record(account, verb, path, transfer, end.reply);
        }
        for (var reply : end.said) wire.say(reply);
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
                    return new End(reply, List.of(reply));
                }
                case Inbox.Said(Abor()) -> {
                    return aborted(transfer);
                }
                case Inbox.Said(Stat(var path)) when path.isEmpty() ->
                        wire.say(Reply.status(List.of(transfer.octets() + " octets have crossed")));
                case Inbox.Said(Noop()) -> wire.say(Reply.NOTHING_DONE);
                case Inbox.Said(var command) -> inbox.putOff(command);
                case Inbox.Misspoke(var reply) -> wire.refuse(reply);
                case Inbox.Left(var departure) -> throw departure;
            }
    }

    // RFC 959 §4.1.3: 426 for the transfer, 226 for ABOR; if it was complete already, its own end
    // first
    private End aborted(Transfer transfer) {
        transfer.abort();
        var ended = inbox.end();
        var reply = ended.isNegative() ? Reply.BROKEN_OFF : ended;
        return new End(reply, List.of(reply, Reply.ABORTED));
    }

    /// A server that shuts down lets the transfer end; a client that is gone has no use for it (RFC 959
    /// §3.2).
    private End left(Transfer transfer, Departure departure) throws Departure {
        if (departure.kind() != Departure.Kind.DRAINING) transfer.abort();
        var reply = inbox.end();
        if (departure.kind() == Departure.Kind.DRAINING) wire.say(reply);
        return new End(reply, List.of());
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
                .with("octets", transfer.octets())
                .with("millis", duration.toMillis())
                .with("mbps", mbps(transfer.octets(), duration))
                .with("result", reply.code())
                .write();
    }

    /// Megabits a second, to one decimal.
    private static double mbps(long octets, Duration duration) {
        return Math.round(octets * 80_000.0 / Math.max(1, duration.toNanos())) / 10.0;
    }
}
