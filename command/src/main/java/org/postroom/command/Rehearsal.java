package org.postroom.command;

import org.postroom.agent.Mail;
import org.postroom.agent.ftp.Ftp;
import org.postroom.control.Caller;
import org.postroom.control.CannotServe;
import org.postroom.control.Exit;
import org.postroom.control.Order;
import org.postroom.control.Ports;
import org.postroom.control.Serving;
import org.postroom.home.Home;
import org.postroom.server.Port;
import org.postroom.wire.Departure;
import org.postroom.wire.Fault;
import org.postroom.wire.Limits;
import org.postroom.wire.Secret;
import org.postroom.wire.Tap;
import org.postroom.wire.Tls;
import org.postroom.wire.Wire;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A short life of a server in a temporary home, so that the ahead-of-time cache (JEP 514) learns which
/// classes a start needs.
final class Rehearsal {

    private static final int PATIENCE = 5_000; // milliseconds

    private Rehearsal() {}

    static int run(PrintWriter out) throws CannotServe {
        try {
            var folder = Files.createTempDirectory("postroom-rehearsal");
            try (var serving =
                    Serving.start(
                            new Home(folder), Serving.Wishes.NONE, Optional.of(Ports.free()))) {
                out.println(serving.status());
                for (var port : Port.values())
                    if (!port.title.startsWith("http")) greet(serving, port);
                ask(serving.home(), out);
                mail(serving.home(), out);
                files(serving, out);
            } finally {
                remove(folder);
            }
            return Exit.OK;
        } catch (IOException e) {
            throw new Fault("rehearsing", e);
        }
    }

    private static void greet(Serving serving, Port port) {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), serving.port(port));
        try (var wire = Wire.connect(address, PATIENCE, Limits.CLIENT, Tap.NONE)) {
            if (port.implicit) wire.secure(Tls.opportunistic(), "localhost");
            wire.line();
        } catch (Departure gone) {
            System.err.println(port + ": " + gone.getMessage());
        }
    }

    private static void ask(Home home, PrintWriter out) throws CannotServe {
        try (var caller = Caller.of(home).orElseThrow()) {
            var shown = new Shown(out, out, false);
            shown.show(
                    caller.ask(new Order.DomainAdd("example.test", Optional.empty()), shown::show));
            var add = new Order.AccountAdd("alice@example.test", new Secret("rehearsal"));
            shown.show(caller.ask(add, shown::show));
            shown.show(caller.ask(new Order.AccountList(), shown::show));
            shown.show(caller.ask(new Order.Status(), shown::show));
        } catch (Departure gone) {
            System.err.println(gone.getMessage());
        }
    }

    /// The mail agent, too: a person waits for it.
    private static void mail(Home home, PrintWriter out) {
        for (var words : List.of(List.of("list"), List.of("mailboxes"), List.of("help"))) {
            var all = new ArrayList<>(words);
            all.addAll(List.of("--as", "alice@example.test"));
            Mail.run(out, out, (_, name) -> home.socket(name), all);
        }
    }

    /// And the file agent.
    private static void files(Serving serving, PrintWriter out) {
        String url = "ftp://alice%40example.test@127.0.0.1:" + serving.port(Port.FTP) + "/";
        for (var words :
                List.of(List.of("mkdir", url + "a"), List.of("ls", url), List.of("help"))) {
            var all = new ArrayList<>(words);
            all.addAll(List.of("--insecure", "--password-command", "echo rehearsal"));
            Ftp.run(out, out, all);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
