package org.postroom.server.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postroom.ftp.Digest;
import org.postroom.ftp.FtpClient;
import org.postroom.ftp.OctetsAlone;
import org.postroom.ftp.Refusal;
import org.postroom.ftp.Type;
import org.postroom.server.Port;
import org.postroom.server.dialogue.TestHouse;
import org.postroom.wire.Departure;
import org.postroom.wire.Limits;
import org.postroom.wire.Tap;
import org.postroom.wire.Tls;
import org.postroom.wire.Wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// The client's half as a programmer uses it, against the real server.
@Timeout(60)
final class ClientLibraryTest {

    private static final String ANN = "ann@example.test";

    private final TestHouse house;

    ClientLibraryTest() throws Exception {
        house = new TestHouse();
        house.account(ANN);
    }

    @AfterEach
    void end() throws IOException {
        house.close();
    }

    private Wire connected() throws Departure {
        return Wire.connect(house.address(Port.FTP), 20_000, Limits.CLIENT, Tap.NONE);
    }

    private FtpClient signedIn(boolean tls) throws Departure, Refusal {
        var client = new FtpClient(connected(), () -> Tap.NONE);
        if (tls) {
            var trust = Tls.opportunistic();
            client.authTls(trust, "localhost");
            client.protectData(trust, "localhost");
        }
        client.signIn(ANN, TestHouse.PASSWORD);
        client.type(new Type.Image());
        return client;
    }

    /// The example of [FtpClient], with this house's address and certificate.
    @Test
    void theExampleWorks() throws Exception {
        var octets = new byte[] {1, 2, 3};
        var file = new ByteArrayOutputStream();
        var wire = connected();
        try (var client = new FtpClient(wire, () -> Tap.NONE)) {
            var tls = Tls.opportunistic();
            client.authTls(tls, "localhost");
            client.protectData(tls, "localhost");
            client.signIn(ANN, TestHouse.PASSWORD);
            client.type(new Type.Image());
            client.put("report", new ByteArrayInputStream(octets));
            client.get("report", 0, file::write);
            client.quit();
        }
        assertThat(file.toByteArray()).isEqualTo(octets);
    }

    /// Octets that come for ever, until somebody else has enough of them.
    private static final class Endless extends InputStream {

        private final CountDownLatch begun = new CountDownLatch(1);
        private long left = 1L << 40;

        @Override
        public int read() {
            return 0;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (left < (1L << 40) - (8 << 20)) begun.countDown();
            left -= length;
            return length;
        }
    }

    @Test // RFC 959 §4.1.3, RFC 4217 §14
    void anotherThreadAbortsAndTheSessionGoesOn() throws Exception {
        for (boolean tls : new boolean[] {false, true})
            for (boolean passive : new boolean[] {true, false})
                try (var client = signedIn(tls)) {
                    client.passive(passive);
                    client.abort(); // nothing is under way
                    var endless = new Endless();
                    var aborter =
                            Thread.ofVirtual()
                                    .start(() -> {
                                        try {
                                            endless.begun.await();
                                            client.abort();
                                        } catch (InterruptedException | Departure e) {
                                            throw new IllegalStateException(e);
                                        }
                                    });
                    assertThatThrownBy(() -> client.put("endless", endless))
                            .isInstanceOf(Refusal.class);
                    aborter.join();
                    assertThat(client.isOver()).isFalse();
                    assertThat(client.pwd()).isEqualTo("/");
                    client.put("whole", new ByteArrayInputStream(new byte[] {1}));
                    assertThat(client.size("whole")).isEqualTo(1);
                }
    }

    /// Fails at its own end, as a disk does that is full.
    private static final class Full extends OctetsAlone<IOException> {
        @Override
        public void octets(byte[] octets, int offset, int length) throws IOException {
            throw new IOException("no space left");
        }
    }

    @Test
    void aFailureAtThisEndLeavesTheSessionAlive() throws Exception {
        try (var client = signedIn(true)) {
            client.put("file", new ByteArrayInputStream(new byte[5_000_000]));
            assertThatThrownBy(() -> client.get("file", Optional.empty(), new Full()))
                    .isInstanceOf(IOException.class);
            assertThat(client.size("file")).isEqualTo(5_000_000);
        }
    }

    @Test
    void whatTheServerCanIsKnownAndUsed() throws Exception {
        try (var client = signedIn(false)) {
            client.put(
                    "file",
                    new ByteArrayInputStream(
                            "x".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
            assertThat(client.features().hasMlsd()).isTrue();
            assertThat(client.features().restarts()).isTrue();
            assertThat(client.features().digests()).contains(Digest.SHA_256, Digest.CRC32);
            assertThat(client.hash(Digest.SHA_256, "file"))
                    .isEqualTo("2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881");
            assertThat(client.hash(Digest.CRC32, "file")).isEqualToIgnoringCase("8cdc1683");
            assertThat(client.mdtm("file")).isNotNull();
            assertThat(client.quote("NOOP").code()).isEqualTo(200);
        }
    }

    @Test // TRAPS F27
    void aNameWithALineEndReachesNobody() throws Exception {
        try (var client = signedIn(false)) {
            for (var name : new String[] {"a\r\nDELE b", "a\nb", "a\0b"})
                assertThatThrownBy(() -> client.dele(name)).isInstanceOf(Refusal.class);
            assertThatThrownBy(() -> client.quote("NOOP\r\nQUIT")).isInstanceOf(Refusal.class);
            assertThat(client.pwd()).isEqualTo("/");
        }
    }
}
