package org.postroom.interop;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The built server, started by its own command on a home of its own. One serves all tests of a run;
/// each test makes accounts of its own.
final class Served {

    static final String PASSWORD = "letmein";

    private static final int[] PORTS = {21, 20, 24, 25, 110, 143, 465, 587, 990, 993, 995};
    private static final AtomicInteger ACCOUNTS = new AtomicInteger();
    private static @Nullable Served shared;

    final Path home;
    private final int offset;
    private final Process process;

    private Served() throws IOException, InterruptedException {
        home = Files.createTempDirectory("postroom-interop");
        offset = freeOffset();
        process =
                new ProcessBuilder(
                                command(
                                        "serve",
                                        "--home",
                                        home.toString(),
                                        "--port-offset",
                                        Integer.toString(offset)))
                        .redirectErrorStream(true)
                        .redirectOutput(home.resolve("serve.out").toFile())
                        .start();
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
        for (int i = 0; i < 600 && !answers(port(21)); i++) {
            if (!process.isAlive())
                throw new AssertionError(Files.readString(home.resolve("serve.out")));
            Thread.sleep(50);
        }
        run(null, "domain", "add", "example.test");
    }

    static synchronized Served shared() throws IOException, InterruptedException {
        var running = shared;
        if (running == null) shared = running = new Served();
        return running;
    }

    int port(int wellKnown) {
        return wellKnown + offset;
    }

    /// A new account with an address of its own and [#PASSWORD].
    String account() throws IOException, InterruptedException {
        String address = "user" + ACCOUNTS.incrementAndGet() + "@example.test";
        run(PASSWORD, "account", "add", address, "--password-stdin");
        return address;
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
        var all = new ArrayList<String>(command(arguments));
        all.addAll(List.of("--home", home.toString()));
        var peer = Peer.of(all.get(0), all.subList(1, all.size()).toArray());
        if (input != null) peer.hears(input + "\n");
        return peer.run().succeeded().output();
    }

    private static List<String> command(String... arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-XX:+UseSerialGC");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-cp");
        command.add(
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")));
        command.add("org.postroom.command.Main");
        command.addAll(List.of(arguments));
        return command;
    }

    private void stop() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) process.destroyForcibly();
            try (var files = Files.walk(home)) {
                for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList())
                    Files.deleteIfExists(file);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean answers(int port) {
        try (var socket = new java.net.Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    /// An offset at which every port is free.
    private static int freeOffset() throws IOException {
        for (int tries = 0; tries < 100; tries++) {
            int offset = ThreadLocalRandom.current().nextInt(11_000, 31_000);
            if (isFree(offset)) return offset;
        }
        throw new IOException("no free ports");
    }

    private static boolean isFree(int offset) {
        for (int port : PORTS)
            try (var socket =
                    new ServerSocket(port + offset, 1, InetAddress.getLoopbackAddress())) {
                if (!socket.isBound()) return false;
            } catch (IOException taken) {
                return false;
            }
        return true;
    }
}
