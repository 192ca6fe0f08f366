package org.postroom.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;

class IntroductionTest {

    private static final String SIGNATURE = "\r\n\r\n\0\r\nQUIT\n";

    private static ByteArrayInputStream octets(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Optional<Introduction> read(String text) throws IOException {
        return Introduction.read(octets(text));
    }

    private static InetSocketAddress at(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }

    @Test
    void aLineSaysWhoCallsAndNothingBehindItIsRead() throws IOException {
        var in = octets("PROXY TCP4 192.0.2.7 198.51.100.1 56324 25\r\n\u0016\u0003\u0001");
        assertThat(Introduction.read(in))
                .contains(new Introduction(at("192.0.2.7", 56324), at("198.51.100.1", 25)));
        assertThat(in.available()).isEqualTo(3);
        assertThat(read("PROXY TCP6 2001:db8::7 2001:db8::1 1 65535\r\n"))
                .contains(new Introduction(at("2001:db8::7", 1), at("2001:db8::1", 65535)));
        assertThat(read("PROXY UNKNOWN\r\n")).isEmpty();
        assertThat(read("PROXY UNKNOWN ffff:f...f:ffff ffff:f...f:ffff 65535 65535\r\n")).isEmpty();
    }

    /// Version 2: the signature, these octets, and what stands behind.
    private static String version2(String hex) {
        byte[] octets = HexFormat.of().parseHex(hex.replace(" ", ""));
        return SIGNATURE + new String(octets, StandardCharsets.ISO_8859_1);
    }

    @Test
    void soDoOctets() throws IOException {
        String ports = "dc04 0019";
        var in = octets(version2("21 11 000f c0000207 c6336401" + ports + "040000") + "EHLO");
        assertThat(Introduction.read(in))
                .contains(new Introduction(at("192.0.2.7", 56324), at("198.51.100.1", 25)));
        assertThat(in.available()).isEqualTo(4);
        String v6 = "20010db8 00000000 00000000 00000007";
        assertThat(read(version2("21 21 0024" + v6 + v6 + ports)))
                .contains(new Introduction(at("2001:db8::7", 56324), at("2001:db8::7", 25)));
        assertThat(read(version2("20 00 0000"))).isEmpty(); // LOCAL
        assertThat(read(version2("21 00 0000"))).isEmpty(); // of no address
    }

    @ParameterizedTest
    @ValueSource(strings = {"11 11 0000", "21 11 0004 61626364", "21 11 000c 61626364", "21"})
    void norAreOctetsThatSayTooLittle(String hex) {
        assertThatThrownBy(() -> read(version2(hex))).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EHLO client.example\r\n",
                "PROXY TCP4 192.0.2.7\r\n",
                "PROXY TCP4 2001:db8::7 2001:db8::1 1 2\r\n",
                "PROXY TCP6 192.0.2.7 192.0.2.8 1 2\r\n",
                "PROXY TCP4 mail.example 192.0.2.8 1 2\r\n",
                "PROXY TCP4 192.0.2.7 192.0.2.8 01 2\r\n",
                "PROXY TCP4 192.0.2.7 192.0.2.8 1 65536\r\n",
                "PROXY TCP4 192.0.2.7 192.0.2.8 1 2\n",
                "PROXY TCP4 192.0.2.7  192.0.2.8 1 2\r\n",
                "PROXY TCP5 192.0.2.7 192.0.2.8 1 2\r\n",
                "PROXY UNKNOWN",
                "PROXY UNKNOWN ----------------------------------------------------------"
                        + "-----------------------------------------------------\r\n"
            })
    void whatIsNoIntroductionIsRefused(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(IOException.class);
    }

    @Test
    void rubbishIsReadOrRefusedAndNothingElse() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            var octets = new byte[random.nextInt(64)];
            random.nextBytes(octets);
            String start = random.nextBoolean() ? SIGNATURE + "!" : "PROXY TCP4 ";
            try {
                read(start + new String(octets, StandardCharsets.ISO_8859_1));
            } catch (IOException refused) {
                assertThat(refused).as("seed %d", seed).hasMessageNotContaining("java");
            }
        }
    }

    @Test
    void aNetworkHoldsTheAddressesThatBeginAsItDoes() {
        var some = Network.of("192.0.2.128/25").orElseThrow();
        assertThat(some.contains(InetAddress.ofLiteral("192.0.2.129"))).isTrue();
        assertThat(some.contains(InetAddress.ofLiteral("192.0.2.127"))).isFalse();
        assertThat(some.contains(InetAddress.ofLiteral("2001:db8::1"))).isFalse();
        assertThat(Network.of("::1").orElseThrow().contains(InetAddress.ofLiteral("::1"))).isTrue();
        assertThat(Network.of("0.0.0.0/0").orElseThrow().contains(InetAddress.ofLiteral("9.9.9.9")))
                .isTrue();
        for (var none : new String[] {"", "a.test", "192.0.2.1/33", "192.0.2.1/-1", "1.2.3.4/x"})
            assertThat(Network.of(none)).as(none).isEmpty();
    }
}
