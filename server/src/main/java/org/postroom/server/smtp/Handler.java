package org.postroom.server.smtp;

import org.postroom.smtp.Refusal;
import org.postroom.smtp.Reply;
import org.postroom.store.engine.DiskFull;
import org.postroom.wire.Fault;

/// What a verb does: its reply, or a refusal.
@FunctionalInterface
interface Handler {

    System.Logger LOG = System.getLogger(Handler.class.getName());

    Reply run() throws Refusal;

    /// What to say of it, whatever becomes of it.
    static Reply outcome(Handler handler) {
        try {
            return handler.run();
        } catch (Refusal refusal) {
            return refusal.reply();
        } catch (DiskFull full) {
            LOG.log(System.Logger.Level.ERROR, "no room: {0}", full.getMessage());
            return Reply.NO_ROOM;
        } catch (Fault fault) {
            LOG.log(System.Logger.Level.ERROR, "a command broke", fault);
            return Reply.LOCAL_ERROR;
        }
    }
}
