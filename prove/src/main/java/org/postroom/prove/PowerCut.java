package org.postroom.prove;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/// A power cut, as far as it can be had without pulling a plug. `powercut.c`, preloaded into a child,
/// writes down what the child has synced; after the child was killed, [#strike] does what the disk is
/// free to do with the rest:
///
/// - Of each file, what lies behind its last synced size is cut off at a random place, or reads as
///   zeros from there on.
/// - Of each folder, the changes of names since its last sync are undone from a random one on: what
///   was made is gone, what was renamed or removed is back under its old name.
public final class PowerCut {

    /// What the disk is deaf to: syncs of these are taken as if they had been left out. The controls
    /// are made of them.
    public enum Deaf {
        NOTHING(""),
        /// The engine's log: what makes a commit durable.
        COMMITS(".log"),
        /// The bytes of large blobs.
        BLOBS("/spool/"),
        /// The names of large blobs.
        BLOB_NAMES("/blobs/");

        private final String path;

        Deaf(String path) {
            this.path = path;
        }
    }

    /// What was taken.
    ///
    /// @param files files that lost bytes
    /// @param bytes how many
    /// @param names changes of names that were undone
    public record Damage(int files, long bytes, int names) {

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%d KiB cut from %d files, %d names undone",
                    bytes >> 10,
                    files,
                    names);
        }
    }

    private final Path library;
    private final Path log;
    private final Path stash;
    private final Deaf deaf;
    private final Map<Long, Long> before = new HashMap<>();

    private PowerCut(Path library, Path folder, Deaf deaf) {
        this.library = library;
        this.log = folder.resolve("log");
        this.stash = folder.resolve("stash");
        this.deaf = deaf;
    }

    /// Builds the library with gcc.
    ///
    /// @param folder for the library, its log and its stash; on the home's file system, outside of it
    public static PowerCut build(Path folder, Deaf deaf) throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("stash"));
        var source = folder.resolve("powercut.c");
        try (InputStream in = PowerCut.class.getResourceAsStream("/powercut.c")) {
            if (in == null) throw new IOException("powercut.c is not on the class path");
            Files.copy(in, source, StandardCopyOption.REPLACE_EXISTING);
        }
        var library = folder.resolve("powercut.so");
        var gcc =
                new ProcessBuilder(
                                "gcc",
                                "-O2",
                                "-shared",
                                "-fPIC",
                                "-o",
                                library.toString(),
                                source.toString(),
                                "-ldl")
                        .inheritIO()
                        .start();
        if (gcc.waitFor() != 0) throw new IOException("gcc could not build powercut.c");
        return new PowerCut(library, folder, deaf);
    }

    /// Before a round: takes what is there as durable, and gives the environment of the next child.
    Map<String, String> arm(Path root) throws IOException {
        Files.deleteIfExists(log);
        Files.createDirectories(root);
        try (var old = Files.list(stash)) {
            for (var file : old.toList()) Files.delete(file);
        }
        before.clear();
        for (var file : files(root)) before.put(inode(file), Files.size(file));
        var environment = new HashMap<String, String>();
        environment.put("LD_PRELOAD", library.toString());
        environment.put("POWERCUT_ROOT", root.toRealPath().toString());
        environment.put("POWERCUT_LOG", log.toString());
        environment.put("POWERCUT_STASH", stash.toString());
        if (deaf != Deaf.NOTHING) environment.put("POWERCUT_DEAF", deaf.path);
        return environment;
    }

    /// After the child was killed: takes what it had not made durable.
    Damage strike(Path root, Random random) throws IOException {
        var events = Files.exists(log) ? Events.read(log) : new Events();
        int names = 0;
        for (var change : lost(events, random).reversed()) if (undo(change)) names++;
        int cut = 0;
        long bytes = 0;
        for (var file : files(root)) {
            long durable =
                    events.synced.getOrDefault(inode(file), before.getOrDefault(inode(file), 0L));
            long size = Files.size(file);
            if (size <= durable) continue;
            long kept = random.nextLong(durable, size + 1);
            cut(file, kept, random.nextInt(4) == 0 ? size : kept);
            if (kept < size) cut++;
            bytes += size - kept;
        }
        return new Damage(cut, bytes, names);
    }

    /// The changes of names that did not come to the disk, in the order in which they were made.
    private static List<Change> lost(Events events, Random random) {
        var atRisk = new HashMap<Long, List<Change>>();
        for (var change : events.changes)
            if (change.number() >= events.namesSynced.getOrDefault(change.folder(), 0L))
                atRisk.computeIfAbsent(change.folder(), _ -> new ArrayList<>()).add(change);
        var lost = new ArrayList<Change>();
        for (var changes : atRisk.values())
            lost.addAll(changes.subList(random.nextInt(changes.size() + 1), changes.size()));
        lost.sort(Comparator.comparingLong(Change::number));
        return lost;
    }

    /// A change of one name in one folder, as `powercut.c` tells it.
    ///
    /// @param stashed what was replaced or removed, in the stash; 0 for nothing
    private record Change(
            long number, char kind, long folder, long file, long stashed, Path from, Path to) {}

    /// What one child did.
    private static final class Events {

        final List<Change> changes = new ArrayList<>();
        final Map<Long, Long> synced = new HashMap<>();
        final Map<Long, Long> namesSynced = new HashMap<>();

        static Events read(Path log) throws IOException {
            var events = new Events();
            for (var line : Files.readAllLines(log)) {
                var parts = line.split("\t", -1);
                var words = parts[0].split(" ", -1);
                long number = Long.parseLong(words[0]);
                long inode = Long.parseLong(words[2]);
                long second = Long.parseLong(words[3]);
                char kind = words[1].charAt(0);
                switch (kind) {
                    case 'S' -> events.synced.merge(inode, second, Math::max);
                    case 'D' -> events.namesSynced.merge(inode, second, Math::max);
                    default -> {
                        long stashed = words.length > 4 ? Long.parseLong(words[4]) : 0;
                        events.changes.add(
                                new Change(
                                        number,
                                        kind,
                                        inode,
                                        second,
                                        stashed,
                                        Path.of(parts[1]),
                                        Path.of(parts[parts.length - 1])));
                    }
                }
            }
            return events;
        }
    }

    private boolean undo(Change change) throws IOException {
        return switch (change.kind()) {
            case 'C' -> change.file() == inode(change.to()) && remove(change.to());
            case 'R' -> {
                if (change.file() != inode(change.to()) || inode(parent(change.from())) == 0)
                    yield false;
                Files.move(change.to(), change.from(), StandardCopyOption.REPLACE_EXISTING);
                if (change.stashed() != 0) restore(change);
                yield true;
            }
            case 'U' -> inode(change.to()) == 0 && change.stashed() != 0 && restore(change);
            default -> throw new IOException("unknown event " + change);
        };
    }

    private boolean restore(Change change) throws IOException {
        if (inode(parent(change.to())) == 0) return false;
        Files.createLink(change.to(), stash.resolve(Long.toString(change.stashed())));
        return true;
    }

    private static boolean remove(Path path) throws IOException {
        try (var all = Files.walk(path)) {
            for (var file : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
        return true;
    }

    /// Leaves `kept` bytes as they are, and makes the file `size` long by zeros.
    private static void cut(Path file, long kept, long size) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(kept);
            if (size > kept) channel.write(ByteBuffer.allocate(1), size - 1);
        }
    }

    private static List<Path> files(Path root) throws IOException {
        try (var all = Files.walk(root)) {
            return all.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
    }

    /// The number of the file of this name; 0 if there is none.
    private static long inode(@Nullable Path path) throws IOException {
        if (path == null || !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) return 0;
        return (Long) Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS);
    }

    private static @Nullable Path parent(Path path) {
        return path.getParent();
    }
}
