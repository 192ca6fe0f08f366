package org.postroom.agent.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;

import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.agent.Strangers;
import org.postroom.agent.account.Hindrance;
import org.postroom.wire.Departure;
import org.postroom.wire.Limits;
import org.postroom.wire.Line;
import org.postroom.wire.Tap;
import org.postroom.wire.Tls;
import org.postroom.wire.Wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Servers that mean harm, or are broken in ways that look like it: what they are asked for is refused, the
/// person is told why, and nothing else happens.
@Timeout(60)
final class HostileServersTest {

    @TempDir Path folder;
    private final FtpImpostor server;

    HostileServersTest() throws IOException {
        server = new FtpImpostor();
    }

    @AfterEach
    void end() throws IOException {
        server.close();
    }

    private String run(String... words) throws Hindrance {
        try (var trial = new Trial(folder, false)) {
            return trial.run(words);
        }
    }

    private AbstractThrowableAssert<?, ?> refused(String... words) {
        return assertThatThrownBy(() -> run(words)).isInstanceOf(Hindrance.class);
    }

    private String[] files() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toArray(String[]::new);
        }
    }

    @Test
    void aListingWithoutEndIsBrokenOff() {
        server.on(
                "MLSD",
                (session, _) -> {
                    session.say("150 here");
                    var line =
                            "type=file;size=4; file\r\n"
                                    .repeat(1000)
                                    .getBytes(StandardCharsets.UTF_8);
                    try (var data = session.data()) {
                        for (int i = 0; i < 100_000; i++) data.getOutputStream().write(line);
                    } catch (IOException wasBrokenOff) {
                        session.say("426 oh");
                    }
                });
        server.start();
        refused("ls", server.url("")).hasMessageContaining("no end");
    }

    @Test // TRAPS F27
    void namesThatAreNoneStayThere() throws Exception {
        server.sends(
                "MLSD",
                """
                type=file;size=4; ../above\r
                type=file;size=4; /etc/absolute\r
                type=file;size=4; nul\0byte\r
                type=file;size=4; return\rin it\r
                type=dir; ..\r
                type=dir; a/../../b\r
                type=file;size=4; |id\r
                type=file;size=4; \033[31mred\r
                type=file;size=4; fine\r
                """);
        server.on("MLST", "250-x\r\n type=dir; /\r\n250 e").start();
        try (var trial = new Trial(folder, false)) {
            assertThatThrownBy(() ->
                            trial.run("mirror", server.url(""), folder.resolve("in").toString()))
                    .hasMessageContaining("5 things");
            assertThat(trial.told()).hasSize(5).allMatch(told -> told.contains("is no name"));
        }
        assertThat(files()).containsExactly("in/fine", "in/|id", "in/␛[31mred");
    }

    @Test
    void escapesAreShownAndNotObeyed() throws Exception {
        server.sends("MLSD", "type=file;size=4; \033[31mred\033]0;title\007\r\n");
        server.on("DELE", "550 \033[2Jgone\007").start();
        assertThat(run("ls", server.url(""))).contains("red").doesNotContain("\033", "\007");
        refused("rm", server.url("x"))
                .satisfies(
                        it -> assertThat(it.getMessage()).contains("gone").doesNotContain("\033"));
    }

    @Test // TRAPS F27
    void theThirdAddressThatPasvTellsIsNotCalled() throws Exception {
        try (var third = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.3"))) {
            var called = new AtomicBoolean();
            Thread.ofVirtual()
                    .start(() -> {
                        try (var caller = third.accept()) {
                            called.set(caller.isConnected());
                        } catch (IOException closed) {
                            called.compareAndSet(true, true);
                        }
                    });
            int port = third.getLocalPort();
            server.on("EPSV", "502 no")
                    .on("PASV", "227 here (127,0,0,3," + port / 256 + "," + port % 256 + ")")
                    .start();
            refused("get", server.url("file"), folder.toString());
            assertThat(called).isFalse();
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void aMalformed227Or229IsRefused() throws Exception {
        for (var odd :
                new String[] {
                    "229 here (|||65536|)", "229 (|||0|)", "229 nothing", "229 (|1|)", "229 ()"
                }) {
            try (var one = new FtpImpostor().on("EPSV", odd).start()) {
                refused("get", one.url("file"), folder.toString()).hasMessageContaining("server");
            }
        }
        for (var odd :
                new String[] {
                    "227 (127,0,0,1,256,1)",
                    "227 (1,2,3)",
                    "227 ",
                    "227 (127,0,0,1,0,0)",
                    "227 (127,0,0,1,4294967299,1)"
                }) {
            try (var one = new FtpImpostor().on("EPSV", "500 no").on("PASV", odd).start()) {
                refused("get", one.url("file"), folder.toString()).hasMessageContaining("server");
            }
        }
    }

    @Test
    void aReplyLineWithoutEndCostsNoMemoryAndNoMoreThanTheTimeout() {
        var x = new byte[1 << 20];
        Arrays.fill(x, (byte) 'x');
        server.on(
                "PWD",
                (session, _) -> {
                    for (int i = 0; i < 4096; i++) session.out().write(x);
                });
        server.start();
        long before = System.nanoTime();
        refused("ls", server.url(""));
        assertThat((System.nanoTime() - before) / 1_000_000_000).isLessThan(50);
    }

    @Test
    void aReplyOfManyLinesThatNeverEndsIsRefused() {
        server.on(
                "PWD",
                (session, _) -> {
                    session.say("257-begins");
                    for (int i = 0; i < 1_000_000; i++) session.say(" and goes on");
                });
        server.start();
        refused("ls", server.url("")).hasMessageContaining("no end");
    }

    @Test // TRAPS F17
    void plaintextBehind234IsNotBelieved() {
        server.on("AUTH", "234 begin\r\n230 you are in already").start();
        refused("ls", server.url(""));
        assertThat(server.heard()).noneMatch(line -> line.startsWith("USER"));
    }

    @Test
    void whereTlsIsDemandedAndNotOfferedNothingIsSaid() {
        server.start();
        String user = server.url("").replace("://", "://ann@");
        try (var trial = new Trial(folder, false, "--tls")) {
            assertThatThrownBy(() -> trial.run("ls", user)).hasMessageContaining("--tls demands");
        }
        assertThat(server.heard()).noneMatch(line -> line.startsWith("USER"));
    }

    @Test // RFC 4217 §9
    void aServerThatRefusesPrivateDataIsToldNoPassword() throws Exception {
        var key = Strangers.certificates("localhost");
        var heard = new java.util.concurrent.CopyOnWriteArrayList<String>();
        try (var listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual()
                    .start(() -> {
                        try (var wire = Wire.over(listener.accept(), Limits.CLIENT, Tap.NONE)) {
                            wire.say(Line.of("220 here"));
                            while (true) {
                                heard.add(wire.line().text());
                                String verb = heard.getLast().split(" ", 2)[0];
                                wire.say(
                                        Line.of(
                                                verb.equals("AUTH")
                                                        ? "234 so be it"
                                                        : verb.equals("PROT")
                                                                ? "536 no"
                                                                : "200 fine"));
                                if (verb.equals("AUTH")) wire.secure(new Tls.Server(key));
                            }
                        } catch (IOException | Departure gone) {
                            heard.add("(gone)");
                        }
                    });
            String url = "ftp://ann@127.0.0.1:" + listener.getLocalPort() + "/";
            refused("ls", "--insecure", url).hasMessageContaining("in the clear");
        }
        assertThat(heard).contains("AUTH TLS", "PROT P").noneMatch(line -> line.startsWith("USER"));
    }

    @Test // TRAPS F9
    void aThiefAtTheActivePortGetsNothingAndGivesNothing() throws Exception {
        server.on(
                "RETR",
                (session, _) -> {
                    var to = session.called();
                    if (to == null) throw new IOException("no PORT came");
                    try (var thief = new Socket()) {
                        thief.bind(new InetSocketAddress("127.0.0.2", 0));
                        thief.connect(to);
                        thief.getOutputStream().write("stolen".getBytes(StandardCharsets.UTF_8));
                        session.send("honest".getBytes(StandardCharsets.UTF_8));
                    }
                });
        server.start();
        run("get", "--active", server.url("file"), folder.toString());
        assertThat(folder.resolve("file")).hasContent("honest");
    }

    @Test
    void aDataConnectionThatIsNeverOpenedEndsInAnError() {
        server.on("RETR", (session, _) -> session.say("425 can't")).start();
        refused("get", server.url("file"), folder.toString()).hasMessageContaining("425");
    }

    @Test // TRAPS F28
    void shortDataIsNotTheFileWhatever226Says() throws Exception {
        server.on("SIZE", "213 10").sends("RETR", "").start();
        refused("get", server.url("file"), folder.toString()).hasMessageContaining("of 10 octets");
        assertThat(folder.resolve("file")).doesNotExist();
    }

    @Test // TRAPS F28
    void a226ThatNeverComesIsSurvivedWhereAllElseHasCome() throws Exception {
        server.on(
                "RETR",
                (session, _) -> {
                    session.say("150 here");
                    try (var data = session.data()) {
                        data.getOutputStream().write("data".getBytes(StandardCharsets.UTF_8));
                    }
                });
        server.on("SIZE", "213 4").start();
        try (var trial = new Trial(folder, false, "--timeout", "1")) {
            trial.run("get", server.url("file"), folder.toString());
        }
        assertThat(folder.resolve("file")).hasContent("data");
    }

    @Test
    void aLineThatBreaksIsGoneOnWith() throws Exception {
        String octets = "0123456789".repeat(1000);
        var rest = new AtomicInteger();
        server.on("SIZE", "213 10000")
                .on(
                        "REST",
                        (session, argument) -> {
                            rest.set(Integer.parseInt(argument));
                            session.say("350 from there");
                        })
                .on(
                        "RETR",
                        (session, _) -> {
                            int from = rest.getAndSet(0);
                            if (from > 0) {
                                session.send(
                                        octets.substring(from).getBytes(StandardCharsets.UTF_8));
                                return;
                            }
                            session.say("150 here");
                            try (var data = session.data()) {
                                data.getOutputStream()
                                        .write(
                                                octets.substring(0, 4000)
                                                        .getBytes(StandardCharsets.UTF_8));
                            }
                            session.say("426 the line broke");
                        });
        server.start();
        run("get", server.url("file"), folder.toString());
        assertThat(folder.resolve("file")).hasContent(octets);
        assertThat(server.heard()).contains("REST 4000");
    }

    @Test
    void whoSendsMoreThanItSaidIsStopped() throws Exception {
        server.on("SIZE", "213 4")
                .on(
                        "RETR",
                        (session, _) -> {
                            session.say("150 here");
                            var x = new byte[1 << 20];
                            try (var data = session.data()) {
                                for (int i = 0; i < 4096; i++) data.getOutputStream().write(x);
                            } catch (IOException wasStopped) {
                                session.say("426 oh");
                            }
                        });
        server.start();
        refused("get", server.url("file"), folder.toString()).hasMessageContaining("more");
        assertThat(folder.resolve("file")).doesNotExist();
    }

    @Test
    void lineEndsInAUrlReachNobody() {
        server.start();
        refused("get", server.url("a%0d%0aDELE%20b"), folder.toString())
                .hasMessageContaining("control characters");
        refused("ls", server.url("").replace("://", "://ann%0d%0aQUIT@"))
                .hasMessageContaining("control characters");
        assertThat(server.heard()).isEmpty();
    }

    @Test
    void redirectsInCirclesAndToFilesAreNotFollowed() throws Exception {
        var web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        String base = "http://127.0.0.1:" + web.getAddress().getPort();
        redirect(web, "/circle", "/back");
        redirect(web, "/back", "/circle");
        redirect(web, "/file", "file:///etc/passwd");
        for (int i = 0; i < 20; i++) redirect(web, "/on" + i + "x", "/on" + (i + 1) + "x");
        web.start();
        try {
            refused("get", base + "/circle", folder.toString()).hasMessageContaining("circle");
            refused("get", base + "/file", folder.toString()).hasMessageContaining("Not followed");
            refused("get", base + "/on0x", folder.toString()).hasMessageContaining("on and on");
        } finally {
            web.stop(0);
        }
        assertThat(files()).isEmpty();
    }

    private static void redirect(HttpServer web, String from, String to) {
        web.createContext(
                from,
                exchange -> {
                    exchange.getResponseHeaders().add("Location", to);
                    exchange.sendResponseHeaders(302, -1);
                    exchange.close();
                });
    }
}
