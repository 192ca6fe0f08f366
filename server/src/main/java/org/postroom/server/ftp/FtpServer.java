package org.postroom.server.ftp;

import org.jspecify.annotations.Nullable;
import org.postroom.ftp.Reply;
import org.postroom.server.House;
import org.postroom.server.Port;
import org.postroom.wire.Listener;
import org.postroom.wire.Tls;

/// FTP at a port.
public final class FtpServer {

    // RFC 7301 §6's registry; FileZilla says the second on data connections. One context for both,
    // so
    // that a data connection can resume the control connection's session (TRAPS F18)
    private static final String[] ALPN = {"ftp", "ftp-data"};

    private FtpServer() {}

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
                wire -> new FtpConversation(house, port, tls, wire).run());
    }
}
