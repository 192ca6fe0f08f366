package org.postroom.interop;

import org.jspecify.annotations.Nullable;
import org.postroom.control.Ports;
import org.postroom.server.Port;
import org.postroom.wire.Departure;
import org.postroom.wire.Limits;
import org.postroom.wire.Tap;
import org.postroom.wire.Wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The built server, started by its own command on a home of its own. One serves all tests of a run;
/// each test makes accounts of its own.
final class Served implements AutoCloseable {

    static final String PASSWORD = "letmein";

    private static final AtomicInteger ACCOUNTS = new AtomicInteger();
    private static @Nullable Served shared;

    final Path home;
    private final Path folder;
    private final int offset;
    private final Process process;

    private Served(List<String> before, String... flags) throws IOException, InterruptedException {
        folder = Files.createTempDirectory("postroom-interop");
        home = folder.resolve("home");
        Files.createDirectories(home.resolve("store"));
        offset = Ports.freeOffset();
        var command = new ArrayList<String>();
        for (var word : before) command.add(word.replace("HOME", home.toString()));
        command.addAll(
                command(
                        List.of(flags),
                        "serve",
                        "--home",
                        home.toString(),
                        "--port-offset",
                        Integer.toString(offset)));
        process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("serve.out").toFile())
                        .start();
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        // its ports open before its control socket does, without which an order would open the home
        // itself
        for (int i = 0; i < 1200 && !log().contains("Ready."); i++) {
            if (!process.isAlive()) throw new AssertionError(log());
            Thread.sleep(50);
        }
        run(null, "domain", "add", "example.test");
    }

    /// One on a disk of its own.
    static Served onSmallDisk(int mebibytes) throws IOException, InterruptedException {
        Peer.require("unshare");
        var mount = "mount -t tmpfs -o size=" + mebibytes + "m tmpfs HOME/store && exec \"$@\"";
        return new Served(List.of("unshare", "-Urm", "sh", "-c", mount, "sh"));
    }

    /// One whose user has a number and no name, as in many a container.
    static Served withoutUserName() throws IOException, InterruptedException {
        Peer.require("unshare");
        return new Served(List.of("unshare", "--map-user=54321", "--map-group=54321"));
    }

    /// One that has no more than so much memory for its objects.
    static Served withHeap(int mebibytes) throws IOException, InterruptedException {
        return new Served(List.of(), "-Xmx" + mebibytes + "m");
    }

    static synchronized Served shared() throws IOException, InterruptedException {
        var running = shared;
        if (running == null) shared = running = new Served(List.of());
        return running;
    }

    int port(int wellKnown) {
        return wellKnown + offset;
    }

    /// A connection to one of its ports.
    Wire call(Port port) throws Departure {
        var to = new InetSocketAddress(InetAddress.getLoopbackAddress(), port(port.number));
        return Wire.connect(to, 10_000, Limits.CLIENT, Tap.NONE);
    }

    /// A new account with an address of its own and [#PASSWORD].
    String account() throws IOException, InterruptedException {
        String address = "user" + ACCOUNTS.incrementAndGet() + "@example.test";
        run(PASSWORD, "account", "add", address, "--password-stdin");
        return address;
    }

    /// Lets letters for a domain go to a port of this machine, from now on.
    ///
    /// @param tls see `postroom.toml`
    void route(String domain, int port, String tls) throws IOException, InterruptedException {
        Files.writeString(
                home.resolve("postroom.toml"),
                """

                [[route]]
                domain = "%s"
                host = "127.0.0.1"
                port = %d
                tls = "%s"
                """
                        .formatted(domain, port, tls),
                StandardOpenOption.APPEND);
        run(null, "reload");
    }

    /// An app password of an account.
    String appPassword(String address) throws IOException, InterruptedException {
        return run(null, "account", "app-password", "add", address)
                .strip()
                .lines()
                .toList()
                .getLast()
                .strip();
    }

    /// Runs one of the server's own commands.
    String run(@Nullable String input, String... arguments)
            throws IOException, InterruptedException {
        var all = new ArrayList<String>(command(List.of(), arguments));
        all.addAll(List.of("--home", home.toString()));
        var peer = Peer.of(all.get(0), all.subList(1, all.size()).toArray());
        if (input != null) peer.hears(input + "\n");
        return peer.run().succeeded().output();
    }

    static List<String> command(List<String> flags, String... arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-XX:+UseSerialGC");
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(flags);
        command.add("-cp");
        command.add(
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")));
        command.add("org.postroom.command.Main");
        command.addAll(List.of(arguments));
        return command;
    }

    String log() throws IOException {
        return Files.readString(folder.resolve("serve.out"));
    }

    @Override
    public void close() {
        if (!Files.exists(folder)) return;
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) process.destroyForcibly();
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList())
                    Files.deleteIfExists(file);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
