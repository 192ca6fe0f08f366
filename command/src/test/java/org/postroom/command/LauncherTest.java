package org.postroom.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.control.Exit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// The launcher in a checkout with nothing built, on a machine with few programs.
final class LauncherTest {

    private static final List<String> PROGRAMS =
            List.of(
                    "sh",
                    "dirname",
                    "readlink",
                    "find",
                    "head",
                    "mkdir",
                    "tee",
                    "sed",
                    "grep",
                    "touch",
                    "rm");

    @TempDir Path folder;
    private Path programs;
    private Path launcher;

    @BeforeEach
    void prepare() throws IOException {
        programs = Files.createDirectories(folder.resolve("bin"));
        for (var program : PROGRAMS)
            Files.createSymbolicLink(programs.resolve(program), found(program));
        var checkout = folder.resolve("a check out");
        Files.createDirectories(checkout.resolve("command"));
        Files.createFile(checkout.resolve("pom.xml"));
        launcher = checkout.resolve("postroom");
        Files.copy(Path.of(System.getProperty("house", "..")).resolve("postroom"), launcher);
    }

    /// JUnit warns of each link that leads out of its folder.
    @AfterEach
    void removeLinks() throws IOException {
        for (var program : PROGRAMS) Files.delete(programs.resolve(program));
    }

    private static Path found(String program) {
        for (var place : System.getenv("PATH").split(":", -1))
            if (Files.isExecutable(Path.of(place, program))) return Path.of(place, program);
        throw new AssertionError(program);
    }

    private record Ended(int exit, String said) {}

    private Ended run(Path what) throws IOException, InterruptedException {
        return run(what, "serve");
    }

    private Ended run(Path what, String verb) throws IOException, InterruptedException {
        var builder = new ProcessBuilder("sh", what.toString(), verb).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", programs.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        var process = builder.start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said);
    }

    private void maven(String script) throws IOException {
        var file = Files.writeString(programs.resolve("mvn"), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void withoutMavenItSaysWhatToInstall() throws Exception {
        var ended = run(launcher);
        assertThat(ended.exit()).isEqualTo(Exit.UNAVAILABLE);
        assertThat(ended.said().lines())
                .singleElement()
                .asString()
                .contains("Maven is needed", "apt-get install maven");
    }

    @Test
    void aBuildThatFailsShowsItsErrorsAndWhereTheRestIs() throws Exception {
        maven("echo '[INFO] Building wire 0.1.0 [2/3]'; echo '[ERROR] no such symbol'; exit 1\n");
        var ended = run(launcher);
        assertThat(ended.exit()).isEqualTo(Exit.SOFTWARE);
        assertThat(ended.said())
                .contains("building", "\n  wire\n", "[ERROR] no such symbol", "build.log");
    }

    @Test
    void itIsFoundThroughALink() throws Exception {
        maven("pwd; exit 1\n");
        var link = folder.resolve("link");
        Files.createSymbolicLink(link, folder.relativize(launcher));
        assertThat(run(link).exit()).isEqualTo(Exit.SOFTWARE);
        assertThat(launcher.resolveSibling("command/target/build.log"))
                .content()
                .startsWith(folder.resolve("a check out").toRealPath().toString());
    }

    @Test
    void anOrderBuildsNothingAnewUnderAServerThatRuns() throws Exception {
        maven("echo '[INFO] Building wire 0.1.0 [2/3]'; exit 1\n");
        var target = launcher.resolveSibling("command/target");
        Files.createDirectories(target.resolve("lib"));
        var jar = Files.createFile(target.resolve("postroom-0.1.0.jar"));
        Files.createFile(target.resolve("postroom.aot"));
        Files.setLastModifiedTime(jar, FileTime.fromMillis(0)); // older than its sources
        assertThat(run(launcher, "status").said()).doesNotContain("building");
        assertThat(jar).exists();
        assertThat(run(launcher, "serve").said()).contains("building");
    }
}
