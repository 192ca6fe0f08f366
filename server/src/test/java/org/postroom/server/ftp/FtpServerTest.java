package org.postroom.server.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postroom.ftp.Entry;
import org.postroom.ftp.FtpClient;
import org.postroom.ftp.Refusal;
import org.postroom.ftp.Type;
import org.postroom.server.Journal;
import org.postroom.server.Port;
import org.postroom.server.dialogue.TestHouse;
import org.postroom.store.FilePath;
import org.postroom.wire.Departure;
import org.postroom.wire.Limits;
import org.postroom.wire.Line;
import org.postroom.wire.Tap;
import org.postroom.wire.Tls;
import org.postroom.wire.Transcript;
import org.postroom.wire.Wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

final class FtpServerTest {

    private static final String BOB = "bob@example.test";
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private final TestHouse house;
    private final FtpClient client;

    FtpServerTest() throws Exception {
        house = new TestHouse();
        house.account(BOB);
        client = client();
    }

    @AfterEach
    void end() throws IOException {
        client.close();
        house.close();
    }

    @Test
    void aFileComesBackAsItWentActiveAndPassiveInTheClearAndUnderTls() throws Exception {
        signIn(client);
        var octets = new byte[300_000];
        new Random(7).nextBytes(octets);
        for (boolean tls : new boolean[] {false, true}) {
            if (tls) {
                client.authTls(Tls.opportunistic(), "localhost");
                signIn(client);
                client.protectData(Tls.opportunistic(), "localhost");
            }
            for (boolean passive : new boolean[] {true, false}) {
                client.passive(passive);
                client.type(new Type.Image());
                client.put("a", new ByteArrayInputStream(octets));
                assertThat(client.size("a")).isEqualTo(octets.length);
                assertThat(get("a", 0)).isEqualTo(octets);
                assertThat(get("a", 299_990)).hasSize(10);
                client.resume("a", 100_000, new ByteArrayInputStream(octets, 100_000, 200_000));
                assertThat(get("a", 0)).isEqualTo(octets);
                client.append("a", new ByteArrayInputStream(octets));
                assertThat(client.size("a")).isEqualTo(2L * octets.length);
            }
        }
    }

    @Test
    void anyNameComesBackAsItWent() throws Exception { // TRAPS F22
        signIn(client);
        client.type(new Type.Image());
        for (var name :
                List.of(
                        " leading",
                        "trailing ",
                        "*?[]",
                        "\"quotes\"",
                        "a\tb",
                        "back\\slash",
                        "-al",
                        "~",
                        "é€😀",
                        "250 ok",
                        "$(x)",
                        "%00",
                        "...",
                        "type=dir; x")) aNameComesBackAsItWent(name);
    }

    private void aNameComesBackAsItWent(String name) throws Exception {
        client.put(name, body("x"));
        assertThat(names()).containsExactly(name);
        var entries = new ArrayList<Entry>();
        client.mlsd(Optional.empty(), entries::add);
        assertThat(entries).extracting(Entry::path).containsExactly(name);
        var lines = new ArrayList<String>();
        client.list(Optional.of(name), lines::add);
        assertThat(lines).singleElement().asString().endsWith(" " + name);
        assertThat(client.mlst(name).path()).isEqualTo("/" + name);
        assertThat(get(name, 0)).hasSize(1);
        client.rename(name, "other");
        client.rename("other", name);
        client.dele(name);
        assertThat(client.mkd(name)).isEqualTo("/" + name);
        client.cwd(name);
        assertThat(client.pwd()).isEqualTo("/" + name);
        client.cwd("/");
        client.rmd(name);
    }

    @Test
    void aListingOfManyIsWholeAndInOrder() throws Exception {
        signIn(client);
        for (int i = 0; i < 2_100; i++)
            house.find(BOB).files().makeDirectory(FilePath.ROOT.resolve("d%05d".formatted(i)));
        assertThat(names()).hasSize(2_100).isSorted().startsWith("d00000").endsWith("d02099");
    }

