package org.postroom.prove;

import org.postroom.control.Ports;
import org.postroom.home.Home;
import org.postroom.store.Addressee;
import org.postroom.store.Refused;
import org.postroom.store.Store;
import org.postroom.store.StoreSettings;
import org.postroom.store.engine.HomeRefused;
import org.postroom.wire.Fault;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// The whole server. After a round: each letter and file is where it was acknowledged to be, whole and
/// once, and nowhere else; of what was begun, all or nothing came to be; what was acknowledged as
/// deleted is gone; UIDs rise and are never given again; quota is what is there; the store agrees with
/// itself.
public final class ServerSubject implements Subject {

    private final Ledger ledger = new Ledger();
    private int offset;

    @Override
    public List<String> command(Path home, int round) throws IOException {
        if (!Files.exists(home.resolve("store"))) prepare(home);
        offset = Ports.freeOffset();
        return serve(home, offset, "256m");
    }

    /// The command line of a server.
    ///
    /// @param heap what Java's -Xmx says
    static List<String> serve(Path home, int offset, String heap) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                org.postroom.command.Main.class.getName(),
                "serve",
                "--home",
                home.toString(),
                "--port-offset",
                Integer.toString(offset));
    }

    private static void prepare(Path home) {
        new Home(home).prepare();
        try (var store = Store.open(home, StoreSettings.standard())) {
            store.directory().addDomain(Load.DOMAIN);
            for (var name : List.of(Load.ANN, Load.BOB)) {
                var account = store.directory().add(Addressee.of(name, Load.DOMAIN));
                store.passwords().set(account, Load.PASSWORD);
                store.account(account).create(Load.KEPT, null);
            }
        } catch (HomeRefused | Refused e) {
            throw new Fault("preparing " + home, e);
        }
    }

    @Override
    public Path atRisk(Path home) {
        return home.resolve("store");
    }

    /// The server's log, beside the home.
    @Override
    public ProcessBuilder.Redirect errors(Path home) {
        return ProcessBuilder.Redirect.appendTo(
                home.resolveSibling(home.getFileName() + ".log").toFile());
    }

    @Override
    public void work(Process child, int round, Runnable started)
            throws IOException, InterruptedException {
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            var line = lines.readLine();
            while (line != null && !line.startsWith("Ready.")) line = lines.readLine();
            if (line == null) return;
            var load = new Load(child, ledger, round, offset);
            var begun = Thread.ofVirtual().start(() -> start(child, round, load, started));
            load.run();
            begun.join();
        }
    }

    private static void start(Process child, int round, Load load, Runnable started) {
        boolean atOnce = round % 4 == 0; // now and then it dies before it has promised anything
        while (!atOnce && child.isAlive() && !load.isHeardByAll()) LockSupport.parkNanos(1_000_000);
        started.run();
    }

    @Override
    public long acknowledged() {
        return ledger.acknowledged();
    }

    @Override
    public List<String> check(Path home) throws IOException {
        try (var store = Store.open(home, StoreSettings.standard())) {
            new Inspection(store, ledger).run();
        } catch (HomeRefused | Refused | Fault broken) {
            ledger.complain("the store does not open: " + broken + ", " + broken.getCause());
        }
        return ledger.complaints();
    }
}
