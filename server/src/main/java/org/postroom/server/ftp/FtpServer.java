package org.postroom.server.ftp;

import org.postroom.ftp.Reply;
import org.postroom.server.Conversation;
import org.postroom.server.House;
import org.postroom.server.Port;
import org.postroom.wire.Listener;
import org.postroom.wire.Tls;

/// FTP at a port.
public final class FtpServer {

    // RFC 7301 §6's registry; FileZilla says the second on data connections, which resume the
    // control connection's session (TRAPS F18), so one context has both
    private static final String[] APPLICATIONS = {"ftp", "ftp-data"};

    /// A TLS server for one session, so that what resumes there is that very session (TRAPS F19).
    static Tls.Server tls(House house) {
        return new Tls.Server(house.certificates(), APPLICATIONS);
    }

    private FtpServer() {}

    /// What a listener at this port does.
    public static Listener.Plan plan(House house, Port port) {
        return Conversation.plan(house, port, Reply.BUSY, FtpConversation::new, APPLICATIONS);
    }
}
