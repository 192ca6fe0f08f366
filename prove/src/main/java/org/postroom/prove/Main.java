package org.postroom.prove;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/// The long forms of the proofs: `crash [--subject store|server] [--rounds N] [--seed N]
/// [--longest MILLISECONDS] [--folder DIR]`, `relay [--letters N] [--kills N] [--seed N] [--folder DIR]`.
public final class Main {

    private static final int USAGE = 64; // EX_USAGE

    private Main() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length > 0 && args[0].equals("relay")) {
            relay(args);
            return;
        }
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
        long seed = seed(args);
        var longest = Duration.ofMillis(Long.parseLong(option(args, "--longest", "2000")));
        boolean well = new Crash(folder(args), seed, longest).run(subjects, rounds);
        System.exit(well ? 0 : 1);
    }

    private static void relay(String... args) throws IOException, InterruptedException {
        int letters = Integer.parseInt(option(args, "--letters", "10000"));
        int kills = Integer.parseInt(option(args, "--kills", "5"));
        long seed = seed(args);
        System.out.println("seed " + seed);
        var result = new Exchange(folder(args), letters, kills, seed).run();
        System.out.printf(
                "%d letters in %.1f s, %.0f a second; %d kills of each side; %d lost, %d copies"
                        + " more%n",
                result.taken(),
                result.time().toMillis() / 1e3,
                result.taken() * 1e3 / result.time().toMillis(),
                kills,
                result.missing().size(),
                result.doubles());
        System.exit(result.isGood(kills) ? 0 : 1);
    }

    private static long seed(String... args) {
        return Long.parseLong(option(args, "--seed", Long.toString(System.nanoTime())));
    }

    private static Path folder(String... args) throws IOException {
        var folder = Path.of(option(args, "--folder", ""));
        if (folder.toString().isEmpty()) folder = Files.createTempDirectory("prove");
        return folder.toRealPath();
    }

    private static void usage() {
        System.err.println(
                "usage: crash [--subject store|server] [--rounds N] [--seed N] [--longest MS]"
                        + " [--folder DIR]\n       relay [--letters N] [--kills N] [--seed N]"
                        + " [--folder DIR]");
        System.exit(USAGE);
    }

    private static String option(String[] args, String name, String otherwise) {
        for (int i = 1; i + 1 < args.length; i++) if (args[i].equals(name)) return args[i + 1];
        return otherwise;
    }
}
