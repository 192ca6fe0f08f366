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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// The client's half of an IMAP session: the same records, printed, and the same responses, read. One
/// method a verb; what the server refuses is a [Refusal] with its reply. Servers have to know
/// LITERAL+ where a string needs a literal.
public final class ImapClient implements AutoCloseable {

    private static final int MOST_RESPONSES = 1_000_000; // to one command
    private static final int MOST_WORDS = 10_000; // among them, of those that tell nothing
    private static final long MOST_KEPT = 32 << 20; // octets of strings in them

    private static final int LONGEST_LINE = 16 * 1024 * 1024; // SEARCH answers on one

    private final Wire wire;
    private final boolean preauthenticated;
    private Consumer<Response> listener = _ -> {};
    private int tags;

    /// Begins a session: hears the greeting.
    public ImapClient(Wire wire) throws Departure, Refusal {
        this.wire = wire;
        wire.limits(wire.limits().withLine(LONGEST_LINE));
        if (!(hear(null) instanceof Response.State(var greeting)) || !greeting.isOk())
            throw new Refusal(Reply.no("that is no greeting"));
        preauthenticated = greeting.condition() == Reply.Condition.PREAUTH;
    }

    /// Whether the greeting said that we are signed in (RFC 3501 §7.1.4).
    public boolean isPreauthenticated() {
        return preauthenticated;
    }

