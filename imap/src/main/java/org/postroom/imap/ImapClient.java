package org.postroom.imap;

import org.jspecify.annotations.Nullable;
import org.postroom.sasl.ClientExchange;
import org.postroom.wire.Departure;
import org.postroom.wire.Line;
import org.postroom.wire.Sayable;
import org.postroom.wire.Secret;
import org.postroom.wire.Sink;
import org.postroom.wire.Tls;
import org.postroom.wire.Wire;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The client's half of an IMAP session: the same records, printed, and the same responses, read. One
/// method a verb; what the server refuses is a [Refusal] with its reply. Servers have to know
/// LITERAL+ where a string needs a literal.
public final class ImapClient implements AutoCloseable {

    private static final int MOST_RESPONSES = 1_000_000; // to one command

    private static final int LONGEST_LINE = 16 * 1024 * 1024; // SEARCH answers on one

    private final Wire wire;
    private final boolean preauthenticated;
    private int tags;

    /// Begins a session: hears the greeting.
    public ImapClient(Wire wire) throws Departure, Refusal {
        this.wire = wire;
        wire.limits(wire.limits().withLine(LONGEST_LINE));
        if (!(hear(null) instanceof Response.State(var greeting)) || !greeting.isOk())
            throw new Refusal(Reply.no("that is no greeting"));
        preauthenticated = greeting.condition() == Reply.Condition.PREAUTH;
    }

    /// RFC 3501 §6.1.1
    public List<String> capability() throws Departure, Refusal {
        for (var response : ask(new Command.Capability()).untagged)
            if (response instanceof Response.Capabilities(var atoms)) return atoms;
        return List.of();
    }

    /// RFC 3501 §6.2.1. Whatever was learnt before is void afterwards.
    ///
    /// @throws Refusal when the server signed us in before the line is safe (TRAPS T4), too
    public void starttls(Tls.Client tls, String host) throws Departure, Refusal {
        if (preauthenticated) throw new Refusal(Reply.no("signed in before TLS"));
        ask(new Command.Starttls());
        wire.secure(tls, host);
    }

    /// RFC 3501 §6.2.3
    public void login(String user, Secret password) throws Departure, Refusal {
        ask(new Command.Login(user, password));
    }

    /// RFC 3501 §6.2.2, with the initial response in the command (RFC 4959).
    public void authenticate(ClientExchange exchange) throws Departure, Refusal {
        String tag =
                begin(
                        new Command.Authenticate(
                                exchange.mechanism().saslName, exchange.initialResponse()));
        while (true)
            switch (hear(null)) {
                case Response.Continue(var challenge) -> wire.say(exchange.answer(challenge));
                case Response.Tagged(var answered, var reply) when answered.equals(tag) -> {
                    if (!reply.isOk() || !exchange.isSatisfied()) throw new Refusal(reply);
                    return;
                }
                case Response.State(var reply) when reply.isBye() -> throw new Refusal(reply);
                default -> {}
            }
    }

    /// RFC 5161 §3.1
    ///
    /// @throws Refusal when the server does not know it, too
    public void enable(String capability) throws Departure, Refusal {
        var answer = ask(new Command.Enable(List.of(capability)));
        if (!answer.untagged.contains(new Response.Enabled(List.of(capability))))
            throw new Refusal(Reply.no("the server does not have " + capability));
    }

    /// RFC 3501 §6.3.8
    public List<Response.Listed> list(String reference, String pattern) throws Departure, Refusal {
        var listed = new ArrayList<Response.Listed>();
        var command = new Command.List(new MailboxPattern(reference, pattern));
        for (var response : ask(command).untagged)
            if (response instanceof Response.Listed one) listed.add(one);
        return listed;
    }

    /// Opens a mailbox and says how many messages are in it (RFC 3501 §6.3.1).
    public long select(MailboxName mailbox) throws Departure, Refusal {
        for (var response : ask(new Command.Select(mailbox)).untagged)
            if (response instanceof Response.Exists(long count)) return count;
        return 0;
    }

    /// RFC 3501 §6.4.4: UIDs.
    public List<Long> search(SearchKey key) throws Departure, Refusal {
        for (var response : ask(new Command.Search(true, key)).untagged)
            if (response instanceof Response.Search(var uids)) return uids;
        return List.of();
    }

