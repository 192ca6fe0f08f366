package org.postroom.prove;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/// The long forms of the proofs: `crash [--subject store|server] [--rounds N] [--seed N]
/// [--longest MILLISECONDS] [--folder DIR]`.
public final class Main {

    private static final int USAGE = 64; // EX_USAGE

    private Main() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length == 0 || !args[0].equals("crash")) {
            usage();
            return;
        }
        Supplier<Subject> subjects =
                switch (option(args, "--subject", "store")) {
                    case "store" -> StoreSubject::new;
                    case "server" -> ServerSubject::new;
                    default -> null;
                };
        if (subjects == null) {
            usage();
            return;
        }
        int rounds = Integer.parseInt(option(args, "--rounds", "50"));
        long seed = Long.parseLong(option(args, "--seed", Long.toString(System.nanoTime())));
        var longest = Duration.ofMillis(Long.parseLong(option(args, "--longest", "2000")));
        var folder = Path.of(option(args, "--folder", ""));
        if (folder.toString().isEmpty()) folder = Files.createTempDirectory("prove");
        boolean well = new Crash(folder.toRealPath(), seed, longest).run(subjects, rounds);
        System.exit(well ? 0 : 1);
    }

    private static void usage() {
        System.err.println(
                "usage: crash [--subject store|server] [--rounds N] [--seed N] [--longest MS]"
                        + " [--folder DIR]");
        System.exit(USAGE);
    }

    private static String option(String[] args, String name, String otherwise) {
        for (int i = 1; i + 1 < args.length; i++) if (args[i].equals(name)) return args[i + 1];
        return otherwise;
    }
}
