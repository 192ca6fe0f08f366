package org.postroom.server.smtp;

import org.postroom.server.Conversation;
import org.postroom.server.House;
import org.postroom.server.Port;
import org.postroom.smtp.Reply;
import org.postroom.wire.Listener;

/// SMTP, submission or LMTP at a port.
public final class SmtpServer {

    private static final String APPLICATION = "smtp"; // RFC 7301 §6's registry

    private SmtpServer() {}

    /// What a listener at this port does.
    public static Listener.Plan plan(House house, Port port) {
        return Conversation.plan(
                house,
                port,
                saying -> Reply.busy(house.settings().get().server().name()).on(saying),
                SmtpConversation::new,
                APPLICATION);
    }
}
