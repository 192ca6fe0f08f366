package org.postroom.server;

import org.postroom.wire.Departure;
import org.postroom.wire.Listener;
import org.postroom.wire.Sayable;
import org.postroom.wire.Tls;
import org.postroom.wire.Wire;

import java.time.Instant;
import java.util.Locale;

/// One session from greeting to good-bye, on one virtual thread: what those of all protocols have in
/// common. A protocol's own says what it [#converse]s, its last words, and what it did.
public abstract class Conversation {

    private static final System.Logger LOG = System.getLogger(Conversation.class.getName());

    /// Begins one.
    @FunctionalInterface
    public interface Beginning {
        Conversation of(House house, Port port, Tls.Server tls, Wire wire);
    }

    /// What a listener at a port does, whatever its protocol.
    ///
    /// @param busy what a caller hears for whom there is no room
    /// @param applications what TLS may be asked for by name (RFC 7301)
    public static Listener.Plan plan(
            House house, Port port, Sayable busy, Beginning beginning, String... applications) {
        var tls = new Tls.Server(house.certificates(), applications);
        if (port == Port.SMTP) tls.withoutTickets(); // others' mail clients; TRAPS T5
        return new Listener.Plan(
                port.title,
                house.gate(),
                busy,
                port.implicit ? tls : null,
                () -> port.limits(house.settings().get()),
                () -> house.taps().of(port),
                wire -> beginning.of(house, port, tls, wire).run());
    }

    /// What is said to a peer that was not the one to end the session.
    ///
    /// @param idle it said nothing for too long
    /// @param draining the server shuts down
    /// @param tooMany it misbehaved too often
    /// @param broken something of ours failed
    public record LastWords(Sayable idle, Sayable draining, Sayable tooMany, Sayable broken) {}

    protected final House house;
    protected final Port port;
    protected final Tls.Server tls;
    protected final Wire wire;
    protected final Door door;

    /// Whose session it is, for the journal; empty before sign-in.
    protected volatile String name = "";

    private final Instant since = Instant.now();

    /// How it ended, for the journal.
    protected String end = "quit";

    protected Conversation(House house, Port port, Tls.Server tls, Wire wire) {
        this.house = house;
        this.port = port;
        this.tls = tls;
        this.wire = wire;
        this.door = house.doorkeeper().at(wire, house.journal(), port.serves());
    }

    /// Runs to its end, tells the peer why if it was not the one to end it, and writes it down.
    public final void run() {
        house.sessions().begin(this);
        try {
            if (!port.isForStrangers()) door.hurry();
            converse();
            wire.flush();
        } catch (Departure departure) {
            end = departure.kind().name().toLowerCase(Locale.ROOT);
            bid(departure.kind());
        } catch (VirtualMachineError dying) {
            end = "fault";
            throw dying;
        } catch (RuntimeException | Error broken) { // a Fault, or a bug that should have been one
            end = "fault";
            LOG.log(System.Logger.Level.ERROR, "the conversation broke", broken);
            say(lastWords().broken());
        } finally {
            house.sessions().end(this);
            var entry =
                    house.journal()
                            .about("session", wire)
                            .with("protocol", port.title)
                            .with("account", name)
                            .with("tls", wire.tls().map(Tls.Facts::protocol).orElse(""));
            figures(entry);
            entry.with("end", end).write();
        }
    }

    /// Greets, and answers until the client takes its leave.
    protected abstract void converse() throws Departure;

    protected abstract LastWords lastWords();

    /// Adds to the journal's entry what was done in this session.
    protected abstract void figures(Journal.Draft entry);

    /// What it is at, if that takes long. Asked by other threads.
    protected String doing() {
        return "";
    }

    final Sessions.Session shown() {
        return new Sessions.Session(
                wire.id(),
                port.title,
                wire.peer(),
                name,
                wire.tls().map(Tls.Facts::protocol).orElse(""),
                since,
                doing());
    }

    private void bid(Departure.Kind kind) {
        switch (kind) {
            case IDLE -> say(lastWords().idle());
            case DRAINING -> say(lastWords().draining());
            case TOO_MANY -> say(lastWords().tooMany());
            case GONE -> {}
        }
    }

    private void say(Sayable farewell) {
        try {
            wire.say(farewell);
            wire.flush();
        } catch (Departure gone) {
            LOG.log(System.Logger.Level.DEBUG, "{0}: gone before the farewell", wire.id());
        }
    }
}
