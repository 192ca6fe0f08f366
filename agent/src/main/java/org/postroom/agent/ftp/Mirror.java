package org.postroom.agent.ftp;

import org.postroom.agent.account.Hindrance;
import org.postroom.agent.account.Hindrance.Kind;
import org.postroom.ftp.Entry;
import org.postroom.mime.render.Visible;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Makes a folder what another is, here and there. A file is left alone when it is as long as its source and
/// not older. Links are not followed, neither here nor there; what a server calls a file reaches the disk by
/// [Names] alone.
final class Mirror {

    private static final int DEEPEST = 100; // directories below each other
    private static final Duration EXACT = Duration.ofSeconds(1);
    private static final Duration ROUGH = Duration.ofHours(24); // LIST names no zone

    private final Job job;
    private final Wishes wishes;
    private final How how;
    private final boolean dry;
    private final Batch batch;
    private final Consumer<String> told;
    private final Names names = Names.ofThisSystem();
    private final List<Path> superfluous = Collections.synchronizedList(new ArrayList<>());
    private final List<Superfluous> superfluousThere =
            Collections.synchronizedList(new ArrayList<>());

    private record Superfluous(Remote remote, boolean directory) {}

    /// @param dry only tell what would be done
    /// @param told hears of what is done, and of what can't be
    Mirror(Job job, Wishes wishes, How how, boolean dry, int atOnce, Consumer<String> told) {
        this.job = job;
        this.wishes = wishes;
        this.how = how;
        this.dry = dry;
        this.told = told;
        this.batch = new Batch(job, atOnce, told);
    }

    /// @param deletes asked, with a question, before anything is removed
    void fetch(Remote source, Path target, Optional<Predicate<String>> deletes) throws Hindrance {
        try (batch) {
            make(target);
            batch.add(() -> list(source, target, 0));
            batch.finish();
        }
        if (deletes.isPresent()) removeHere(deletes.get());
    }

    void store(Path source, Remote target, Optional<Predicate<String>> deletes) throws Hindrance {
        if (!Files.isDirectory(source)) throw Hindrance.notSo(source + " is no folder.");
        try (batch) {
            batch.add(() -> walk(source, target, false, 0));
            batch.finish();
        }
        if (deletes.isPresent()) removeThere(deletes.get());
    }

    // ---- from there

    private void list(Remote source, Path target, int depth) throws Hindrance {
        if (depth > DEEPEST) throw Hindrance.notSo(shown(source.path()) + " is too deep.");
        boolean[] exact = new boolean[1];
        var entries =
                with(
                        source,
                        connection -> {
                            var found = connection.list(Optional.of(source.path()));
                            exact[0] = connection.hasFacts();
                            return found;
                        });
        var kept = new HashSet<String>();
        for (var entry : entries) {
            job.check();
            var name = names.here(entry.path());
            if (name.isEmpty()) {
                batch.fail(
                        Hindrance.notSo(
                                "The server calls something "
                                        + shown(entry.path())
                                        + ", which is no name; it is left there."));
                continue;
            }
            var here = target.resolve(name.get());
            if (!kept.add(name.get())) continue;
            var there = source.child(entry.path());
            if (entry.isDirectory()) {
                if (make(here)) batch.add(() -> list(there, here, depth + 1));
            } else if (entry.isFile() || entry.size().isPresent())
                take(entry, there, here, exact[0]);
        }
        extra(target, kept);
    }

