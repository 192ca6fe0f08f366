package org.postroom.server.imap;

import org.postroom.imap.Reply;
import org.postroom.server.Conversation;
import org.postroom.server.House;
import org.postroom.server.Port;
import org.postroom.wire.Listener;

/// IMAP at a port.
public final class ImapServer {

    private static final String APPLICATION = "imap"; // RFC 7301 §6's registry

    private ImapServer() {}

    /// What a listener at this port does.
    public static Listener.Plan plan(House house, Port port) {
        return Conversation.plan(
                house, port, Reply.BUSY.untagged(), ImapConversation::new, APPLICATION);
    }
}