    /// Has every untagged response told to the listener, asked for or not, before whoever asked hears
    /// of it: this is how news of the open mailbox comes (RFC 3501 §5.2).
    public void tell(Consumer<Response> listener) {
        this.listener = listener;
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
    /// @throws Refusal when the server does not know all of it, too
    public void enable(String... capabilities) throws Departure, Refusal {
        var wanted = List.of(capabilities);
        for (var response : ask(new Command.Enable(wanted)).untagged)
            if (response instanceof Response.Enabled(var atoms) && atoms.containsAll(wanted))
                return;
        throw new Refusal(Reply.no("the server does not have " + String.join(", ", wanted)));
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

    /// A mailbox as SELECT or EXAMINE found it.
    ///
    /// @param exists how many messages are in it
    /// @param uidValidity 0 where the server keeps no UIDs
    /// @param permanent the flags that can be changed for good; with [Flag#ANY], new keywords, too
    public record Opened(long exists, long uidValidity, boolean readOnly, List<Flag> permanent) {
        public Opened {
            permanent = List.copyOf(permanent);
        }
    }

    /// Opens a mailbox, for reading only by EXAMINE (RFC 3501 §6.3.2).
    public Opened open(MailboxName mailbox, boolean readOnly) throws Departure, Refusal {
        var answer = ask(readOnly ? new Command.Examine(mailbox) : new Command.Select(mailbox));
        long exists = 0;
        long validity = 0;
        List<Flag> permanent = List.of();
        for (var response : answer.untagged)
            if (response instanceof Response.Exists(long count)) exists = count;
            else if (response instanceof Response.State(var reply))
                switch (reply.code().orElse(Code.Word.ALERT)) {
                    case Code.UidValidity(long value) -> validity = value;
                    case Code.PermanentFlags(var flags) -> permanent = flags;
                    default -> {}
                }
        boolean refused = answer.reply.code().filter(Code.Word.READ_ONLY::equals).isPresent();
        return new Opened(exists, validity, readOnly || refused, permanent);
    }

    /// RFC 3501 §6.3.10
    public Map<StatusItem, Long> status(MailboxName mailbox, List<StatusItem> items)
            throws Departure, Refusal {
        for (var response : ask(new Command.Status(mailbox, items)).untagged)
            if (response instanceof Response.Status(_, var found)) return found;
        return Map.of();
    }

    /// Threads by REFERENCES (RFC 5256 §3): each message's number in the order of reading, and below how
    /// many others it stands.
    ///
    /// @throws Refusal when the server does not know how, too
    public List<Threaded> thread() throws Departure, Refusal {
        var command =
                new Command.Threads(
                        false, Command.Threads.Algorithm.REFERENCES, new SearchKey.All());
        for (var response : ask(command).untagged)
            if (response instanceof Response.Other(var text) && text.startsWith("THREAD"))
                return Threaded.parse(text.substring("THREAD".length()));
        return List.of();
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

    /// RFC 3501 §6.4.5: by sequence numbers, which stay what they are until the answer has ended (RFC
    /// 3501 §7.4.1).
    public List<Response.Fetch> fetchNumbered(SequenceSet numbers, List<FetchItem> items)
            throws Departure, Refusal {
        return fetches(ask(new Command.Fetch(false, numbers, items)));
    }

    /// Fetches the octets of a section into the sink, without setting `\Seen`.
    ///
    /// @throws Refusal when there is no such message
    public void body(long uid, Section section, Sink sink) throws Departure, Refusal {
        body(uid, section, Optional.empty(), Long.MAX_VALUE, sink);
    }

    /// Fetches a section or a window on it into the sink, without setting `\Seen`.
    ///
    /// @param most octets that are taken; a server that announces more is left
    public void body(
            long uid, Section section, Optional<FetchItem.Partial> window, long most, Sink sink)
            throws Departure, Refusal {
        var item = new FetchItem.Body(section, true, window);
        var command = new Command.Fetch(true, SequenceSet.of(uid), List.of(item));
        for (var fetched : fetches(finish(begin(command), new Bounded(sink, most))))
            for (var entry : fetched.items().entrySet())
                if (entry.getKey().startsWith("BODY[")) {
                    if (entry.getValue() instanceof Datum.Text(var octets)) { // a quoted string
                        var text = octets.getBytes(StandardCharsets.ISO_8859_1);
                        sink.write(text, 0, text.length);
                    }
                    return;
                }
        throw new Refusal(Reply.NO_SUCH_MESSAGE);
    }

    /// Where a section goes, and how much of it there may be.
    private record Bounded(Sink sink, long most) {}

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

    private Answer finish(String tag, @Nullable Bounded sink) throws Departure, Refusal {
        var untagged = new ArrayList<Response>();
        int words = 0;
        long kept = 0;
        while (true)
            switch (hear(sink)) {
                case Response.Tagged(var answered, var reply) when answered.equals(tag) -> {
                    if (!reply.isOk()) throw new Refusal(reply);
                    return new Answer(untagged, reply);
                }
                case Response.State(var reply) when reply.isBye() -> throw new Refusal(reply);
                case Response other -> {
                    if (other instanceof Response.State || other instanceof Response.Other) words++;
                    if (other instanceof Response.Fetch fetch) kept += kept(fetch);
                    if (untagged.size() == MOST_RESPONSES || words > MOST_WORDS || kept > MOST_KEPT)
                        throw left("an answer without end");
                    untagged.add(other);
                }
            }
    }

    private static long kept(Response.Fetch fetch) {
        long kept = 0;
        for (var datum : fetch.items().values())
            if (datum instanceof Datum.Text(var octets)) kept += octets.length();
        return kept;
    }

    private Response hear(@Nullable Bounded bounded) throws Departure {
        try {
            var source = new FromServer(wire, bounded == null ? Long.MAX_VALUE : bounded.most);
            var response = Responses.read(source, bounded == null ? null : bounded.sink);
            if (!(response instanceof Response.Tagged)) listener.accept(response);
            return response;
        } catch (Refusal unreadable) {
            throw left("what is no IMAP");
        }
    }

    /// What follows can't be told from what it was part of: a server that says such a thing is taken to
    /// have left.
    private Departure left(String said) {
        wire.abort();
        return new Departure(Departure.Kind.GONE, "the server said " + said);
    }

    /// A server's literals come without being asked for.
    private record FromServer(Wire wire, long most) implements Source {

        @Override
        public Line line() throws Departure {
            return wire.line();
        }

        @Override
        public void goOn() {}

        @Override
        public void literal(long size, boolean secret, Sink sink) throws Departure {
            if (size > most) {
                wire.abort();
                throw new Departure(Departure.Kind.GONE, "the server announced too much");
            }
            wire.counted(size, sink);
        }

        @Override
        public Sink message(MailboxName mailbox, Command.NewMessage message, boolean replaces)
                throws Refusal {
            throw Lexer.bad();
        }
    }

    /// Leaves without a word.
    @Override
    public void close() {
        wire.close();
    }
}
