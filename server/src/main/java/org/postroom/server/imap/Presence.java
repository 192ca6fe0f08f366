package org.postroom.server.imap;

import org.jspecify.annotations.Nullable;
import org.postroom.imap.Response;
import org.postroom.server.House;
import org.postroom.store.AccountId;
import org.postroom.store.Notice;
import org.postroom.store.Watch;
import org.postroom.wire.Departure;
import org.postroom.wire.Wire;

/// Whether whoever is signed in here is there to be spoken to (RFC 821 §3.4), having said so by ENABLE,
/// and what was said meanwhile.
final class Presence implements AutoCloseable {

    private final House house;
    private final Wire wire;
    private Watch.@Nullable Subscription ear;
    private boolean shows; // the client says when it has shown what was said

    Presence(House house, Wire wire) {
        this.house = house;
        this.wire = wire;
    }

    /// Waits until the client has shown what it was told, or for as long as that may take.
    @FunctionalInterface
    interface Showing {
        void await();
    }

    /// @param shows whether the client tells by ending IDLE that it has shown what was said
    void enable(AccountId account, boolean shows) {
        this.shows |= shows;
        if (ear != null) return;
        var opened = house.store().watch().follow(account);
        ear = opened;
        opened.attend();
    }

    /// What to wait at in IDLE, so that a notice wakes it, too; null when nobody is there.
    Watch.@Nullable Subscription ear() {
        return ear;
    }

    /// Writes what was said at the end of a command, where EXISTS could be said, too. It counts as told
    /// only once it has left.
    void tell() throws Departure {
        if (!shows) tell(() -> {});
    }

    /// The same in IDLE.
    ///
    /// @return whether there was anything
    boolean tell(Showing showing) throws Departure {
        if (ear == null) return false;
        boolean some = false;
        for (var next = ear.notice(); next.isPresent(); next = ear.notice()) {
            some = true;
            write(next.get(), showing);
        }
        return some;
    }

    private void write(Notice notice, Showing showing) throws Departure {
        if (!notice.begin()) return;
        boolean whole = false;
        try {
            wire.say(new Response.Notice(notice.octets()));
            wire.flush();
            if (shows) showing.await();
            whole = true;
        } finally {
            notice.end(whole);
        }
    }

    @Override
    public void close() {
        if (ear != null) ear.close();
        ear = null;
        shows = false;
    }
}
