package org.postroom.ftp;

import org.postroom.wire.Departure;
import org.postroom.wire.Limits;
import org.postroom.wire.Tap;
import org.postroom.wire.Wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;

/// A data connection that the server opens, to where we listen.
final class ActiveDoor implements DataDoor {

    private final ServerSocket listener;
    private final InetAddress peer;
    private final Limits limits;
    private final Tap tap;

    /// RFC 959 §4.1.2, RFC 2428 §2: PORT or EPRT.
    ActiveDoor(ControlProcess control, Tap tap) throws Departure, Refusal {
        this.peer = control.peer();
        this.limits = control.wire.limits();
        this.tap = tap;
        this.listener = listen(control.local());
        boolean told = false;
        try {
            var here = new InetSocketAddress(control.local(), listener.getLocalPort());
            control.ask(
                    Net.of(control.local()) == Net.IPV4
                            ? new Command.Port(here)
                            : new Command.Eprt(here));
            told = true;
        } finally {
            if (!told) close();
        }
    }

    private static ServerSocket listen(InetAddress here) throws Departure {
        try {
            var listener = new ServerSocket(0, 4, here);
            listener.setSoTimeout(CALL_MILLIS);
            return listener;
        } catch (IOException e) {
            throw new Departure(Departure.Kind.GONE, "no port for a data connection");
        }
    }

    // TRAPS F9: a stranger's call is not the server's, and takes none of the time that the server
    // has
    @Override
    public Wire connection(Optional<Protected> protection) throws Departure {
        long end = System.nanoTime() + CALL_MILLIS * 1_000_000L;
        try {
            var socket = listener.accept();
            while (!socket.getInetAddress().equals(peer)) {
                socket.close();
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) throw new Departure(Departure.Kind.GONE, "strangers called");
                listener.setSoTimeout((int) left);
                socket = listener.accept();
            }
            var wire = Wire.over(socket, limits, tap);
            Protected.protect(wire, protection);
            return wire;
        } catch (IOException e) {
            throw new Departure(Departure.Kind.GONE, "no data connection came");
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException gone) {
            // it is closed, which is all that was wanted
        }
    }
}
