package org.postroom.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Debian's packages, unpacked instead of installed: those of peers exclude each other, and an
/// installed one would start (DECISIONS, Tests). What such a package needs and the system lacks is
/// unpacked with it. Its programs run where they expect to be: `overlay.sh` lays the unpacked tree over
/// /usr, and a folder of the bench's over /etc, in a mount namespace of theirs alone. That takes root.
final class Packages {

    private final Path root;
    private final Path script;

    private Packages(Path root, Path script) {
        this.root = root;
        this.script = script;
    }

    /// Whether peers can be had here; why not, or "".
    static String missing() {
        if (!"root".equals(System.getProperty("user.name")))
            return "peers run in a mount namespace, which takes root";
        if (!Files.isExecutable(Path.of("/usr/bin/apt-get")))
            return "peers are unpacked from Debian's packages, and this system has no apt-get";
        return "";
    }

    /// @param folder where they are unpacked, unless they are there already
    static Packages unpack(Path folder, List<String> packages) throws IOException {
        var root = folder.resolve(packages.getFirst());
        if (!Files.exists(root.resolve("complete"))) {
            Files.createDirectories(root.resolve("deb"));
            var names = needed(packages);
            var download = new ArrayList<>(List.of("apt-get", "-qq", "download"));
            download.addAll(names);
            run(root.resolve("deb"), download);
            try (var debs = Files.newDirectoryStream(root.resolve("deb"), "*.deb")) {
                for (var deb : debs)
                    run(root, List.of("dpkg", "-x", deb.toString(), root.toString()));
            }
            Files.createFile(root.resolve("complete"));
        }
        var script = root.resolve("overlay.sh");
        Files.writeString(script, Resource.text("overlay.sh"));
        return new Packages(root, script);
    }

    /// The packages and what they depend on that is not installed: what apt-get would install.
    private static List<String> needed(List<String> packages) throws IOException {
        var command =
                new ArrayList<>(
                        List.of("apt-get", "-s", "-qq", "--no-install-recommends", "install"));
        command.addAll(packages);
        var names = new ArrayList<String>();
        for (var line : run(Path.of("/"), command).split("\n", -1))
            if (line.startsWith("Inst ")) names.add(line.split(" ", -1)[1]);
        return names;
    }

    /// The command line by which a program of these packages runs.
    ///
    /// @param etc files that lie over those of /etc
    List<String> command(Path etc, List<String> program) {
        var command =
                new ArrayList<>(
                        List.of(
                                "unshare",
                                "--mount",
                                "--propagation",
                                "private",
                                "sh",
                                script.toString(),
                                root.toString(),
                                etc.toString()));
        command.addAll(program);
        return command;
    }

    /// What a program of these packages prints.
    String ask(Path etc, List<String> program) throws IOException {
        return run(Path.of("/"), command(etc, program));
    }

    /// The version of the first package, as the table shows it.
    static String run(Path folder, List<String> command) throws IOException {
        var process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) throw new IOException(command + ": " + said);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return said;
    }
}
