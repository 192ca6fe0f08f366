package org.postroom.server.pop3;

import org.postroom.pop3.Reply;
import org.postroom.server.Conversation;
import org.postroom.server.House;
import org.postroom.server.Port;
import org.postroom.wire.Listener;

/// POP3 at a port.
public final class Pop3Server {

    private static final String APPLICATION = "pop3"; // RFC 7301 §6's registry

    private Pop3Server() {}

    /// What a listener at this port does.
    public static Listener.Plan plan(House house, Port port) {
        return Conversation.plan(house, port, Reply.BUSY, Pop3Conversation::new, APPLICATION);
    }
}
