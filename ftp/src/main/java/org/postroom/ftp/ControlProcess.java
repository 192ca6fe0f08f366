package org.postroom.ftp;

import org.postroom.wire.Departure;
import org.postroom.wire.Line;
import org.postroom.wire.Wire;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// The client's control process (RFC 959 §2.3): says commands, hears replies.
final class ControlProcess {

    private static final int MOST_LINES = 10_000; // of one reply
    private static final int MOST_OCTETS = 4 << 20; // of one reply

    final Wire wire;
    private Consumer<Reply> marks = _ -> {};
    private boolean extended = true;
    private boolean refusesExtended;
    private final AtomicInteger finals = new AtomicInteger(); // replies that were not 1yz

    ControlProcess(Wire wire) {
        this.wire = wire;
    }

    void marks(Consumer<Reply> hears) {
        marks = hears;
    }

    /// Whether the server has EPSV, as far as is known.
    boolean extended() {
        return extended;
    }

    void extended(boolean on) {
        extended = on && !refusesExtended;
    }

    void noneExtended() {
        refusesExtended = true;
        extended = false;
    }

    InetAddress peer() {
        return ((InetSocketAddress) wire.remote()).getAddress();
    }

    InetAddress local() {
        return ((InetSocketAddress) wire.local()).getAddress();
    }

    /// Says a command and hears its final reply.
    ///
    /// @throws Refusal when it is 4yz or 5yz
    Reply ask(Command command) throws Departure, Refusal {
        var reply = last(begin(command));
        if (Diagram.of(command).after(reply) == Diagram.State.ERROR)
            throw nonsense("the server wants more than " + command.getClass().getSimpleName());
        return reply;
    }

    /// Says a line of the user's own.
    ///
    /// @param secret from where on it is no tap's business
    Reply ask(String text, int secret) throws Departure, Refusal {
        var line = Line.of(NameOctets.octets(text));
        say(secret < text.length() ? line.secret(secret, line.text().length()) : line);
        return last(hear());
    }

    /// Says a command without waiting for its reply.
    void say(Command command) throws Departure {
        wire.say(Grammar.print(command));
    }

    /// Says a command that the server is to hear at once, whatever it does.
    void interrupt(Command command) throws Departure {
        wire.interrupt();
        say(command);
        wire.flush();
    }

    // TRAPS F27: what would be two lines to the server is none
    private void say(Line line) throws Departure, Refusal {
        String text = line.text();
        for (int i = 0; i < text.length(); i++)
            if ("\r\n\0".indexOf(text.charAt(i)) >= 0) throw new Refusal(Reply.BAD_PATH);
        wire.say(line);
    }

    /// Says a command and hears its first reply.
    Reply begin(Command command) throws Departure, Refusal {
        say(Grammar.print(command));
        return hear();
    }

    /// The reply that ends a command, given its first.
    Reply last(Reply first) throws Departure, Refusal {
        var reply = first;
        while (reply.isPreliminary()) {
            if (reply.code() == 110) marks.accept(reply);
            reply = hear();
        }
        return reply;
    }

    // RFC 959 §4.2: a line, or lines from one with "ddd-" to one with "ddd "
    Reply hear() throws Departure, Refusal {
        boolean sense = false;
        Reply reply;
        try {
            reply = reply();
            sense = true;
        } finally {
            if (!sense) wire.abort(); // whoever makes no sense is not listened to again
        }
        wire.flush(); // the tap hears it now, not after the transfer that it announces
        if (!reply.isPreliminary()) finals.incrementAndGet();
        if (reply.code() == 421) wire.abort(); // RFC 959 §5.4: it closes the connection
        if (reply.isNegative()) throw new Refusal(reply);
        return reply;
    }

    /// How many replies were heard that ended a command.
    int finals() {
        return finals.get();
    }

    private Reply reply() throws Departure, Refusal {
        var first = wire.line();
        String text = first.text();
        int code = code(first);
        var inner = new ArrayList<String>();
        if (text.length() > 3 && text.charAt(3) == '-') {
            String end = text.substring(0, 3);
            int octets = 0;
            while (true) {
                String line = wire.line().text();
                if (line.equals(end) || line.startsWith(end + " ")) break;
                octets += line.length();
                if (inner.size() == MOST_LINES || octets > MOST_OCTETS)
                    throw nonsense("the reply has no end");
                inner.add(NameOctets.text(line.startsWith(" ") ? line.substring(1) : line));
            }
        }
        return new Reply(code, text.length() > 4 ? NameOctets.text(text.substring(4)) : "", inner);
    }

    private static int code(Line line) throws Refusal {
        String text = line.text();
        if (text.length() >= 3 && (text.length() == 3 || " -".indexOf(text.charAt(3)) >= 0)) {
            int code = 0;
            for (int i = 0; i < 3; i++) {
                int digit = text.charAt(i) - '0';
                if (digit < 0 || digit > 9) throw nonsense("that is no FTP reply");
                code = code * 10 + digit;
            }
            if (code >= 100 && code < 600) return code;
        }
        throw nonsense("that is no FTP reply");
    }

    static Refusal nonsense(String what) {
        return new Refusal(Reply.of(Reply.NONSENSE, what));
    }
}
