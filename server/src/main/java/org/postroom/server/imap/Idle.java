package org.postroom.server.imap;

import org.jspecify.annotations.Nullable;
import org.postroom.imap.Refusal;
import org.postroom.imap.Reply;
import org.postroom.server.House;
import org.postroom.store.Account;
import org.postroom.store.Refused;
import org.postroom.store.Watch;
import org.postroom.wire.Departure;
import org.postroom.wire.Fault;
import org.postroom.wire.Line;
import org.postroom.wire.Wire;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// IDLE (RFC 2177). The one place where two things are waited for: a second virtual thread hears
/// exactly one line and wakes the first, which otherwise waits for news. It ends at DONE, or at
/// anything else the client says: iOS pipelines its next command (TRAPS T23).
final class Idle {

    /// Often enough for the memories of home routers, and below the half hour after which clients give
    /// up.
    private static final Duration KEEP_ALIVE = Duration.ofMinutes(4);

    /// For a client that shows what was said and then ends the IDLE.
    private static final Duration SHOWING = Duration.ofSeconds(2);

    private final Wire wire;
    private final House house;
    private final Updates updates;
    private final Presence presence;

    Idle(Wire wire, House house, Updates updates, Presence presence) {
        this.wire = wire;
        this.house = house;
        this.updates = updates;
        this.presence = presence;
    }

    /// Whatever ends it but a line ends the session: somebody still waits for that line.
    ///
    /// @param selected the mailbox to tell of, or null when none is selected
    void run(Account account, @Nullable Selected selected) throws Departure, Refusal {
        wire.say(Reply.IDLING);
        var there = presence.ear();
        try {
            if (there != null) idle(there, account, selected);
            else
                try (var watch = house.store().watch().follow(account.id())) {
                    idle(watch, account, selected);
                }
        } catch (InterruptedException e) {
            throw new Fault("idling", e);
        } catch (Refused deleted) {
            throw new Refusal(Reply.MAILBOX_GONE);
        }
    }

    private void idle(Watch.Subscription watch, Account account, @Nullable Selected selected)
            throws Departure, Refusal, Refused, InterruptedException {
        if (selected != null) updates.tell(selected, false); // since we last looked
        wire.flush();
        var ear = new Ear(wire, watch::wake);
        presence.tell(ear);
        wire.flush();
        while (!ear.hasHeard()) {
            if (account.isRemoved()) throw new Refusal(Reply.ACCOUNT_GONE);
            var news = watch.take(KEEP_ALIVE);
            if (ear.hasHeard()) break;
            if (!presence.tell(ear) && news.isEmpty()) wire.say(Reply.STILL_HERE.untagged());
            if (selected != null && news.mailboxes().contains(selected.id()))
                updates.tell(selected, false); // EXPUNGE may come here (RFC 3501 §7.4.1)
            wire.flush();
        }
        var line = ear.line();
        if (line.isTooLong()) throw new Refusal(Reply.LINE_TOO_LONG);
        // Tolerance.BLANK_AT_END
        if (line.text().stripTrailing().equalsIgnoreCase("DONE")) wire.takeOver(line);
        else wire.unread(line);
    }

    /// Hears one line on a thread of its own, which ends with it.
    private static final class Ear implements Presence.Showing {

        private final Wire wire;
        private final Runnable wake;
        private final CountDownLatch heard = new CountDownLatch(1);
        private volatile @Nullable Line line;
        private volatile @Nullable Departure departure;

        Ear(Wire wire, Runnable wake) {
            this.wire = wire;
            this.wake = wake;
            Thread.ofVirtual().name("imap-idle").start(this::hear);
        }

        private void hear() {
            try {
                line = wire.overhear();
            } catch (Departure left) {
                departure = left;
            } finally {
                heard.countDown();
                wake.run();
            }
        }

        @Override
        public void await() {
            try {
                heard.await(SHOWING.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                throw new Fault("idling", e);
            }
        }

        boolean hasHeard() {
            return line != null || departure != null;
        }

        Line line() throws Departure {
            var left = departure;
            if (left != null) throw left;
            var heard = line;
            if (heard == null) throw new Fault("nothing was heard");
            return heard;
        }
    }
}
