package org.postroom.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// `bench [ROWS…] [--quick] [--out FILE] [--profile FOLDER]`: measures the rows, all or those named,
/// and prints the table.
public final class Main {

    private static final int USAGE = 64; // EX_USAGE
    private static final int UNAVAILABLE = 69; // EX_UNAVAILABLE

    private Main() {}

    public static void main(String[] args) throws IOException {
        try {
            run(Wishes.read(List.of(args)));
        } catch (IllegalArgumentException misuse) {
            System.err.println(misuse.getMessage());
            System.err.println(
                    "usage: bench [ROWS...] [--quick] [--out FILE] [--profile FOLDER]; rows are");
            Rows.of(Scale.QUICK).forEach(row -> System.err.println("  " + row.name()));
            System.exit(USAGE);
        }
    }

    private static void run(Wishes wishes) throws IOException {
        boolean peered = wishes.wanted().stream().anyMatch(Row::hasPeers);
        var missing = peered ? Packages.missing() : "";
        if (!missing.isEmpty()) {
            System.err.println(missing);
            System.exit(UNAVAILABLE);
        }
        var house = Path.of(System.getProperty("house", ".")).toRealPath();
        var runs = house.resolve("target/bench");
        Files.createDirectories(runs);
        var folder = Files.createTempDirectory(runs, "run");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        var peers = house.resolve("target/peers");
        var hashes = peered ? hashes(peers, folder) : Hashes.NONE;
        var program = List.of(house.resolve("postroom").toString());
        var site = new Site(folder, peers, program, hashes, wishes.profiles());
        var machine = Machine.here(folder);
        var before = before(wishes);
        var outcomes =
                new Run(site, wishes.scale(), System.err)
                        .of(
                                wishes.wanted(),
                                soFar ->
                                        write(
                                                wishes,
                                                paper(wishes, machine, before, hashes, soFar)));
        Run.remove(folder);
        if (wishes.out().isEmpty())
            System.out.print(paper(wishes, machine, before, hashes, outcomes));
    }

    private static Hashes hashes(Path peers, Path folder) throws IOException {
        var hashes =
                Hashes.measure(
                        Packages.unpack(peers, Contender.POSTFIX_DOVECOT.packages()),
                        Files.createDirectory(folder.resolve("etc")));
        System.err.println(hashes);
        return hashes;
    }

    /// What the file holds that is to be written.
    private static String before(Wishes wishes) throws IOException {
        var out = wishes.out();
        return out.isPresent() && Files.exists(out.get()) ? Files.readString(out.get()) : "";
    }

    private static void write(Wishes wishes, String paper) throws IOException {
        if (wishes.out().isPresent()) Files.writeString(wishes.out().get(), paper);
    }

    private static String paper(
            Wishes wishes, Machine machine, String before, Hashes hashes, List<Outcome> outcomes) {
        return Paper.of(wishes.command(), wishes.scale(), machine, hashes, outcomes, before);
    }
}
