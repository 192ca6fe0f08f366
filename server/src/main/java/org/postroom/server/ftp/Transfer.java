package org.postroom.server.ftp;

import org.jspecify.annotations.Nullable;
import org.postroom.ftp.Refusal;
import org.postroom.ftp.Reply;
import org.postroom.server.Settings;
import org.postroom.store.Refused;
import org.postroom.store.engine.DiskFull;
import org.postroom.wire.Departure;
import org.postroom.wire.Listener;
import org.postroom.wire.Tap;
import org.postroom.wire.Tls;
import org.postroom.wire.Wire;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// The data transfer process (RFC 959 §2.3): one transfer on a virtual thread of its own, from opening
/// the data connection to the reply that ends it, which it posts to the conversation's [Inbox]. It says
/// nothing itself.
final class Transfer {

    private static final Duration CLOSING = Duration.ofSeconds(5);
    private static final System.Logger LOG = System.getLogger(Transfer.class.getName());

    /// What is carried, and which way.
    interface Cargo extends AutoCloseable {

        /// @param progress counts what crossed
        /// @return the final reply
        Reply carry(Wire data, Progress progress) throws Departure, Refused, Refusal;

        /// Whether to carry it takes no time, so that nothing need be heard meanwhile.
        default boolean isAtHand() {
            return false;
        }

        /// Whether a tap can show it.
        default boolean isText() {
            return true;
        }

        /// Whether the data connection can stay when it was carried (RFC 959 §3.3).
        default boolean keepsConnection() {
            return false;
        }

        /// Called at the end, whether it was carried or not.
        @Override
        default void close() {}
    }

    /// How much has crossed so far, for STAT and the log, and what is to be said on the way.
    static final class Progress {
        private final AtomicLong octets = new AtomicLong();
        private final long rate;
        private final long began = System.nanoTime();
        private volatile Consumer<Reply> listener = _ -> {};

        /// @param rate the most octets a second, 0 for no limit
        Progress(long rate) {
            this.rate = rate;
        }

        /// Says a 1yz reply before the last one.
        void say(Reply reply) {
            listener.accept(reply);
        }

        void add(long more) {
            long all = octets.addAndGet(more);
            if (rate > 0) pace(all);
        }

        /// Waits until so much may have crossed.
        private void pace(long all) {
            long early = all * 1_000 / rate * 1_000_000 - (System.nanoTime() - began);
            if (early > 0) LockSupport.parkNanos(early);
        }
    }

    private final DataPort port;
    private final Tls.@Nullable Server tls;
    private final Tap tap;
    private final Cargo cargo;
    private final Settings.Profile profile;
    private final Progress progress;
    private final long began = System.nanoTime();
    private volatile boolean aborted;
    private volatile @Nullable Wire data;
    private volatile boolean stays;

    /// @param tls what protects the data connection, or null
    Transfer(
            DataPort port,
            Tls.@Nullable Server tls,
            Settings.Profile profile,
            Tap tap,
            Cargo cargo) {
        this.port = port;
        this.tls = tls;
        this.profile = profile;
        this.progress = new Progress(profile.rate());
        this.tap = tap;
        this.cargo = cargo;
    }

    /// Begins; the end comes to the inbox, once.
    void begin(Inbox inbox, String connection) {
        progress.listener = inbox::note;
        Thread.ofVirtual()
                .name("ftp-data")
                .start(() ->
                        ScopedValue.where(Listener.CONNECTION, connection).run(() -> run(inbox)));
    }

    /// Carries what takes no time on the caller's own thread, if the client has called already: no thread
    /// is begun for it. Then the end does not come to the inbox.
    Optional<Reply> atOnce() {
        if (tls != null || profile.rate() > 0 || !cargo.isAtHand()) return Optional.empty();
        try {
            var wire = port.ready(tap);
            if (wire.isEmpty()) return Optional.empty();
            data = wire.get();
        } catch (Departure departure) { // whoever waits for it says so
            LOG.log(System.Logger.Level.DEBUG, "{0}", departure.getMessage());
            return Optional.empty();
        }
        var reply = carried();
        if (!stays) part();
        return Optional.of(reply);
    }

    private void run(Inbox inbox) {
        inbox.ended(carried());
        if (!stays) part();
    }

    private Reply carried() {
        var reply = Reply.LATER;
        try (port;
                cargo) {
            reply = carry();
        } catch (Refused refused) {
            reply = Answers.to(refused);
        } catch (Refusal refusal) {
            reply = refusal.reply();
        } catch (DiskFull full) {
            LOG.log(System.Logger.Level.WARNING, "no room: {0}", full.getMessage());
            reply = Reply.NO_ROOM;
        } catch (RuntimeException broken) {
            LOG.log(System.Logger.Level.ERROR, "a transfer broke", broken);
        } finally {
            stays = cargo.keepsConnection() && !reply.isNegative() && !aborted;
        }
        return reply;
    }

    /// However it ended, the data connection is closed without another word: only the cargo says, by
    /// [Wire#endOutput], that what was sent is whole. Under TLS the client's close_notify is waited for, a
    /// little, so that each side knows that the other has the whole (TRAPS F20); the reply does not wait.
    private void part() {
        var wire = data;
        if (wire == null) return;
        try {
            if (!aborted && wire.isSecured()) {
                wire.limits(DataPort.LIMITS.withIdle(CLOSING));
                var rest = new byte[1024];
                for (int i = 0; i < 64 && wire.read(rest, 0, rest.length) >= 0; i++) {
                    // nothing is expected of the client here
                }
            }
        } catch (Departure gone) {
            LOG.log(System.Logger.Level.DEBUG, "{0}", gone.getMessage());
        } finally {
            wire.abort();
        }
    }

    private Reply carry() throws Refused, Refusal {
        try {
            var there = data;
            var wire = there == null ? port.open(tap) : there;
            data = wire;
            if (aborted) return Reply.BROKEN_OFF;
            return wire.isSecured() || protect(wire)
                    ? cargo.carry(wire, progress)
                    : Reply.DATA_TLS_FAILED;
        } catch (Departure departure) {
            LOG.log(System.Logger.Level.DEBUG, "{0}", departure.getMessage());
            return data == null ? Reply.NO_DATA_CONNECTION : Reply.CUT;
        }
    }

    /// RFC 4217 §7: the server is the TLS server, whoever called.
    private boolean protect(Wire wire) {
        var server = tls;
        if (server == null) return true;
        try {
            wire.secure(server);
            // TRAPS F18: whose the data connection is, is known by its session alone
            return !profile.demandsResumption() || wire.tls().orElseThrow().resumed();
        } catch (Departure failed) {
            LOG.log(System.Logger.Level.DEBUG, "{0}", failed.getMessage());
            return false;
        }
    }

    /// Ends it now, wherever it is: waiting for the connection, reading or writing. Its end still comes to
    /// the inbox.
    void abort() {
        aborted = true;
        port.close();
        var wire = data;
        if (wire != null) wire.abort();
    }

    /// The data connection that stays, if it does, once the end came to the inbox.
    Optional<Wire> remains() {
        return stays ? Optional.ofNullable(data) : Optional.empty();
    }

    /// How it is known whose the data connection is (TRAPS F18): its TLS session resumes another of this
    /// server's, or it comes from the control connection's peer to a port that was opened for it.
    String security() {
        var wire = data;
        if (wire == null) return "none";
        return wire.tls()
                .map(facts -> facts.resumed() ? "tls resumed" : "tls by address")
                .orElse("clear");
    }

    long octets() {
        return progress.octets.get();
    }

    Duration duration() {
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
