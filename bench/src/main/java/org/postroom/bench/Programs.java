package org.postroom.bench;

import org.postroom.server.Port;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Files moved by the programs that a person calls, ours in 64 MiB, under TLS and each at a server of ours; from
/// the call to the end.
final class Programs {

    private static final double MIB = 1 << 20;
    private static final int AT_ONCE = 8;

    private Programs() {}

    /// One large file; MiB a second.
    static Load large(boolean put, long octets) {
        return subject -> {
            var file = Files.createDirectories(subject.folder.resolve("client")).resolve("large");
            write(file, octets);
            call(subject, put(subject, file, "large"));
            return () -> {
                var back = file.resolveSibling("back");
                Files.deleteIfExists(back);
                long begun = System.nanoTime();
                call(subject, put ? put(subject, file, "large") : get(subject, "large", back));
                double seconds = (System.nanoTime() - begun) / 1e9;
                if (!put && Files.size(back) != octets) throw new IOException("it came short");
                return new double[] {octets / MIB / seconds};
            };
        };
    }

    /// A folder of small files; files a second.
    static Load mirror(int files) {
        return subject -> {
            var talk = FtpTalk.ready(subject, 0, false);
            talk.makeFolder("many");
            talk.changeTo("many");
            for (int i = 0; i < files; i++) talk.store("small" + i, 1024, new byte[1024]);
            var target = Files.createDirectories(subject.folder.resolve("client")).resolve("many");
            return new Load.Work() {
                @Override
                public double[] round() throws IOException {
                    remove(target);
                    long begun = System.nanoTime();
                    call(subject, mirror(subject, target));
                    double seconds = (System.nanoTime() - begun) / 1e9;
                    try (var came = Files.list(target)) {
                        if (came.count() != files) throw new IOException("some are missing");
                    }
                    return new double[] {files / seconds};
                }

                @Override
                public void close() throws IOException {
                    talk.close();
                }
            };
        };
    }

    private static void write(Path file, long octets) throws IOException {
        var slice = new byte[1 << 20];
        new Random(3).nextBytes(slice);
        try (var out = Files.newOutputStream(file)) {
            for (long left = octets; left > 0; left -= slice.length)
                out.write(slice, 0, (int) Math.min(left, slice.length));
        }
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes facts)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }
                });
        Files.delete(folder);
    }

    private static List<String> get(Subject subject, String name, Path to) {
        return subject instanceof Lftp
                ? lftp(subject, "get " + name + " -o " + to)
                : ours("get", url(subject) + name, "--out", to.toString());
    }

    private static List<String> put(Subject subject, Path file, String name) {
        return subject instanceof Lftp
                ? lftp(subject, "put " + file + " -o " + name)
                : ours("put", file.toString(), url(subject) + name);
    }

    private static List<String> mirror(Subject subject, Path to) {
        return subject instanceof Lftp
                ? lftp(subject, "mirror --parallel=" + AT_ONCE + " many " + to)
                : ours("mirror", "--parallel", "" + AT_ONCE, url(subject) + "many", to.toString());
    }

    private static String url(Subject subject) {
        return "ftp://%s@%s:%d/"
                .formatted(
                        subject.login(0).replace("@", "%40"),
                        subject.address.getHostAddress(),
                        subject.number(Port.FTP));
    }

    private static List<String> ours(String... words) {
        var all = new ArrayList<>(List.of("ftp"));
        all.addAll(List.of(words));
        all.addAll(List.of("--insecure", "--password-command", "echo '" + Stage.PASSWORD + "'"));
        return all;
    }

    private static List<String> lftp(Subject subject, String command) {
        return List.of(
                "lftp",
                "-c",
                ("set ftp:ssl-force true; set ftp:ssl-protect-data true; set ssl:verify-certificate"
                     + " no; set net:max-retries 1; set xfer:clobber yes; set cmd:fail-exit yes;"
                     + " open -u '%s,%s' ftp://%s:%d; %s")
                        .formatted(
                                subject.login(0),
                                Stage.PASSWORD,
                                subject.address.getHostAddress(),
                                subject.number(Port.FTP),
                                command));
    }

    private static void call(Subject subject, List<String> command) throws IOException {
        var all = new ArrayList<String>();
        if (!(subject instanceof Lftp)) all.addAll(subject.ours());
        all.addAll(command);
        var log = subject.folder.resolve("client.out");
        var builder =
                new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("JDK_JAVA_OPTIONS", "-Xmx64m");
        builder.environment().put("XDG_CONFIG_HOME", subject.folder.toString());
        builder.environment().put("HOME", subject.folder.toString());
        try {
            if (builder.start().waitFor() != 0)
                throw new IOException(command + ": " + Files.readString(log));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
