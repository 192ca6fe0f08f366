package org.postroom.pop3;

import org.postroom.sasl.ClientExchange;
import org.postroom.wire.Departure;
import org.postroom.wire.Line;
import org.postroom.wire.Secret;
import org.postroom.wire.Sink;
import org.postroom.wire.Tls;
import org.postroom.wire.Wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The client's half of a POP3 session: the same records, printed, and the same replies, read. One
/// method a verb; what the server refuses is a [Refusal] with its reply.
public final class Pop3Client implements AutoCloseable {

    // of a listing that a server sends
    private static final int MOST_LINES = 300_000;
    private static final int MOST_CHARACTERS = 16 << 20;

    private final Wire wire;

    /// Begins a session: hears the greeting.
    public Pop3Client(Wire wire) throws Departure, Refusal {
        this.wire = wire;
        hear();
    }

    /// RFC 2595 §4. Whatever was learnt before is void afterwards.
    public void stls(Tls.Client tls, String host) throws Departure, Refusal {
        ask(new Command.Stls());
        wire.secure(tls, host);
    }

    /// RFC 1939 §7: USER and PASS.
    public void signIn(String name, Secret password) throws Departure, Refusal {
        ask(new Command.User(name));
        ask(new Command.Pass(password));
    }

    /// RFC 5034 §4. The first answer waits for the server's empty challenge, which servers of any age
    /// know.
    public void authenticate(ClientExchange exchange) throws Departure, Refusal {
        var name = Optional.of(exchange.mechanism().saslName);
        wire.say(Grammar.print(new Command.Auth(name, Optional.empty())));
        while (true) {
            var line = wire.line();
            if (!line.text().startsWith("+ ") && !line.text().equals("+")) {
                var reply = reply(line);
                if (!reply.positive() || !exchange.isSatisfied()) throw new Refusal(reply);
                return;
            }
            wire.say(exchange.answer(line.text().substring(1)));
        }
    }

    /// The capabilities, a line each (RFC 2449 §5).
    public List<String> capa() throws Departure, Refusal {
        ask(new Command.Capa());
        return lines();
    }

    /// How many messages there are.
    public int stat() throws Departure, Refusal {
        var words = ask(new Command.Stat()).text().split(" ", 3);
        try {
            return Integer.parseInt(words[0]);
        } catch (NumberFormatException e) {
            throw new Refusal(Reply.err("", "STAT was not answered by a number"));
        }
    }

    /// The sizes in octets, `number size` a line (RFC 1939 §5).
    public List<String> list() throws Departure, Refusal {
        ask(new Command.List(OptionalInt.empty()));
        return lines();
    }

    /// The unique-ids, `number id` a line.
    public List<String> uidl() throws Departure, Refusal {
        ask(new Command.Uidl(OptionalInt.empty()));
        return lines();
    }

    /// Fetches a message, its dots unstuffed, into the sink.
    public void retr(int message, Sink sink) throws Departure, Refusal {
        retr(message, Long.MAX_VALUE, sink);
    }

    /// The same of a server that is not believed.
    ///
    /// @param most octets that are taken; a server that sends more is left
    public void retr(int message, long most, Sink sink) throws Departure, Refusal {
        ask(new Command.Retr(message));
        wire.dotted(new Bounded(most, sink));
    }

    /// Fetches the header and so many lines of the body.
    public void top(int message, int lines, Sink sink) throws Departure, Refusal {
        top(message, lines, Long.MAX_VALUE, sink);
    }

    /// @param most octets that are taken; a server that sends more is left
    public void top(int message, int lines, long most, Sink sink) throws Departure, Refusal {
        ask(new Command.Top(message, lines));
        wire.dotted(new Bounded(most, sink));
    }

    /// Hangs up on a body without end.
    private final class Bounded implements Sink {

        private final Sink sink;
        private long left;

        Bounded(long most, Sink sink) {
            this.left = most;
            this.sink = sink;
        }

        @Override
        public void write(byte[] octets, int offset, int length) {
            if (length > left) wire.abort();
            else sink.write(octets, offset, length);
            left -= length;
        }
    }

    /// Takes back what was marked (RFC 1939 §5).
    public void rset() throws Departure, Refusal {
        ask(new Command.Rset());
    }

    public void dele(int message) throws Departure, Refusal {
        ask(new Command.Dele(message));
    }

    /// Removes what was marked and ends the session.
    public void quit() throws Departure, Refusal {
        ask(new Command.Quit());
    }

    /// Says a command and hears its reply.
    ///
    /// @throws Refusal when the answer is -ERR
    public Reply ask(Command command) throws Departure, Refusal {
        wire.say(Grammar.print(command));
        return hear();
    }

    private Reply hear() throws Departure, Refusal {
        var reply = reply(wire.line());
        if (!reply.positive()) throw new Refusal(reply);
        return reply;
    }

    // RFC 2449 §4: single-line = status [SP text] CRLF; resp-code = "[" resp-level *("/"
    // resp-level) "]"
    static Reply reply(Line line) throws Refusal {
        String text = line.text();
        boolean positive = text.startsWith("+OK");
        if (!positive && !text.startsWith("-ERR"))
            throw new Refusal(Reply.err("", "that is no POP3 reply"));
        String rest = text.substring(positive ? 3 : 4).strip();
        int end = rest.startsWith("[") ? rest.indexOf(']') : -1;
        return end < 0
                ? new Reply(positive, "", rest)
                : new Reply(positive, rest.substring(1, end), rest.substring(end + 1).strip());
    }

    private List<String> lines() throws Departure {
        var lines = new ArrayList<String>();
        long characters = 0;
        while (true) {
            String line = wire.line().text();
            if (line.equals(".")) return lines;
            characters += line.length();
            if (lines.size() == MOST_LINES || characters > MOST_CHARACTERS) {
                wire.abort(); // what follows can't be told from a reply
                throw new Departure(Departure.Kind.GONE, "the server said a list without end");
            }
            lines.add(line.startsWith(".") ? line.substring(1) : line);
        }
    }

    /// Leaves without a word: nothing that was marked is removed.
    @Override
    public void close() {
        wire.close();
    }

    /// The mechanism names in a CAPA answer.
    public static List<String> mechanisms(List<String> capabilities) {
        Optional<String> sasl =
                capabilities.stream().filter(line -> line.startsWith("SASL ")).findFirst();
        return sasl.map(line -> List.of(line.substring(5).split(" "))).orElse(List.of());
    }
}
