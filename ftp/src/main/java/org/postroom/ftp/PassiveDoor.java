package org.postroom.ftp;

import org.postroom.wire.Departure;
import org.postroom.wire.Limits;
import org.postroom.wire.Tap;
import org.postroom.wire.Wire;

import java.net.InetSocketAddress;
import java.util.Optional;

/// A data connection that we open, to where the server listens.
final class PassiveDoor implements DataDoor {

    private final Wire wire;
    private boolean used;

    /// RFC 2428 §4: EPSV where the server has it, else PASV, whose address is not believed: it is the
    /// control connection's (TRAPS F27).
    PassiveDoor(ControlProcess control, Tap tap) throws Departure, Refusal {
        int port;
        try {
            port = extendedPort(control.ask(new Command.Epsv(Optional.empty())).text());
        } catch (Refusal refusal) {
            if (refusal.reply().code() < 500) throw refusal;
            port = port(control.ask(new Command.Pasv()).text());
        }
        wire =
                Wire.connect(
                        new InetSocketAddress(control.peer(), port),
                        CALL_MILLIS,
                        Limits.CLIENT,
                        tap);
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
        return Grammar.hostPort(text.substring(from, to)).getPort();
    }

    // RFC 2428 §3: (<d><d><d><tcp-port><d>)
    static int extendedPort(String text) throws Refusal {
        int open = text.lastIndexOf('(');
        int close = text.lastIndexOf(')');
        if (open < 0 || close < open + 2)
            throw ControlProcess.nonsense("EPSV was not answered by a port");
        String form = text.substring(open + 1, close);
        return (int) Grammar.number(Grammar.fields(form, form.charAt(0))[2], 65_535);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
