package org.postroom.server.smtp;

import org.jspecify.annotations.Nullable;
import org.postroom.server.House;
import org.postroom.server.Port;
import org.postroom.smtp.Reply;
import org.postroom.wire.Listener;
import org.postroom.wire.Tls;

/// SMTP, submission or LMTP at a port.
public final class SmtpServer {

    private static final String ALPN = "smtp";

    private SmtpServer() {}

    /// What a listener at this port does.
    public static Listener.Plan plan(House house, Port port) {
        var tls = new Tls.Server(house.certificates(), ALPN);
        Tls.@Nullable Server implicit = port.implicit ? tls : null;
        return new Listener.Plan(
                port.title,
                house.gate(),
                saying -> Reply.busy(house.settings().get().server().name()).on(saying),
                implicit,
                () -> port.limits(house.settings().get()),
                () -> house.taps().of(port),
                wire -> new SmtpConversation(house, port, tls, wire).run());
    }
}
