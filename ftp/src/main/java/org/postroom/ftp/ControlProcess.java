package org.postroom.ftp;

import org.postroom.wire.Departure;
import org.postroom.wire.Line;
import org.postroom.wire.Wire;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.function.Consumer;

/// The client's control process (RFC 959 §2.3): says commands, hears replies.
final class ControlProcess {

    private static final int MOST_LINES = 10_000; // of one reply

    final Wire wire;
    private Consumer<Reply> marks = _ -> {};

    ControlProcess(Wire wire) {
        this.wire = wire;
    }

    void marks(Consumer<Reply> hears) {
        marks = hears;
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
        return last(begin(command));
    }

    /// Says a command and hears its first reply.
    Reply begin(Command command) throws Departure, Refusal {
        wire.say(Grammar.print(command));
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
        var first = wire.line();
        String text = first.text();
        int code = code(first);
        var inner = new ArrayList<String>();
        if (text.length() > 3 && text.charAt(3) == '-') {
            String end = text.substring(0, 3);
            while (true) {
                String line = wire.line().text();
                if (line.equals(end) || line.startsWith(end + " ")) break;
                if (inner.size() == MOST_LINES) throw nonsense("the reply has no end");
                inner.add(utf8(line.startsWith(" ") ? line.substring(1) : line));
            }
        }
        wire.flush(); // the tap hears it now, not after the transfer that it announces
        var reply = new Reply(code, text.length() > 4 ? utf8(text.substring(4)) : "", inner);
        if (reply.isNegative()) throw new Refusal(reply);
        return reply;
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
        return new Refusal(Reply.of(500, what));
    }

    private static String utf8(String octets) {
        return new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
