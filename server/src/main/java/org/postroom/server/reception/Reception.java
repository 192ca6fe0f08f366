package org.postroom.server.reception;

import org.postroom.server.House;
import org.postroom.server.Port;
import org.postroom.server.ftp.FtpServer;
import org.postroom.server.http.WebServer;
import org.postroom.server.imap.ImapServer;
import org.postroom.server.pop3.Pop3Server;
import org.postroom.server.smtp.SmtpServer;
import org.postroom.wire.Listener;
import org.postroom.wire.Listening;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/// Opens ports: the one place that knows which conversation is held where.
public final class Reception {

    private Reception() {}

    /// Listens.
    ///
    /// @param at the address; its port 0 takes a free one
    /// @throws IOException the address is in use, or is not this machine's
    public static Listening open(House house, Port port, InetSocketAddress at) throws IOException {
        return switch (port) {
            case HTTP, HTTPS -> WebServer.open(house, port, at, JmapArea.of(house));
            case SMTP, SUBMISSION, SUBMISSIONS, ODMR, LMTP, POP3, POP3S, IMAP, IMAPS, FTP, FTPS ->
                    Listener.tcp(at, plan(house, port));
        };
    }

    /// Listens at a socket in the home's `run` folder, which only its owner can open: who comes there
    /// names an account and needs no password (EXTERNAL). Never implicit TLS.
    public static Listener open(House house, Port port, Path at) throws IOException {
        return Listener.unix(at, plan(house, port));
    }

    /// What is done at a port whose conversations are ours from the first octet.
    ///
    /// @throws IllegalArgumentException HTTP, whose octets are a library's
    public static Listener.Plan plan(House house, Port port) {
        return switch (port) {
            case SMTP, SUBMISSION, SUBMISSIONS, ODMR, LMTP -> SmtpServer.plan(house, port);
            case POP3, POP3S -> Pop3Server.plan(house, port);
            case IMAP, IMAPS -> ImapServer.plan(house, port);
            case FTP, FTPS -> FtpServer.plan(house, port);
            case HTTP, HTTPS -> throw new IllegalArgumentException(port.title);
        };
    }
}
