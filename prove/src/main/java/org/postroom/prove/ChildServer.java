package org.postroom.prove;

import org.jspecify.annotations.Nullable;
import org.postroom.control.Answer;
import org.postroom.control.Caller;
import org.postroom.control.CannotServe;
import org.postroom.control.Order;
import org.postroom.control.Ports;
import org.postroom.home.Home;
import org.postroom.sasl.ClientExchange;
import org.postroom.smtp.Refusal;
import org.postroom.smtp.SmtpClient;
import org.postroom.store.Addressee;
import org.postroom.store.Refused;
import org.postroom.store.Store;
import org.postroom.store.StoreSettings;
import org.postroom.store.engine.HomeRefused;
import org.postroom.wire.Departure;
import org.postroom.wire.Fault;
import org.postroom.wire.Limits;
import org.postroom.wire.Tap;
import org.postroom.wire.Wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A server in a process of its own, with one domain and one account, that can be killed and started
/// again.
final class ChildServer implements AutoCloseable {

    final String domain;
    final Path home;
    final int offset;
    private final String heap;
    private volatile @Nullable Process process;

    /// @param heap what Java's -Xmx says
    ChildServer(Path folder, String domain, String heap) throws IOException {
        this.domain = domain;
        this.home = folder.resolve(domain);
        this.offset = Ports.freeOffset();
        this.heap = heap;
    }

    String account() {
        return "somebody@" + domain;
    }

    /// @param configuration what `postroom.toml` says
    void prepare(String configuration) throws IOException {
        new Home(home).prepare();
        Files.writeString(new Home(home).configuration(), configuration);
        try (var store = Store.open(home, StoreSettings.standard())) {
            store.directory().addDomain(domain);
            store.directory().add(Addressee.of(account()));
        } catch (HomeRefused | Refused e) {
            throw new Fault("preparing " + home, e);
        }
    }

    /// Starts it, and returns once it serves.
    void start() throws IOException {
        var child =
                new ProcessBuilder(ServerSubject.serve(home, offset, heap))
                        .redirectError(
                                ProcessBuilder.Redirect.appendTo(
                                        home.resolveSibling(domain + ".log").toFile()))
                        .start();
        process = child;
        var lines =
                new BufferedReader(
                        new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
        var line = lines.readLine();
        while (line != null && !line.startsWith("Ready.")) line = lines.readLine();
        if (line == null) throw new Fault("the server in " + home + " does not start");
    }

    private Process process() {
        var running = process;
        if (running == null) throw new IllegalStateException("it was never started");
        return running;
    }

    boolean isAlive() {
        return process().isAlive();
    }

    void kill() throws InterruptedException {
        process().destroyForcibly();
        process().waitFor();
    }

    /// Lets it end in peace.
    void stop() throws InterruptedException {
        ask(new Order.Stop());
        process().waitFor();
    }

    Answer ask(Order order) {
        try (var caller = Caller.of(new Home(home)).orElseThrow()) {
            return caller.ask(order, _ -> {});
        } catch (CannotServe | Departure e) {
            throw new Fault("asking the server in " + home, e);
        }
    }

    long queued() {
        return ask(new Order.Status()) instanceof Answer.Status status
                ? status.queued()
                : Long.MAX_VALUE;
    }

    /// The most memory that it has had, in MiB: heap and all else (proc(5): VmHWM).
    long mostMemory() throws IOException {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(process().pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                            .findFirst()
                            .orElseThrow()
                    / 1024;
        }
    }

    /// A conversation that may send to anybody, over the socket in its home.
    SmtpClient submission() throws Departure, Refusal {
        var socket = UnixDomainSocketAddress.of(new Home(home).socket("submission"));
        var client = new SmtpClient(Wire.connect(socket, 5_000, Limits.CLIENT, Tap.NONE));
        boolean signedIn = false;
        try {
            client.hello("feeder.example");
            client.auth(ClientExchange.external(account()));
            signedIn = true;
            return client;
        } finally {
            if (!signedIn) client.close();
        }
    }

    /// Whoever still uses it is cut off.
    @Override
    public void close() {
        var running = process;
        if (running == null) return;
        running.destroyForcibly();
        try {
            running.waitFor();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