    @Test
    void aStrangerAtTheDataPortIsTurnedAwayAndTheClientServed() throws Exception { // TRAPS F9
        var control = signedIn();
        int port = epsv(control);
        control.say(Line.of("STOR a"));
        assertThat(control.line().text()).startsWith("150");
        try (var stranger = new Socket()) {
            stranger.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), 0));
            stranger.connect(new InetSocketAddress(HERE, port), 5_000);
            stranger.setSoTimeout(5_000);
            assertThat(stranger.getInputStream().read()).isEqualTo(-1);
        }
        try (var data = new Socket(HERE, port)) {
            data.getOutputStream().write('x');
        }
        assertThat(control.line().text()).startsWith("226");
        assertThatThrownBy(() -> new Socket(HERE, port).close()) // one accept
                .isInstanceOf(IOException.class);
        control.abort();
    }

    @Test
    void aNewPasvClosesTheOldPort() throws Exception { // TRAPS F10
        var control = signedIn();
        int old = epsv(control);
        epsv(control);
        assertThatThrownBy(() -> new Socket(HERE, old).close()).isInstanceOf(IOException.class);
        control.abort();
    }

    @Test
    void anUploadThatWasResetLeavesTheFileAsItWas() throws Exception { // TRAPS F12
        signIn(client);
        client.type(new Type.Image());
        client.put("a", body("the old one"));
        var control = signedIn();
        int port = epsv(control);
        control.say(Line.of("STOR a"));
        assertThat(control.line().text()).startsWith("150");
        try (var data = new Socket(HERE, port)) {
            data.getOutputStream().write("half of".getBytes(StandardCharsets.UTF_8));
            data.setSoLinger(true, 0); // RST instead of FIN
        }
        assertThat(control.line().text()).startsWith("426");
        assertThat(new String(get("a", 0), StandardCharsets.UTF_8)).isEqualTo("the old one");
        control.abort();
    }

    @Test
    void aClientThatLeavesDuringAnUploadLeavesTheFileAsItWas() throws Exception { // TRAPS F12
        signIn(client);
        client.type(new Type.Image());
        client.put("a", body("the old one"));
        var control = signedIn();
        int port = epsv(control);
        control.say(Line.of("STOR a"));
        assertThat(control.line().text()).startsWith("150");
        try (var data = new Socket(HERE, port)) {
            data.getOutputStream().write("half of".getBytes(StandardCharsets.UTF_8));
            control.abort();
            data.setSoTimeout(10_000);
            try {
                assertThat(data.getInputStream().read()).isEqualTo(-1);
            } catch (java.net.SocketException reset) {
                assertThat(reset).hasMessageContaining("reset");
            }
        }
        assertThat(new String(get("a", 0), StandardCharsets.UTF_8)).isEqualTo("the old one");
    }

    @Test
    void aLargeUploadThatBreaksOffIsContinued() throws Exception { // RFC 3659 §5, TRAPS F12
        var whole = new Pattern(3_000_000).readAllBytes();
        var control = signedIn();
        int port = epsv(control);
        control.say(Line.of("STOR a"));
        assertThat(control.line().text()).startsWith("150");
        try (var data = new Socket(HERE, port)) {
            data.getOutputStream().write(whole, 0, 2_000_000);
            data.setSoLinger(true, 0); // RST instead of FIN
        }
        assertThat(control.line().text()).startsWith("426");
        control.abort();
        signIn(client);
        client.type(new Type.Image());
        long kept = client.size("a");
        assertThat(kept).isBetween(1L, 2_000_000L);
        client.resume("a", kept, new ByteArrayInputStream(whole, (int) kept, 3_000_000));
        assertThat(get("a", 0)).isEqualTo(whole);
    }

    @Test
    void whatIsOverTheQuotaIsRefusedWhole() throws Exception { // RFC 959 §5.4: 552
        house.find(BOB).limit(100_000L);
        signIn(client);
        client.type(new Type.Image());
        client.put("fits", new ByteArrayInputStream(new byte[60_000]));
        assertThatThrownBy(() -> client.put("a", new ByteArrayInputStream(new byte[1 << 20])))
                .isInstanceOfSatisfying(
                        Refusal.class, it -> assertThat(it.reply().code()).isEqualTo(552));
        assertThat(names()).containsExactly("fits");
    }

    @Test
    void aClientWhoseOwnFileBreaksLeavesTheOldOneThere() throws Exception { // TRAPS F12
        signIn(client);
        client.type(new Type.Image());
        client.put("a", body("the old one"));
        var closed = InputStream.nullInputStream();
        closed.close();
        var broken = new SequenceInputStream(new Pattern(100_000), closed);
        assertThatThrownBy(() -> client.put("a", broken)).isInstanceOf(IOException.class);
        assertThat(new String(get("a", 0), StandardCharsets.UTF_8)).isEqualTo("the old one");
    }

    @Test
    void aServerThatShutsDownLetsATransferEnd() throws Exception { // RFC 959 §5.4: 421
        var control = signedIn();
        int port = epsv(control);
        control.say(Line.of("STOR a"));
        assertThat(control.line().text()).startsWith("150");
        try (var data = new Socket(HERE, port)) {
            data.getOutputStream().write('x');
            house.drain(Port.FTP);
            data.getOutputStream().write('y');
        }
        assertThat(control.line().text()).startsWith("226");
        assertThat(control.line().text()).startsWith("421");
        control.abort();
    }

    @Test
    void aLargeFileStreams() throws Exception {
        signIn(client);
        client.type(new Type.Image());
        long size = 16L << 20;
        client.put("large", new Pattern(size));
        var digest = MessageDigest.getInstance("SHA-256");
        client.get("large", 0, digest::update);
        var expected = MessageDigest.getInstance("SHA-256");
        new Pattern(size)
                .transferTo(
                        new java.security.DigestOutputStream(
                                java.io.OutputStream.nullOutputStream(), expected));
        assertThat(digest.digest()).isEqualTo(expected.digest());
    }

    @Test
    void oneLineASessionAndOneATransferAndNoSecret() throws Exception {
        signIn(client);
        client.type(new Type.Image());
        client.put("a", body("12345"));
        client.quit();
        await().until(() -> house.journal().stream().anyMatch(e -> e.event().equals("session")));
        assertThat(house.journal())
                .extracting(Journal.Entry::event)
                .containsExactly("sign-in", "transfer", "session");
        var transfer = house.journal().get(1).fields();
        assertThat(transfer).contains(new Journal.Field("verb", "STOR"));
        assertThat(transfer).contains(new Journal.Field("octets", 5L));
        assertThat(transfer).contains(new Journal.Field("result", 226));
        assertThat(house.journal().toString()).doesNotContain(TestHouse.PASSWORD.reveal());
    }

    @Test
    void whatTheClientHearsTheServerSaid() throws Exception {
        var heard = new StringBuilder();
        var said = new StringBuilder();
        house.house.taps().listen(_ -> Transcript.ofServer(line -> add(said, line)));
        var wire =
                Wire.connect(
                        house.address(Port.FTP),
                        5_000,
                        Limits.CLIENT,
                        Transcript.ofClient(line -> add(heard, line)));
        try (var other = new FtpClient(wire, () -> Tap.NONE)) {
            signIn(other);
            assertThat(other.pwd()).isEqualTo("/");
            other.quit();
        }
        await().untilAsserted(() -> assertThat(said).asString().contains("is closed"));
        assertThat(lines(said, "C: ")).isEqualTo(lines(heard, "C: ")).contains("C: PASS ****");
        assertThat(lines(said, "S: ")).isEqualTo(lines(heard, "S: "));
    }

    private static void add(StringBuilder to, String line) {
        synchronized (to) {
            to.append(line).append('\n');
        }
    }

    private static List<String> lines(StringBuilder transcript, String who) {
        synchronized (transcript) {
            return transcript.toString().lines().filter(line -> line.startsWith(who)).toList();
        }
    }

    private FtpClient client() throws Exception {
        return new FtpClient(wire(), () -> Tap.NONE);
    }

    private Wire wire() throws Departure {
        return Wire.connect(house.address(Port.FTP), 5_000, Limits.CLIENT, Tap.NONE);
    }

    private static void signIn(FtpClient client) throws Departure, Refusal {
        client.signIn(BOB, TestHouse.PASSWORD);
    }

    private Wire signedIn() throws Exception {
        var control = wire();
        assertThat(control.line().text()).startsWith("220");
        for (var line : List.of("USER " + BOB, "PASS " + TestHouse.PASSWORD.reveal(), "TYPE I")) {
            control.say(Line.of(line));
            assertThat(control.line().text()).matches("[23].*");
        }
        return control;
    }

    private static int epsv(Wire control) throws Departure {
        control.say(Line.of("EPSV"));
        var fields = control.line().text().split("\\|", -1);
        return Integer.parseInt(fields[3]);
    }

    private byte[] get(String path, long offset) throws Departure, Refusal {
        var all = new ByteArrayOutputStream();
        client.get(path, offset, all::write);
        return all.toByteArray();
    }

    private List<String> names() throws Departure, Refusal {
        var names = new ArrayList<String>();
        client.nlst(Optional.empty(), names::add);
        return names;
    }

    private static InputStream body(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /// So many octets, without holding them.
    private static final class Pattern extends InputStream {
        private final long size;
        private long at;

        Pattern(long size) {
            this.size = size;
        }

        @Override
        public int read() {
            return at == size ? -1 : (int) ((at++ * 31) >> 3) & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (at == size) return -1;
            int n = (int) Math.min(length, size - at);
            for (int i = 0; i < n; i++) into[offset + i] = (byte) read();
            return n;
        }
    }
}
