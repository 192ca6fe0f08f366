package org.postroom.server.imap;

import org.jspecify.annotations.Nullable;
import org.postroom.imap.Reply;
import org.postroom.server.House;
import org.postroom.server.Port;
import org.postroom.wire.Listener;
import org.postroom.wire.Tls;

/// IMAP at a port.
public final class ImapServer {

    private static final String ALPN = "imap"; // RFC 7301 §6's registry

    private ImapServer() {}

    /// What a listener at this port does.
    public static Listener.Plan plan(House house, Port port) {
        var tls = new Tls.Server(house.certificates(), ALPN);
        Tls.@Nullable Server implicit = port.implicit ? tls : null;
        return new Listener.Plan(
                port.title,
                house.gate(),
                Reply.BUSY.untagged(),
                implicit,
                () -> port.limits(house.settings().get()),
                () -> house.taps().of(port),
                wire -> new ImapConversation(house, port, tls, wire).run());
    }
}
