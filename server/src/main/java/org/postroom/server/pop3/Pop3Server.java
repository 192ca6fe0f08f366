package org.postroom.server.pop3;

import org.jspecify.annotations.Nullable;
import org.postroom.pop3.Reply;
import org.postroom.server.House;
import org.postroom.server.Port;
import org.postroom.wire.Listener;
import org.postroom.wire.Tls;

/// POP3 at a port.
public final class Pop3Server {

    private static final String ALPN = "pop3"; // RFC 7301 §6's registry

    private Pop3Server() {}

    /// What a listener at this port does.
    public static Listener.Plan plan(House house, Port port) {
        var tls = new Tls.Server(house.certificates(), ALPN);
        Tls.@Nullable Server implicit = port.implicit ? tls : null;
        return new Listener.Plan(
                port.title,
                house.gate(),
                Reply.BUSY,
                implicit,
                () -> port.limits(house.settings().get()),
                () -> house.taps().of(port),
                wire -> new Pop3Conversation(house, port, tls, wire).run());
    }
}
