package org.postroom.ftp;

import org.postroom.wire.Departure;
import org.postroom.wire.Tap;
import org.postroom.wire.Wire;

import java.net.InetSocketAddress;
import java.util.Optional;

/// A data connection that we open, to where the server listens.
final class PassiveDoor implements DataDoor {

    private final Wire wire;
    private volatile boolean used;

    /// RFC 2428 §4: EPSV where the server has it, else PASV, whose address is not believed: it is the
    /// control connection's (TRAPS F27).
    PassiveDoor(ControlProcess control, Tap tap) throws Departure, Refusal {
        int port = control.extended() ? extended(control) : 0;
        if (port == 0) port = port(control.ask(new Command.Pasv()).text());
        wire =
                Wire.connect(
                        new InetSocketAddress(control.peer(), port),
                        CALL_MILLIS,
                        control.wire.limits(),
                        tap);
    }

    /// @return 0 where the server has no EPSV, which is remembered
    private static int extended(ControlProcess control) throws Departure, Refusal {
        Reply reply;
        try {
            reply = control.ask(new Command.Epsv(Optional.empty()));
        } catch (Refusal refusal) {
            if (refusal.reply().code() < 500 || control.wire.isClosed()) throw refusal;
            control.noneExtended();
            return 0;
        }
        return extendedPort(reply.text());
    }

    @Override
    public Wire connection(Optional<Protected> protection) throws Departure {
        Protected.protect(wire, protection);
        used = true;
        return wire;
    }

    @Override
    public void close() {
        if (!used) wire.abort();
    }

    // RFC 959 §4.1.2: six numbers somewhere in the text, RFC 1123 §4.1.2.6: not always in
    // parentheses
    static int port(String text) throws Refusal {
        int from = 0;
        while (from < text.length() && !isDigit(text.charAt(from))) from++;
        int to = from;
        while (to < text.length() && (isDigit(text.charAt(to)) || text.charAt(to) == ',')) to++;
        InetSocketAddress address;
        try {
            address = Grammar.hostPort(text.substring(from, to));
        } catch (Refusal none) {
            throw ControlProcess.nonsense("PASV was not answered by an address");
        }
        return told(address.getPort());
    }

    // RFC 2428 §3: (<d><d><d><tcp-port><d>)
    static int extendedPort(String text) throws Refusal {
        int open = text.lastIndexOf('(');
        int close = text.lastIndexOf(')');
        if (open < 0 || close < open + 2)
            throw ControlProcess.nonsense("EPSV was not answered by a port");
        String form = text.substring(open + 1, close);
        try {
            return told((int) Grammar.number(Grammar.fields(form, form.charAt(0))[2], 65_535));
        } catch (Refusal none) {
            throw ControlProcess.nonsense("EPSV was not answered by a port");
        }
    }

    private static int told(int port) throws Refusal {
        if (port == 0) throw ControlProcess.nonsense("there is no port 0");
        return port;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
