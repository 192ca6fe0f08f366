package org.postroom.server;

import org.postroom.wire.Wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/// What the server writes down: one entry a session and one a transaction, with the id that the
/// Received field shows, and never a secret. How an entry is printed (logfmt, JSON) is the roof's.
///
/// The same entries are counted: that is where the figures of `status` come from.
public final class Journal {

    /// One line of the log.
    ///
    /// @param event what it is about: `session`, `letter`, `sign-in`, `transfer`
    public record Entry(String event, List<Field> fields) {}

    /// @param value text, a number, or a truth
    public record Field(String name, Object value) {}

    private final Consumer<Entry> printer;
    private final Handshakes handshakes = new Handshakes();
    private final Map<String, LongAdder> figures = new ConcurrentHashMap<>();

    /// @param printer takes each entry; called by the conversations' threads, so it must not wait
    public Journal(Consumer<Entry> printer) {
        this.printer = printer;
    }

    /// Begins an entry about something that happened on a connection.
    public Draft about(String event, Wire wire) {
        return about(event, wire.id(), wire.peer());
    }

    /// Likewise, on a connection that is no [Wire].
    public Draft about(String event, String id, String peer) {
        return new Draft(event).with("id", id).with("peer", peer);
    }

    /// Adds to a figure.
    public void count(String figure, long by) {
        figures.computeIfAbsent(figure, _ -> new LongAdder()).add(by);
    }

    /// STARTTLS of another mail server came to its end.
    public void handshake(boolean done) {
        count(done ? "starttls.done" : "starttls.failed", 1);
        handshakes.note(done);
    }

    public Handshakes handshakes() {
        return handshakes;
    }

    /// All figures since the start, by name.
    public Map<String, Long> figures() {
        var now = new TreeMap<String, Long>();
        figures.forEach((name, adder) -> now.put(name, adder.sum()));
        return now;
    }

    /// An entry being put together.
    public final class Draft {

        private final String event;
        private final List<Field> fields = new ArrayList<>();

        private Draft(String event) {
            this.event = event;
        }

        public Draft with(String name, Object value) {
            fields.add(new Field(name, value));
            return this;
        }

        /// Writes it down and counts it, under its event and its `protocol` or `result`.
        public void write() {
            var figure = new StringBuilder(event);
            for (var field : fields)
                if (field.name().equals("protocol") || field.name().equals("result"))
                    figure.append('.').append(field.value());
            count(figure.toString(), 1);
            printer.accept(new Entry(event, List.copyOf(fields)));
        }
    }
}
