package org.postroom.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.postroom.wire.Limits;
import org.postroom.wire.Tap;
import org.postroom.wire.Wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;

/// The client hears what other servers say, and worse.
final class FtpClientTest {

    @Test
    void repliesOfManyLinesAreHeardAsOne() throws Exception { // RFC 959 §4.2
        try (var client =
                hears(
                        "120-wait\r\n220 is no end\r\n120 wait\r\n",
                        "220 here\r\n",
                        "211-Features\r\n MDTM\r\n211-x\r\n 211 y\r\n211 End\r\n")) {
            assertThat(client.feat()).containsExactly("MDTM", "211-x", "211 y");
        }
    }

    @Test
    void whatIsNoReplyIsRefused() throws Exception {
        for (var nonsense : new String[] {"", "2", "22x here", "SSH-2.0-x", "999 x", "2200 x"})
            assertThatThrownBy(() -> hears(nonsense + "\r\n"))
                    .as(nonsense)
                    .isInstanceOf(Refusal.class);
    }

    @Test
    void aReplyWithoutEndIsBounded() {
        assertThatThrownBy(() -> hears("220-a\r\n", "x\r\n".repeat(20_000)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("no end");
    }

    @Test
    void theAddressThatPasvTellsIsNotBelieved() throws Exception { // TRAPS F27
        assertThat(PassiveDoor.port("=192,0,2,1,4,1")).isEqualTo(1025);
        assertThat(PassiveDoor.port("Entering Passive Mode (192,0,2,1,4,1).")).isEqualTo(1025);
        for (var nonsense : new String[] {"", "(1,2,3,4,5)", "(1,2,3,4,5,256)", "(,,,,,)"})
            assertThatThrownBy(() -> PassiveDoor.port(nonsense)).isInstanceOf(Refusal.class);
        for (var nonsense : new String[] {"", "()", "(|||)", "(|||65536|)", "(||||)", ")("})
            assertThatThrownBy(() -> PassiveDoor.extendedPort(nonsense))
                    .isInstanceOf(Refusal.class);
    }

    private static FtpClient hears(String... said) throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var wire = Wire.connect(server.getLocalSocketAddress(), 5_000, Limits.CLIENT, Tap.NONE);
            var peer = server.accept();
            Thread.ofVirtual()
                    .start(() -> {
                        try (peer) {
                            for (var text : said)
                                peer.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
                            peer.getInputStream().readAllBytes();
                        } catch (IOException gone) {
                            assertThat(gone).hasMessageMatching("(?i).*(reset|broken).*");
                        }
                    });
            return new FtpClient(wire, () -> Tap.NONE);
        }
    }
}
