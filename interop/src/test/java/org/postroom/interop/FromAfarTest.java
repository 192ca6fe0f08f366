package org.postroom.interop;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/// A network of its own with an address that is not loopback: what a server tells who comes by it.
/// [FromAfarChild] says what is asked of it.
final class FromAfarTest {

    @TempDir Path home;

    @Test
    void aPasswordInClearTextIsRefusedToWhoComesFromAfar() throws Exception {
        Peer.require("ip");
        var script =
                "ip link set lo up"
                        + " && ip address add "
                        + FromAfarChild.ADDRESS
                        + "/32 dev lo && exec \"$@\"";
        Peer.of(
                        "unshare",
                        "-Urn",
                        "sh",
                        "-c",
                        script,
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty(
                                "surefire.test.class.path", System.getProperty("java.class.path")),
                        FromAfarChild.class.getName(),
                        home)
                .run()
                .succeeded()
                .says("all well");
    }
}