    /// RFC 3501 §6.4.5: by UID.
    public List<Response.Fetch> fetch(SequenceSet uids, List<FetchItem> items)
            throws Departure, Refusal {
        return fetches(ask(new Command.Fetch(true, uids, items)));
    }

    /// Fetches the octets of a section into the sink, without setting `\Seen`.
    ///
    /// @throws Refusal when there is no such message
    public void body(long uid, Section section, Sink sink) throws Departure, Refusal {
        var item = new FetchItem.Body(section, true, Optional.empty());
        var command = new Command.Fetch(true, SequenceSet.of(uid), List.of(item));
        if (fetches(finish(begin(command), sink)).isEmpty())
            throw new Refusal(Reply.NO_SUCH_MESSAGE);
    }

    private static List<Response.Fetch> fetches(Answer answer) {
        var fetches = new ArrayList<Response.Fetch>();
        for (var response : answer.untagged)
            if (response instanceof Response.Fetch fetch) fetches.add(fetch);
        return fetches;
    }

    /// RFC 3501 §6.3.11. The message goes only after the server's go-ahead.
    ///
    /// @param size of the message in octets
    public Reply append(MailboxName mailbox, List<Flag> flags, InputStream message, long size)
            throws Departure, Refusal {
        String tag = begin(new Command.Append(mailbox, flags, Optional.empty(), size));
        awaitGoAhead(tag);
        wire.counted(message, size);
        wire.say(Line.of(""));
        return finish(tag, null).reply;
    }

    /// RFC 2177: waits until the server tells something that is awaited, and ends the wait.
    ///
    /// @throws Departure IDLE when the wire's patience ends before
    public Response idle(Predicate<Response> awaited) throws Departure, Refusal {
        String tag = begin(new Command.Idle());
        awaitGoAhead(tag);
        var response = hear(null);
        while (!awaited.test(response)) response = hear(null);
        wire.say(Line.of("DONE"));
        finish(tag, null);
        return response;
    }

    public void logout() throws Departure, Refusal {
        String tag = begin(new Command.Logout());
        while (!(hear(null) instanceof Response.Tagged(var answered, _) && answered.equals(tag))) {}
    }

    /// What came before a tagged reply, and the reply.
    public record Answer(List<Response> untagged, Reply reply) {
        public Answer {
            untagged = List.copyOf(untagged);
        }
    }

    /// Says a command and hears all of its answer. Not for APPEND, AUTHENTICATE and IDLE.
    ///
    /// @throws Refusal when the answer is NO or BAD
    public Answer ask(Command command) throws Departure, Refusal {
        return finish(begin(command), null);
    }

    private String begin(Command command) throws Departure {
        String tag = "a" + ++tags;
        Sayable said = Grammar.print(new Command.Tagged(tag, command));
        wire.say(said);
        return tag;
    }

    private void awaitGoAhead(String tag) throws Departure, Refusal {
        while (true)
            switch (hear(null)) {
                case Response.Continue(_) -> {
                    return;
                }
                case Response.Tagged(var answered, var reply) when answered.equals(tag) ->
                        throw new Refusal(reply);
                case Response.State(var reply) when reply.isBye() -> throw new Refusal(reply);
                default -> {}
            }
    }

    private Answer finish(String tag, @Nullable Sink sink) throws Departure, Refusal {
        var untagged = new ArrayList<Response>();
        while (true)
            switch (hear(sink)) {
                case Response.Tagged(var answered, var reply) when answered.equals(tag) -> {
                    if (!reply.isOk()) throw new Refusal(reply);
                    return new Answer(untagged, reply);
                }
                case Response.State(var reply) when reply.isBye() -> throw new Refusal(reply);
                case Response other -> {
                    if (untagged.size() == MOST_RESPONSES)
                        throw new Refusal(Reply.no("the answer has no end"));
                    untagged.add(other);
                }
            }
    }

    private Response hear(@Nullable Sink sink) throws Departure, Refusal {
        return Responses.read(new FromServer(wire), sink);
    }

    /// A server's literals come without being asked for.
    private record FromServer(Wire wire) implements Source {

        @Override
        public Line line() throws Departure {
            return wire.line();
        }

        @Override
        public void goOn() {}

        @Override
        public void literal(long size, boolean secret, Sink sink) throws Departure {
            wire.counted(size, sink);
        }

        @Override
        public Sink message(Command.Append append) throws Refusal {
            throw Lexer.bad();
        }
    }

    /// Leaves without a word.
    @Override
    public void close() {
        wire.close();
    }
}
