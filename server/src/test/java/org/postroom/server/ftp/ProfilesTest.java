package org.postroom.server.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postroom.ftp.FtpClient;
import org.postroom.ftp.Refusal;
import org.postroom.ftp.Type;
import org.postroom.server.Port;
import org.postroom.server.Settings;
import org.postroom.server.dialogue.TestHouse;
import org.postroom.wire.Departure;
import org.postroom.wire.Limits;
import org.postroom.wire.Network;
import org.postroom.wire.Tap;
import org.postroom.wire.Tls;
import org.postroom.wire.Wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/// What holds for some accounts alone ([Settings.Profile]).
final class ProfilesTest {

    private static final String BOB = "bob@example.test";

    private final TestHouse house;

    ProfilesTest() throws Exception {
        house = new TestHouse();
        house.account(BOB);
    }

    @AfterEach
    void end() throws IOException {
        house.close();
    }

    private FtpClient connect() throws Departure, Refusal {
        return new FtpClient(
                Wire.connect(house.address(Port.FTP), 5_000, Limits.CLIENT, Tap.NONE),
                () -> Tap.NONE);
    }

    @Test
    void f18WhereItIsDemandedADataConnectionResumesTheSession() throws Exception { // TRAPS F18, F19
        house.set("ftp-profile", BOB + ",0,0,resumption");
        for (boolean same : new boolean[] {true, false})
            try (var client = connect()) {
                var tls = Tls.opportunistic();
                client.authTls(tls, "localhost");
                client.signIn(BOB, TestHouse.PASSWORD);
                client.protectData(same ? tls : Tls.opportunistic(), "localhost");
                client.type(new Type.Image());
                var body = new ByteArrayInputStream(new byte[100]);
                if (same) client.put("a", body);
                else
                    assertThatThrownBy(() -> client.put("a", body))
                            .isInstanceOfSatisfying( // RFC 4217 §10.2
                                    Refusal.class,
                                    it -> assertThat(it.reply().code()).isEqualTo(522));
            }
    }

    @Test
    void sessionsAtBothPortsCountTogetherAndGuestsToo() throws Exception {
        house.account("public@example.test");
        house.set("anonymous", "public@example.test,,RETR");
        house.set("ftp-profile", "*,1,0");
        for (var user : List.of(BOB, "anonymous"))
            try (var first = connect();
                    var second = implicit()) {
                first.signIn(user, TestHouse.PASSWORD);
                assertThatThrownBy(() -> second.signIn(user, TestHouse.PASSWORD))
                        .isInstanceOfSatisfying(
                                Refusal.class, it -> assertThat(it.reply().code()).isEqualTo(530));
            }
    }

    private FtpClient implicit() throws Departure, Refusal {
        var wire = Wire.connect(house.address(Port.FTPS), 5_000, Limits.CLIENT, Tap.NONE);
        wire.secure(Tls.opportunistic(), "localhost");
        return new FtpClient(wire, () -> Tap.NONE);
    }

    @Test
    void atSoManyOctetsASecondAFileTakesAsLong() throws Exception {
        house.set("ftp-profile", "*,0,200000");
        try (var client = connect()) {
            client.signIn(BOB, TestHouse.PASSWORD);
            client.type(new Type.Image());
            long begun = System.nanoTime();
            client.put("a", new ByteArrayInputStream(new byte[40_000]));
            client.get("a", 0, (octets, from, length) -> {});
            assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(400_000_000);
        }
    }

    @Test
    void clearTextIsForTheNamedNetworksAndTheNamedAccount() throws Exception {
        var camera =
                new Settings.Profile(
                        "Camera@Example.test",
                        List.of(Network.of("192.168.7.0/24").orElseThrow()),
                        false,
                        0,
                        0,
                        false);
        var all = new Settings.Profile("*", List.of(), false, 7, 0, false);
        var near = new InetSocketAddress("192.168.7.9", 1);
        var far = new InetSocketAddress("192.168.8.9", 1);
        var profiles = List.of(all, camera);
        assertThat(Manner.of(profiles, "camera@example.test", near).clearText()).isTrue();
        assertThat(Manner.of(profiles, "camera@example.test", far).clearText()).isFalse();
        assertThat(Manner.of(profiles, "bob@example.test", near).clearText()).isFalse();
        assertThat(Manner.of(profiles, "bob@example.test", near).profile()).isEqualTo(all);
        assertThat(Manner.of(List.of(), "", far).profile()).isEqualTo(Settings.Profile.STANDARD);
    }
}
