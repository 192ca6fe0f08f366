package org.postroom.control;

import org.postroom.control.Answer.Failed;
import org.postroom.control.Answer.Hello;
import org.postroom.control.Answer.Meanwhile;
import org.postroom.home.Home;
import org.postroom.wire.Departure;
import org.postroom.wire.Tap;
import org.postroom.wire.Wire;

import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Optional;

/// The command's end of the home's control socket.
public final class Caller implements AutoCloseable {

    private static final int PATIENCE = 5_000; // milliseconds

    private final Wire wire;

    private Caller(Wire wire) {
        this.wire = wire;
    }

    /// The server that runs in a home, or nothing where none does. A socket that a crash left is none.
    ///
    /// @throws CannotServe a server that is not of our kind, or does not trust us
    public static Optional<Caller> of(Home home) throws CannotServe {
        if (!home.exists()) return Optional.empty();
        if (!home.isOpen())
            throw new CannotServe(
                    Exit.PERMISSION,
                    "The home " + home.path() + " is another user's; give the order as that one.");
        var socket = home.socket(ControlSocket.NAME);
        if (!Files.exists(socket)) return Optional.empty();
        try {
            var address = UnixDomainSocketAddress.of(socket);
            var caller =
                    new Caller(Wire.connect(address, PATIENCE, ControlSocket.LIMITS, Tap.NONE));
            caller.greet();
            return Optional.of(caller);
        } catch (Departure nobody) {
            return Optional.empty();
        }
    }

    private void greet() throws Departure, CannotServe {
        switch (answer()) {
            case Hello hello when hello.control() == Hello.CONTROL -> {}
            case Hello hello -> {
                wire.close();
                throw new CannotServe(
                        Exit.UNAVAILABLE,
                        "Process "
                                + hello.pid()
                                + " runs Postroom "
                                + hello.version()
                                + ", this is "
                                + Release.VERSION
                                + "; use one release for both.");
            }
            case Failed(var exit, var why) -> {
                wire.close();
                throw new CannotServe(exit, why);
            }
            case Answer other -> {
                wire.close();
                throw new CannotServe(Exit.SOFTWARE, "The server began with " + other);
            }
        }
    }

    /// Has an order carried out.
    ///
    /// @param ear hears what comes before the answer
    public Answer ask(Order order, Steward.Ear ear) throws Departure {
        wire.say(saying -> saying.utf8(Json.print(order)).octets("\n"));
        while (true) {
            var answer = answer();
            if (!(answer instanceof Meanwhile meanwhile)) return answer;
            ear.hear(meanwhile);
        }
    }

    /// Waits for the server's end.
    public void awaitEnd() {
        try {
            while (true) answer();
        } catch (Departure ended) {
            wire.close();
        }
    }

    private Answer answer() throws Departure {
        var octets = wire.line().text().getBytes(StandardCharsets.ISO_8859_1);
        return Json.answer(new String(octets, StandardCharsets.UTF_8))
                .orElse(new Failed(Exit.SOFTWARE, "The server's answer is not understood."));
    }

    @Override
    public void close() {
        wire.close();
    }
}
