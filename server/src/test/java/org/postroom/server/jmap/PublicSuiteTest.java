package org.postroom.server.jmap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.postroom.jmap.Json;
import org.postroom.server.Port;
import org.postroom.server.dialogue.TestHouse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// The JMAP community's tests (github.com/jmapio/jmap-test-suite) against a server of ours. They lie
/// beside the project, built by `npm install && npm run build`: `-Djmap.suite=FOLDER` runs them and leaves
/// their report in `target/jmap-suite.json` (docs/jmap.md has what came of it).
@EnabledIfSystemProperty(named = "jmap.suite", matches = ".+")
class PublicSuiteTest {

    @Test
    void whatTheCommunityRequiresHolds() throws Exception {
        try (var bob = new Talk()) {
            bob.other("alice@example.test");
            var config = Json.object();
            int port = bob.house.address(Port.HTTP).getPort();
            config.put("sessionUrl", "http://127.0.0.1:" + port + "/.well-known/jmap");
            config.put("authMethod", "basic");
            var users = config.putObject("users");
            for (var user : new String[][] {{"primary", "bob"}, {"secondary", "alice"}})
                users.putObject(user[0])
                        .put("username", user[1] + "@example.test")
                        .put("password", TestHouse.PASSWORD.reveal());
            var target = Path.of("target").toAbsolutePath();
            var file = target.resolve("jmap-suite-config.json");
            Files.write(file, Json.octets(config));
            var report = target.resolve("jmap-suite.json");
            var process =
                    new ProcessBuilder(
                                    "node",
                                    System.getProperty("jmap.suite") + "/dist/cli.js",
                                    "-c",
                                    file.toString(),
                                    "-f",
                                    "--fail-only",
                                    "-o",
                                    report.toString())
                            .redirectErrorStream(true)
                            .redirectOutput(target.resolve("jmap-suite.txt").toFile())
                            .start();
            boolean ended = process.waitFor(10, TimeUnit.MINUTES);
            process.destroyForcibly();
            assertThat(ended).isTrue();
            assertThat(process.exitValue()).as("see target/jmap-suite.txt").isZero();
        }
    }
}
