package org.postroom.command;

import org.postroom.control.CannotServe;
import org.postroom.control.Exit;
import org.postroom.home.Home;
import org.postroom.imap.Capability;
import org.postroom.imap.ImapClient;
import org.postroom.imap.Refusal;
import org.postroom.imap.Response;
import org.postroom.mime.Structure;
import org.postroom.mime.render.Rendering;
import org.postroom.sasl.ClientExchange;
import org.postroom.wire.Departure;
import org.postroom.wire.Fault;
import org.postroom.wire.Limits;
import org.postroom.wire.Tap;
import org.postroom.wire.Wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/// Being there, for an account: what SEND, SOML and SAML say to it (RFC 821 §3.4) is shown as it comes.
/// A session like any other, over the home's socket.
final class Attendance {

    private static final int WIDTH = 80;
    private static final int PATIENCE = 10_000; // milliseconds

    private final Home home;
    private final PrintWriter out;

    Attendance(Home home, PrintWriter out) {
        this.home = home;
        this.out = out;
    }

    /// Until it is interrupted or the server ends.
    ///
    /// @throws CannotServe no server runs there, or nobody has that account
    int of(String account) throws CannotServe, Departure {
        var socket = home.socket("imap");
        if (!Files.exists(socket))
            throw new CannotServe(Exit.UNAVAILABLE, "No server runs in " + home.path());
        var wire =
                Wire.connect(UnixDomainSocketAddress.of(socket), PATIENCE, Limits.CLIENT, Tap.NONE);
        try (var client = new ImapClient(wire)) {
            client.authenticate(ClientExchange.external(account));
            client.enable(Capability.PRESENCE);
            out.println(account + " is there; Ctrl-C to leave.");
            out.flush();
            client.idle(this::show);
            return Exit.OK;
        } catch (Refusal refusal) {
            throw new CannotServe(Exit.UNAVAILABLE, "The server said: " + refusal.reply());
        }
    }

    /// @return whether that was all
    private boolean show(Response response) {
        if (!(response instanceof Response.Notice(var octets))) return false;
        byte[] letter = octets.getBytes(StandardCharsets.ISO_8859_1);
        var parser = new Structure.Parser();
        parser.write(letter, 0, letter.length);
        try {
            out.print(Rendering.of(parser.finish(), () -> new ByteArrayInputStream(letter), WIDTH));
        } catch (IOException never) {
            throw new Fault("reading octets in memory", never);
        }
        out.println();
        out.flush();
        return false;
    }
}
