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

    Presence(House house, Wire wire) {
        this.house = house;
        this.wire = wire;
    }

    void enable(AccountId account) {
        if (ear != null) return;
        var opened = house.store().watch().follow(account);
        ear = opened;
        opened.attend();
    }

    /// What to wait at in IDLE, so that a notice wakes it, too; null when nobody is there.
    Watch.@Nullable Subscription ear() {
        return ear;
    }

    /// Writes what was said, at a time when EXISTS could be said, too. It counts as told only once it has
    /// left.
    ///
    /// @return whether there was anything
    boolean tell() throws Departure {
        if (ear == null) return false;
        boolean some = false;
        for (var next = ear.notice(); next.isPresent(); next = ear.notice()) {
            some = true;
            write(next.get());
        }
        return some;
    }

    private void write(Notice notice) throws Departure {
        if (!notice.begin()) return;
        boolean whole = false;
        try {
            wire.say(new Response.Notice(notice.octets()));
            wire.flush();
            whole = true;
        } finally {
            notice.end(whole);
        }
    }

    @Override
    public void close() {
        if (ear != null) ear.close();
    }
}
