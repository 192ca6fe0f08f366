package org.postroom.agent;

import org.jspecify.annotations.Nullable;
import org.postroom.agent.access.ImapAccess;
import org.postroom.agent.account.Hindrance;
import org.postroom.mime.Source;
import org.postroom.mime.Structure;
import org.postroom.mime.render.Rendering;
import org.postroom.mime.render.Visible;
import org.postroom.wire.Fault;

import java.io.IOException;

/// Listens on a second connection while the person is at the prompt or in the full screen: for new
/// letters (RFC 2177), and for what somebody says to who is there (RFC 821 §3.4).
final class Watch implements ImapAccess.Listener, AutoCloseable {

    private final Session session;
    private final Screen screen;
    private final String mailbox;
    private @Nullable Thread thread;
    private volatile boolean over;

    Watch(Session session, Screen screen) {
        this.session = session;
        this.screen = screen;
        this.mailbox = session.place();
    }

    void start() {
        if (!session.isTold()) return;
        thread = Thread.ofVirtual().start(this::watch);
    }

    private void watch() {
        try {
            ImapAccess.watch(session.account, session.calls, mailbox, this);
        } catch (Hindrance gone) {
            over = true; // the next verb finds out, and says why
        }
    }

    @Override
    public void letters() {
        if (!over && session.isNews())
            screen.tell(
                    screen.paint().bold("A new letter in " + Visible.line(mailbox, 100))
                            + screen.paint().faint("; `check` looks, `list` shows."));
    }

    @Override
    public void said(byte[] letter) {
        if (over) return;
        try {
            String text = Rendering.of(Structure.of(letter), Source.of(letter), screen.width());
            screen.say(
                    screen.paint().bold("-- somebody says to you --")
                            + "\n"
                            + text.stripTrailing()
                            + "\n"
                            + screen.paint().faint("--"));
        } catch (IOException never) {
            throw new Fault("reading octets in memory", never);
        }
    }

    @Override
    public void close() {
        over = true;
        var running = thread;
        if (running != null) running.interrupt();
    }
}
