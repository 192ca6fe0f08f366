package org.postroom.prove;

import org.postroom.smtp.Refusal;
import org.postroom.wire.Departure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/// The long forms of the proofs: `crash [--subject store|server] [--rounds N] [--seed N]
/// [--longest MILLISECONDS] [--folder DIR]`, `relay [--letters N] [--kills N] [--seed N] [--folder DIR]`,
/// `dead [--destinations N] [--recipients N] [--folder DIR]`,
/// `heavy [--letters N] [--octets N] [--heap SIZE] [--folder DIR]`.
public final class Main {

    private static final int USAGE = 64; // EX_USAGE

    private Main() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        switch (args.length == 0 ? "" : args[0]) {
            case "crash" -> crash(args);
            case "relay" -> relay(args);
            case "dead" -> dead(args);
            case "heavy" -> heavy(args);
            default -> usage();
        }
    }

    private static void crash(String... args) throws IOException, InterruptedException {
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
        for (var kill : result.kills())
            System.out.printf(
                    "%s killed: %d transactions open, %d of them answered already%n",
                    kill.domain(), kill.open(), kill.answered());
        System.out.printf(
                "%d letters in %.1f s, %.0f a second; %d kills of each side; %d lost; %d copies"
                        + " more, where there may be %d%n",
                result.taken(),
                result.time().toMillis() / 1e3,
                result.taken() * 1e3 / result.time().toMillis(),
                kills,
                result.missing().size(),
                result.doubles(),
                result.open());
        System.exit(result.isGood() ? 0 : 1);
    }

    private static void dead(String... args) throws IOException {
        int destinations = Integer.parseInt(option(args, "--destinations", "1000"));
        int recipients = Integer.parseInt(option(args, "--recipients", "100"));
        try {
            var result = new DeadEnds(folder(args), destinations, recipients).run(System.out);
            System.out.printf(
                    "%d calls that nobody speaks at, %d recipients with those that hang; the living"
                            + " took %.2f times as long; %d MiB of memory at most%n",
                    result.mute(), result.waited(), result.ratio(), result.memory());
            System.exit(result.ratio() <= 1.25 ? 0 : 1);
        } catch (Departure | Refusal e) {
            throw new IOException(e);
        }
    }

    private static void heavy(String... args) throws IOException, InterruptedException {
        int letters = Integer.parseInt(option(args, "--letters", "100"));
        long octets = Long.parseLong(option(args, "--octets", "50000000"));
        String heap = option(args, "--heap", "96m");
        var result = new Heavy(folder(args), letters, octets, heap).run();
        System.out.printf(
                "%d letters of %d octets at once, -Xmx%s: %d accepted after %.1f s, %d sent on"
                        + " after %.1f s; %d MiB of memory at most%n",
                letters,
                octets,
                heap,
                result.accepted(),
                result.taken().toMillis() / 1e3,
                result.sent(),
                result.done().toMillis() / 1e3,
                result.memory());
        result.refusals().forEach(System.out::println);
        System.exit(result.accepted() == letters && result.sent() == letters ? 0 : 1);
    }

    private static long seed(String... args) {
        return Long.parseLong(option(args, "--seed", Long.toString(System.nanoTime())));
    }

    private static Path folder(String... args) throws IOException {
        var folder = Path.of(option(args, "--folder", ""));
        if (folder.toString().isEmpty()) folder = Files.createTempDirectory("prove");
        return Files.createDirectories(folder).toRealPath();
    }

    private static void usage() {
        System.err.println(
                """
                usage: crash [--subject store|server] [--rounds N] [--seed N] [--longest MS] [--folder DIR]
                       relay [--letters N] [--kills N] [--seed N] [--folder DIR]
                       dead [--destinations N] [--recipients N] [--folder DIR]
                       heavy [--letters N] [--octets N] [--heap SIZE] [--folder DIR]\
                """);
        System.exit(USAGE);
    }

    private static String option(String[] args, String name, String otherwise) {
        for (int i = 1; i + 1 < args.length; i++) if (args[i].equals(name)) return args[i + 1];
        return otherwise;
    }
}
