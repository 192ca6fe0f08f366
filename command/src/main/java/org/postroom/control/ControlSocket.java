package org.postroom.control;

import org.postroom.control.Answer.Failed;
import org.postroom.control.Answer.Hello;
import org.postroom.server.Doorkeeper;
import org.postroom.wire.Departure;
import org.postroom.wire.Fault;
import org.postroom.wire.Gate;
import org.postroom.wire.Limits;
import org.postroom.wire.Listener;
import org.postroom.wire.Sayable;
import org.postroom.wire.Tap;
import org.postroom.wire.Wire;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The server's end of the home's control socket: an order a line, its answers a line each. Only root
/// and the server's own user are heard, whatever the mode of the file (SO_PEERCRED).
final class ControlSocket {

    static final String NAME = "control";

    private static final System.Logger LOG = System.getLogger(ControlSocket.class.getName());
    private static final int AT_ONCE = 16;
    static final Limits LIMITS =
            new Limits(
                    1 << 20,
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(1),
                    Integer.MAX_VALUE,
                    true);

    /// Orders touch files, which virtual threads must not.
    private static final ExecutorService PLATFORM =
            Executors.newCachedThreadPool(
                    Thread.ofPlatform().daemon().name("steward-", 0).factory());

    private ControlSocket() {}

    static Listener.Plan plan(Steward steward) {
        return new Listener.Plan(
                NAME,
                new Gate(AT_ONCE, AT_ONCE, _ -> true),
                line(new Failed(Exit.TEMPORARY, "Too many orders at once; try again.")),
                null,
                () -> LIMITS,
                () -> Tap.NONE,
                wire -> converse(steward, wire));
    }

    static Sayable line(Answer answer) {
        return saying -> saying.utf8(Json.print(answer)).octets("\n");
    }

    private static void converse(Steward steward, Wire wire) {
        try {
            if (!Doorkeeper.isOurs(wire)) {
                wire.say(line(new Failed(Exit.PERMISSION, "Only root and the server's user may.")));
                return;
            }
            long pid = ProcessHandle.current().pid();
            wire.say(line(new Hello(Release.VERSION, Hello.CONTROL, pid)));
            while (true) {
                var order = Json.order(utf8(wire.line().text()));
                var answer =
                        order.isPresent()
                                ? onPlatform(steward, order.get(), wire)
                                : new Failed(Exit.USAGE, "That is no order.");
                wire.say(line(answer));
                wire.flush();
            }
        } catch (Departure gone) {
            LOG.log(System.Logger.Level.DEBUG, "{0}: {1}", wire.id(), gone.getMessage());
        }
    }

    /// A line's characters are octets.
    private static String utf8(String octets) {
        return new String(
                octets.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1),
                java.nio.charset.StandardCharsets.UTF_8);
    }

    private static Answer onPlatform(Steward steward, Order order, Wire wire) throws Departure {
        var work =
                PLATFORM.submit(() ->
                        steward.carryOut(
                                order,
                                said -> {
                                    wire.say(line(said));
                                    wire.flush();
                                }));
        try {
            return work.get();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return new Failed(Exit.TEMPORARY, "The server ends.");
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Departure gone) throw gone;
            LOG.log(System.Logger.Level.ERROR, "an order failed", failed.getCause());
            return failed.getCause() instanceof Fault fault
                    ? Trouble.of(fault)
                    : new Failed(Exit.SOFTWARE, "It went wrong; the server's log has more.");
        }
    }
}