    /// @return whether it can be gone into
    private boolean make(Path folder) throws Hindrance {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) return true;
        if (dry) {
            told.accept("mkdir " + folder);
            return false;
        }
        try {
            Files.createDirectories(folder);
            return true;
        } catch (IOException e) {
            throw Hindrance.system(folder.toString(), e);
        }
    }

    private void take(Entry entry, Remote there, Path here, boolean exact) throws Hindrance {
        if (isThere(entry, here, exact)) return;
        if (dry) {
            told.accept("get " + shown(there.path()));
            return;
        }
        job.expect(1, entry.size().orElse(0));
        batch.add(() ->
                new Fetch(there, here, entry.size(), entry.modified(), how, job, wishes).run());
    }

    private static boolean isThere(Entry entry, Path here, boolean exact) throws Hindrance {
        if (!Files.isRegularFile(here, LinkOption.NOFOLLOW_LINKS)) return false;
        try {
            return entry.size().orElse(-1) == Files.size(here)
                    && notOlder(
                            Files.getLastModifiedTime(here).toInstant(), entry.modified(), exact);
        } catch (IOException e) {
            throw Hindrance.system(here.toString(), e);
        }
    }

    private static boolean notOlder(Instant target, Optional<Instant> source, boolean exact) {
        return source.isEmpty() || !target.isBefore(source.get().minus(exact ? EXACT : ROUGH));
    }

    private void extra(Path folder, Set<String> kept) throws Hindrance {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) return;
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files) {
                String name = file.getFileName().toString();
                boolean ours =
                        name.startsWith(".")
                                && name.endsWith(".part")
                                && kept.contains(name.substring(1, name.length() - 5));
                if (!ours && !kept.contains(name)) superfluous.add(file);
            }
        } catch (IOException e) {
            throw Hindrance.system(folder.toString(), e);
        }
    }

    private void removeHere(Predicate<String> agrees) throws Hindrance {
        if (superfluous.isEmpty()) return;
        if (dry) {
            for (var file : superfluous) told.accept("rm " + file);
            return;
        }
        if (!agrees.test(question(superfluous.stream().map(Path::toString).toList(), "here")))
            return;
        for (var file : superfluous)
            try {
                remove(file);
            } catch (IOException e) {
                throw Hindrance.system(file.toString(), e);
            }
    }

    private static void remove(Path file) throws IOException {
        Files.walkFileTree(
                file,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path at, BasicFileAttributes facts)
                            throws IOException {
                        Files.delete(at);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path at, @org.jspecify.annotations.Nullable IOException broken)
                            throws IOException {
                        if (broken != null) throw broken;
                        Files.delete(at);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private static String question(List<String> all, String where) {
        var question = new StringBuilder();
        for (var one : all.subList(0, Math.min(10, all.size())))
            question.append("  ").append(shown(one)).append('\n');
        if (all.size() > 10) question.append("  … and ").append(all.size() - 10).append(" more\n");
        return question
                + "Remove "
                + (all.size() == 1 ? "this" : "these " + all.size())
                + " "
                + where
                + ", with all that is in them?";
    }

    // ---- from here

    private void walk(Path source, Remote target, boolean isThere, int depth) throws Hindrance {
        if (depth > DEEPEST) throw Hindrance.notSo(source + " is too deep.");
        var known = new HashMap<String, Entry>();
        boolean[] exact = new boolean[1];
        if (isThere || depth == 0)
            try {
                for (var entry :
                        with(
                                target,
                                connection -> {
                                    var found = connection.list(Optional.of(target.path()));
                                    exact[0] = connection.hasFacts();
                                    return found;
                                })) known.put(entry.path(), entry);
            } catch (Hindrance none) {
                if (none.kind() != Kind.NOT_SO) throw none;
            }
        if (!isThere && known.isEmpty()) makeThere(target, depth);
        var kept = new HashSet<String>();
        try (var files = Files.newDirectoryStream(source)) {
            for (var file : files) {
                job.check();
                String name = names.there(file.getFileName().toString());
                kept.add(name);
                var facts =
                        Files.readAttributes(
                                file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                var there = target.child(name);
                var entry = Optional.ofNullable(known.get(name));
                if (facts.isDirectory())
                    batch.add(() -> walk(file, there, entry.isPresent(), depth + 1));
                else if (facts.isRegularFile()) bring(file, facts, there, entry, exact[0]);
            }
        } catch (IOException e) {
            throw Hindrance.system(source.toString(), e);
        }
        keep(target, known, kept);
    }

    private void makeThere(Remote target, int depth) throws Hindrance {
        if (dry) {
            told.accept("mkdir " + shown(target.path()));
            return;
        }
        try {
            with(target, connection -> connection.ask(it -> it.mkd(target.path())));
        } catch (Hindrance already) {
            if (depth > 0 || already.kind() != Kind.NOT_SO) throw already;
        }
    }

    private void bring(
            Path file,
            BasicFileAttributes facts,
            Remote there,
            Optional<Entry> known,
            boolean exact) {
        boolean same =
                known.filter(entry ->
                                entry.size().orElse(-1) == facts.size()
                                        && entry.modified()
                                                .filter(time ->
                                                        notOlder(
                                                                time,
                                                                Optional.of(
                                                                        facts.lastModifiedTime()
                                                                                .toInstant()),
                                                                exact))
                                                .isPresent())
                        .isPresent();
        if (same) return;
        if (dry) {
            told.accept("put " + file);
            return;
        }
        job.expect(1, facts.size());
        batch.add(() -> new Store(file, there, how, job, wishes).run());
    }

    private void keep(Remote target, Map<String, Entry> known, Set<String> kept) {
        known.forEach((name, entry) -> {
            if (!kept.contains(name) && names.here(name).isPresent())
                superfluousThere.add(new Superfluous(target.child(name), entry.isDirectory()));
        });
    }

    private void removeThere(Predicate<String> agrees) throws Hindrance {
        if (superfluousThere.isEmpty()) return;
        var paths = superfluousThere.stream().map(it -> it.remote().path()).toList();
        if (dry) {
            for (var path : paths) told.accept("rm " + shown(path));
            return;
        }
        if (!agrees.test(question(paths, "there"))) return;
        for (var one : superfluousThere)
            with(
                    one.remote(),
                    connection -> {
                        new Removal(connection, job).of(one.remote(), one.directory());
                        return one;
                    });
    }

    // ---- both

    @FunctionalInterface
    private interface Work<T> {
        T with(Connection connection) throws Hindrance;
    }

    /// Again by another connection if the line breaks.
    private <T> T with(Remote remote, Work<T> work) throws Hindrance {
        var results = new ArrayList<T>(1);
        new Persistence(remote, job).with((connection, _) -> results.add(work.with(connection)));
        return results.getFirst();
    }

    private static String shown(String path) {
        return Visible.line(path, 200);
    }
}
