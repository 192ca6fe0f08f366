package org.postroom.agent;

import org.jspecify.annotations.Nullable;
import org.postroom.agent.access.ImapAccess;
import org.postroom.agent.account.Hindrance;
import org.postroom.mime.render.Visible;

/// Listens for new letters on a second connection while the person types (RFC 2177).
final class Watch implements AutoCloseable {

    private final Session session;
    private final Screen screen;
    private @Nullable Thread thread;
    private volatile boolean over;

    Watch(Session session, Screen screen) {
        this.session = session;
        this.screen = screen;
    }

    void start() {
        if (!session.isTold()) return;
        String mailbox = session.place();
        thread = Thread.ofVirtual().start(() -> watch(mailbox));
    }

    private void watch(String mailbox) {
        try {
            ImapAccess.watch(session.account, session.calls, mailbox, () -> tell(mailbox));
        } catch (Hindrance gone) {
            over = true; // the next verb finds out, and says why
        }
    }

    private void tell(String mailbox) {
        if (!over && session.isNews())
            screen.tell(
                    screen.paint().bold("A new letter in " + Visible.line(mailbox, 100))
                            + screen.paint().faint("; `check` looks, `list` shows."));
    }

    @Override
    public void close() {
        over = true;
        var running = thread;
        if (running != null) running.interrupt();
    }
}
