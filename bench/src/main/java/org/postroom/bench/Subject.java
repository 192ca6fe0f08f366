package org.postroom.bench;

import org.jspecify.annotations.Nullable;
import org.postroom.control.Ports;
import org.postroom.server.Port;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import javax.net.ssl.SSLSocketFactory;

/// A server under load: set up on a stage, with processes of its own, on a loopback address of its own.
abstract class Subject implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);

    /// Between two looks whether it greets, in nanoseconds: to look takes from the server that starts.
    private static final long PAUSE = 5_000_000;

    private final Site site;
    final Path folder;
    final InetAddress address;
    private final int offset;
    private @Nullable SSLSocketFactory tls;
    private double spent;
    private final List<Child> children = new ArrayList<>();

    Subject(Site site, Path folder, InetAddress address) throws IOException {
        this.site = site;
        this.folder = folder;
        this.address = address;
        this.offset = Ports.freeOffset(address);
    }

    /// The name that an account signs in with.
    String login(int account) {
        return Stage.address(account);
    }

    /// How our program is called, up to its verb.
    final List<String> ours() {
        return site.program();
    }

    /// TLS that trusts the certificate which all servers show.
    SSLSocketFactory tls() throws IOException {
        var known = tls;
        if (known == null) known = site.tls();
        tls = known;
        return known;
    }

    int number(Port port) {
        return port.number + offset;
    }

    int offset() {
        return offset;
    }

    InetSocketAddress at(Port port) {
        return new InetSocketAddress(address, number(port));
    }

    /// Starts the processes.
    abstract List<Child> start() throws IOException;

    /// What greets once it is up; the first of them ends the start.
    abstract List<Port> greeters();

    /// Lets it run, and returns when all of it is up.
    ///
    /// @return how long it took from the launch to the first greeting, in milliseconds
    final double launch() throws IOException {
        long begun = System.nanoTime();
        children.addAll(start());
        if (greeters().isEmpty()) return 0;
        awaitGreeting(greeters().getFirst(), begun);
        double millis = (System.nanoTime() - begun) / 1e6;
        for (var port : greeters()) awaitGreeting(port, begun);
        return millis;
    }

    private void awaitGreeting(Port port, long begun) throws IOException {
        while (!isUp(port)) {
            if (children.stream().anyMatch(child -> !child.isAlive()))
                throw new IOException("it ended by itself: " + lastWords());
            if (System.nanoTime() - begun > START.toNanos())
                throw new IOException("it does not answer: " + lastWords());
            LockSupport.parkNanos(PAUSE);
        }
    }

    /// HTTP says nothing before it is asked.
    private boolean isUp(Port port) {
        return switch (port) {
            case HTTP, HTTPS -> Talk.isThere(at(port));
            case SMTP, SUBMISSION, SUBMISSIONS, ODMR, LMTP, POP3, POP3S, IMAP, IMAPS, FTP, FTPS ->
                    Talk.isGreeted(at(port), greeting(port));
        };
    }

    private String lastWords() throws IOException {
        var words = new StringBuilder();
        try (var logs = Files.newDirectoryStream(folder, "*log")) {
            for (var log : logs) {
                var text = Files.readString(log);
                words.append(text.substring(Math.max(0, text.length() - 500)));
            }
        }
        return words.toString();
    }

    private static String greeting(Port port) {
        return switch (port) {
            case SMTP, SUBMISSION, SUBMISSIONS, ODMR, LMTP, FTP, FTPS -> "220";
            case POP3, POP3S -> "+OK";
            case IMAP, IMAPS -> "* OK";
            case HTTP, HTTPS -> throw new IllegalArgumentException("HTTP greets nobody");
        };
    }

    boolean isRunning() {
        return !children.isEmpty();
    }

    /// That of the first process.
    long pid() {
        return children.getFirst().pid();
    }

    /// Seconds on a processor, over all launches.
    double cpu() {
        return spent + children.stream().mapToDouble(Child::cpu).sum();
    }

    /// Lets go of memory that holds nothing, where a server keeps such.
    void settle() throws IOException {}

    /// KiB of memory.
    double memory() {
        return children.stream().mapToDouble(Child::memory).sum();
    }

    /// Ends it; it can be launched again.
    @Override
    public void close() {
        spent = cpu();
        for (var child : children.reversed()) child.close();
        children.clear();
    }
}
