package org.postroom.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;

/// Many callers, and too many.
class CrowdTest {

    private static final int MANY = Math.min(10_000, descriptors() - 500);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// Calls so many times, hears each greeting, tells, and stays until its input ends.
    public static final class Callers {
        private Callers() {}

        public static void main(String[] arguments) throws IOException {
            var to =
                    new InetSocketAddress(
                            InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
            var channels = new ArrayList<SocketChannel>();
            for (int i = Integer.parseInt(arguments[1]); i > 0; i--)
                channels.add(SocketChannel.open(to));
            var greeting = java.nio.ByteBuffer.allocate(11);
            for (var channel : channels) {
                greeting.clear();
                while (greeting.hasRemaining() && channel.read(greeting) >= 0) {}
            }
            System.out.println("all are here");
            System.out.flush();
            while (System.in.read() >= 0) {}
            for (var channel : channels) channel.close();
        }
    }

    @Test
    void thousandsOfIdleCallersTakeLittle() throws Exception {
        var limits = Ends.LIMITS.withIdle(Duration.ofMinutes(10));
        var gate = new Gate(MANY + 10, MANY + 10, _ -> false);
        try (var listener =
                Listener.tcp(Plans.anywhere(), Plans.of(gate, limits, Plans::echo, null))) {
            long before = heap();
            var callers =
                    Child.start(
                            MANY + 100,
                            Callers.class,
                            Integer.toString(listener.port()),
                            Integer.toString(MANY));
            try {
                assertThat(line(callers)).isEqualTo("all are here");
                await().atMost(PATIENCE).until(() -> listener.size() == MANY);
                long each = (heap() - before) / MANY;
                assertThat(each).isLessThan(16 * 1024); // measured: 6 to 9 KiB
                try (var late = Wire.connect(listener.address(), 5000, Limits.CLIENT, Tap.NONE)) {
                    assertThat(late.line().text()).isEqualTo("220 ready");
                }
            } finally {
                callers.getOutputStream().close();
            }
            await().atMost(PATIENCE).until(() -> gate.size() == 0 && listener.size() == 0);
            assertThat(callers.waitFor()).isZero();
        }
    }

    /// How many this process may open.
    private static int descriptors() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof com.sun.management.UnixOperatingSystemMXBean unix
                ? (int) Math.min(unix.getMaxFileDescriptorCount(), 1_000_000)
                : 1000;
    }

    private static long heap() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(50); // for what the collector hands to cleaners
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static String line(Process process) throws IOException {
        var in = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8);
        var line = new BufferedReader(in).readLine();
        return line == null ? "" : line;
    }

    /// A server that says its port.
    public static final class Echo {
        private Echo() {}

        public static void main(String[] arguments) throws IOException {
            var plan = Plans.of(Plans::echo, null);
            var listener = Listener.tcp(Plans.anywhere(), plan);
            try (var warm =
                    new Socket()) { // the JDK opens a few for itself when a wire first waits
                warm.connect(listener.address());
                warm.getInputStream().readNBytes(11);
                await().until(() -> plan.gate().wires().stream().anyMatch(Echo::isWaiting));
            }
            System.out.println(listener.port());
            System.out.flush();
            while (System.in.read() >= 0) {}
            listener.close();
        }

        private static boolean isWaiting(Wire wire) {
            return wire.idleFor(System.nanoTime()) > 100_000_000L;
        }
    }

    // TRAPS T18
    @Test
    void whoRunsOutOfDescriptorsGoesOn() throws Exception {
        var server = Child.start(64, Echo.class);
        var callers = new ArrayList<Socket>();
        try {
            var at =
                    new InetSocketAddress(
                            InetAddress.getLoopbackAddress(), Integer.parseInt(line(server)));
            for (int i = 0; i < 55; i++) {
                var socket = new Socket();
                socket.connect(at);
                socket.setSoTimeout(30_000);
                callers.add(socket);
            }
            // the longest idle are let go, so the last to come are greeted
            var last = callers.get(callers.size() - 1);
            assertThat(Ends.latin(last.getInputStream().readNBytes(11)))
                    .isIn("220 ready\r\n", "421 busy\r\n");
            for (var socket : callers) socket.close();
            await().atMost(PATIENCE).until(() -> isGreeted(at));
            assertThat(server.isAlive()).isTrue();
        } finally {
            for (var socket : callers) socket.close();
            server.getOutputStream().close();
        }
        assertThat(server.waitFor()).isZero();
    }

    private static boolean isGreeted(InetSocketAddress at) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(at);
            socket.setSoTimeout(30_000);
            return Ends.latin(socket.getInputStream().readNBytes(11)).equals("220 ready\r\n");
        } catch (java.net.SocketException reset) {
            return false;
        }
    }
}
