package org.postroom.server.ftp;

import org.postroom.ftp.Command;
import org.postroom.ftp.Command.Auth;
import org.postroom.ftp.Command.Quit;
import org.postroom.ftp.Grammar;
import org.postroom.ftp.Refusal;
import org.postroom.ftp.Reply;
import org.postroom.wire.Departure;
import org.postroom.wire.Fault;
import org.postroom.wire.Line;
import org.postroom.wire.Wire;

import java.util.ArrayDeque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// What the conversation waits for: what the client says next and, during a transfer, its end,
/// whichever comes first (TRAPS F11). While a transfer is on, a second virtual thread reads exactly one
/// line and ends with it; otherwise the conversation reads by itself.
final class Inbox {

    private static final int MOST_PUT_OFF = 16; // then the client waits

    /// What comes.
    sealed interface Event {}

    record Said(Command command) implements Event {}

    record Misspoke(Reply reply) implements Event {}

    record Left(Departure departure) implements Event, News {}

    record Ended(Reply reply) implements Event, News {}

    /// The transfer's thread has something to say before the end: 110.
    record Noted(Reply reply) implements Event, News {}

    /// What the other threads post. A line is parsed by the conversation's own thread, so that what is
    /// secret in it is known before the tap hears of it.
    sealed interface News {}

    record Heard(Line line) implements News {}

    private final Wire wire;
    private final BlockingQueue<News> news = new LinkedBlockingQueue<>();
    private final ArrayDeque<Event> putOff = new ArrayDeque<>();
    private boolean reading;

    Inbox(Wire wire) {
        this.wire = wire;
    }

    /// What the client says next, or said during a transfer and was put off.
    ///
    /// @throws Departure there is nothing more
    /// @throws Refusal it was no command
    Command command() throws Departure, Refusal {
        return switch (putOff.isEmpty() ? event() : putOff.removeFirst()) {
            case Said(var command) -> command;
            case Misspoke(var reply) -> throw new Refusal(reply);
            case Left(var departure) -> throw departure;
            case Ended(_), Noted(_) -> throw new Fault("a transfer ended that nobody waited for");
        };
    }

    private Event event() throws Departure {
        if (!reading) return understand(wire.line());
        wire.flush();
        return take();
    }

    /// What comes next while a transfer is on. The client is heard unless what it said already must
    /// come first.
    Event duringTransfer() throws Departure {
        wire.flush();
        if (!reading && putOff.size() < MOST_PUT_OFF && !endsReading()) {
            reading = true;
            Thread.ofVirtual().name("ftp-control").start(() -> news.add(hear()));
        }
        return take();
    }

    /// Waits for the transfer's end and for nothing else; what the client says meanwhile is put off.
    Reply end() {
        while (true) {
            var event = take();
            switch (event) {
                case Ended(var reply) -> {
                    return reply;
                }
                case Noted _ -> {} // nobody listens any more
                case Said _, Misspoke _, Left _ -> putOff.addLast(event);
            }
        }
    }

    /// Nothing may be read ahead of a handshake, and nothing counts after QUIT.
    private boolean endsReading() {
        return putOff.peekLast() instanceof Said(var command)
                && (command instanceof Auth || command instanceof Quit);
    }

    /// Says a command after the transfer.
    void putOff(Command command) {
        putOff.addLast(new Said(command));
    }

    /// Says a command again, in another state.
    void again(Command command) {
        putOff.addFirst(new Said(command));
    }

    /// The transfer's thread tells its end.
    void ended(Reply reply) {
        news.add(new Ended(reply));
    }

    /// The transfer's thread has something to say.
    void note(Reply reply) {
        news.add(new Noted(reply));
    }

    private Event take() {
        try {
            var next = news.take();
            if (!(next instanceof Ended || next instanceof Noted)) reading = false;
            return understand(next);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault("interrupted while waiting", e);
        }
    }

    private News hear() {
        try {
            return new Heard(wire.overhear());
        } catch (Departure departure) {
            return new Left(departure);
        }
    }

    private Event understand(News news) {
        return switch (news) {
            case Left left -> left;
            case Ended ended -> ended;
            case Noted noted -> noted;
            case Heard(var line) -> understand(wire.takeOver(line));
        };
    }

    private static Event understand(Line line) {
        try {
            return new Said(Grammar.command(line));
        } catch (Refusal refusal) {
            if (!line.isForeign()) return new Misspoke(refusal.reply());
            return new Left(
                    new Departure(Departure.Kind.GONE, "that is another protocol's command"));
        }
    }
}
