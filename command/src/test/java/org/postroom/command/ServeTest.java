package org.postroom.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.control.Exit;
import org.postroom.control.Ports;
import org.postroom.server.Port;
import org.postroom.wire.Departure;
import org.postroom.wire.Limits;
import org.postroom.wire.Line;
import org.postroom.wire.Tap;
import org.postroom.wire.Wire;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// The signals that a server obeys, sent to a process of its own.
final class ServeTest {

    @TempDir Path folder;

    @Test
    void hupReloadsWithoutEndingASessionAndTermDrains() throws Exception {
        int offset = Ports.freeOffset();
        var out = folder.resolve("out");
        var process =
                // a build that was started by nohup ignores SIGHUP, and what it starts inherits
                // that
                new ProcessBuilder(
                                "env",
                                "--default-signal=HUP",
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty(
                                        "surefire.test.class.path",
                                        System.getProperty("java.class.path")),
                                "org.postroom.command.Main",
                                "serve",
                                "--home",
                                folder.resolve("home").toString(),
                                "--port-offset",
                                Integer.toString(offset))
                        .redirectErrorStream(true)
                        .redirectOutput(out.toFile())
                        .start();
        try {
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> Files.readString(out).contains("Ready.") || !process.isAlive());
            assertThat(Files.readString(out))
                    .contains("127.0.0.1:" + (Port.SMTP.number + offset), "run/first-admin");
            try (var session = call(Port.POP3.number + offset)) {
                session.line();
                signal(process, "HUP");
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> Files.readString(out).contains("were read anew"));
                session.say(Line.of("CAPA"));
                assertThat(session.line().text()).startsWith("+OK");
                signal(process, "TERM");
                assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(process.exitValue()).isEqualTo(Exit.OK);
            var log = Files.readString(out);
            var password = Files.readAllLines(folder.resolve("home/run/first-admin")).getLast();
            assertThat(log).doesNotContain(password).contains("event=session", "protocol=pop3");
        } finally {
            process.destroyForcibly();
        }
    }

    private static void signal(Process process, String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }

    private static Wire call(int port) throws Departure {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        return Wire.connect(address, 5_000, Limits.CLIENT, Tap.NONE);
    }
}
