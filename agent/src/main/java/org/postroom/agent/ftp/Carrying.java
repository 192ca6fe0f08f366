package org.postroom.agent.ftp;

import org.postroom.agent.account.Hindrance;
import org.postroom.mime.render.Visible;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Files from there to here, and from here to there.
record Carrying(Errand errand, Consumer<String> told) {

    private static final int PIECES = 4; // of pget

    // ---- get

    /// `get FILE [LOCAL]`; with URLs `get URL... [FOLDER]`.
    void get() throws Hindrance {
        var words = errand.given().words();
        String first = errand.given().word(0);
        if (words.stream().noneMatch(Url::isUrl)) {
            if (Glob.isPattern(first) && errand.wishes().globs) {
                mget();
                return;
            }
            var out = errand.given().value(Option.OUT).or(() -> errand.given().optional(1));
            fetch(List.of(first), out, out.filter(it -> it.endsWith("/")).isPresent());
            return;
        }
        boolean folder = !Url.isUrl(words.getLast());
        var sources = folder ? words.subList(0, words.size() - 1) : words;
        if (!sources.stream().allMatch(Url::isUrl))
            throw Hindrance.usage("It is `get URL... [FOLDER]`.");
        var out = errand.given().value(Option.OUT);
        fetch(sources, out.isPresent() ? out : folder ? Optional.of(words.getLast()) : out, folder);
    }

    private void fetch(List<String> sources, Optional<String> out, boolean intoFolder)
            throws Hindrance {
        var target = errand.at().local(out.orElse(""));
        boolean into = out.isEmpty() || Files.isDirectory(target) || sources.size() > 1;
        if (intoFolder && !into) { // a name for one file, or a folder that is not there yet
            into = out.get().endsWith("/");
        }
        if (into) make(target);
        if (sources.size() == 1) {
            fetch(sources.getFirst(), target, into);
            return;
        }
        try (var batch = new Batch(errand.job(), errand.parallel(), told)) {
            for (var source : sources) batch.add(() -> fetch(source, target, true));
            batch.finish();
        }
    }

    private static void make(Path folder) throws Hindrance {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw Hindrance.system(folder.toString(), e);
        }
    }

    private void fetch(String source, Path target, boolean into) throws Hindrance {
        if (Url.isUrl(source) && !Url.parse(source).isFtp()) {
            var url = Url.parse(source);
            var local = into ? target.resolve(here(url.name(), source)) : target;
            errand.job().expect(1, 0);
            errand.session().web.fetch(url, local, errand.how(), errand.job());
            told(source, local);
            return;
        }
        var remote = errand.remote(source);
        if (errand.given().has(Option.RECURSIVE) && errand.isDirectory(remote)) {
            var local = into ? target.resolve(here(remote.name(), source)) : target;
            mirror().fetch(remote, local, Optional.empty());
            return;
        }
        fetch(remote, into ? target.resolve(here(remote.name(), source)) : target);
    }

    private static String here(String name, String source) throws Hindrance {
        return Names.ofThisSystem()
                .here(name)
                .orElseThrow(() -> Hindrance.usage(Visible.line(source, 300) + " names no file."));
    }

    private void fetch(Remote remote, Path local) throws Hindrance {
        errand.job().expect(1, 0);
        int pieces = pieces();
        if (pieces > 1)
            new Segments(remote, local, errand.how(), errand.job(), errand.wishes()).run(pieces);
        else
            new Fetch(
                            remote,
                            local,
                            OptionalLong.empty(),
                            Optional.empty(),
                            errand.how(),
                            errand.job(),
                            errand.wishes())
                    .run();
        told(Visible.line(remote.path(), 500), local);
    }

    private int pieces() throws Hindrance {
        boolean pieced = errand.given().verb().filter(it -> it == Verb.PGET).isPresent();
        return errand.given()
                .number(Option.SEGMENTS, Wishes.MOST_AT_ONCE)
                .orElse(pieced ? PIECES : 1);
    }

    private void told(String source, Path local) {
        if (!errand.isJson()) return;
        var object = new LinkedHashMap<String, Object>();
        object.put("from", source);
        object.put("to", local.toString());
        try {
            object.put("octets", Files.size(local));
        } catch (IOException gone) {
            object.put("octets", 0);
        }
        errand.json(object);
    }

    void mget() throws Hindrance {
        errand.given().word(0);
        var all = new ArrayList<Remote>();
        for (var word : errand.given().words()) all.addAll(errand.expanded(word));
        try (var batch = new Batch(errand.job(), errand.parallel(), told)) {
            for (var remote : all)
                if (wanted("Get " + remote.name() + "?"))
                    batch.add(() ->
                            fetch(
                                    remote,
                                    errand.at()
                                            .here()
                                            .resolve(here(remote.name(), remote.path()))));
            batch.finish();
        }
    }

    /// Asked for each file, if she said `prompt on`.
    private boolean wanted(String question) {
        return !errand.wishes().asks
                || !errand.answers()
                || errand.session().desk.agrees(Visible.line(question, 300));
    }

    // ---- put

    /// `put FILE [REMOTE]`; with a URL `put FILE... URL`.
    void put() throws Hindrance {
        var words = errand.given().words();
        String first = errand.given().word(0);
        if (!Url.isUrl(words.getLast())) {
            if (Glob.isPattern(first)
                    && errand.wishes().globs
                    && !Files.exists(errand.at().local(first))) {
                mput();
                return;
            }
            store(List.of(errand.at().local(first)), errand.given().optional(1));
            return;
        }
        if (words.size() < 2) throw Hindrance.usage("It is `put FILE... URL`.");
        var files = new ArrayList<Path>();
        for (var word : words.subList(0, words.size() - 1)) files.add(errand.at().local(word));
        store(files, Optional.of(words.getLast()));
    }

    private void store(List<Path> files, Optional<String> target) throws Hindrance {
        if (target.isPresent() && Url.isUrl(target.get()) && !Url.parse(target.get()).isFtp()) {
            var url = Url.parse(target.get());
            for (var file : files) {
                boolean into = url.name().isEmpty();
                var to =
                        into
                                ? url.withPath(url.path() + encoded(file.getFileName().toString()))
                                : url;
                errand.job().expect(1, 0);
                errand.session().web.store(file, to, errand.job());
            }
            return;
        }
        var remote = target.isPresent() ? errand.remote(target.get()) : errand.directory();
        boolean into = target.isEmpty() || files.size() > 1 || errand.isDirectory(remote);
        if (files.size() == 1) {
            store(files.getFirst(), into ? child(remote, files.getFirst()) : remote);
            return;
        }
        try (var batch = new Batch(errand.job(), errand.parallel(), told)) {
            for (var file : files) batch.add(() -> store(file, child(remote, file)));
            batch.finish();
        }
    }

    private static String encoded(String name) {
        return java.net.URLEncoder.encode(name, java.nio.charset.StandardCharsets.UTF_8)
                .replace("+", "%20");
    }

    private static Remote child(Remote directory, Path file) {
        return directory.child(Names.ofThisSystem().there(file.getFileName().toString()));
    }

    private void store(Path file, Remote remote) throws Hindrance {
        if (Files.isDirectory(file) && errand.given().has(Option.RECURSIVE)) {
            mirror().store(file, remote, Optional.empty());
            return;
        }
        store(file, remote, false);
    }

    private void store(Path file, Remote remote, boolean appends) throws Hindrance {
        if (!Files.isRegularFile(file))
            throw Hindrance.notSo(
                    file
                            + (Files.isDirectory(file)
                                    ? " is a folder; --recursive takes it whole."
                                    : " is not there."));
        try {
            errand.job().expect(1, Files.size(file));
        } catch (IOException e) {
            throw Hindrance.system(file.toString(), e);
        }
        new Store(file, remote, errand.how(), errand.job(), errand.wishes(), appends).run();
        told(file.toString(), remote);
    }

    private void told(String source, Remote remote) {
        if (!errand.isJson()) return;
        var object = new LinkedHashMap<String, Object>();
        object.put("from", source);
        object.put("to", remote.path());
        errand.json(object);
    }

    void mput() throws Hindrance {
        errand.given().word(0);
        var all = new ArrayList<Path>();
        for (var word : errand.given().words()) all.addAll(matching(word));
        var directory = errand.directory();
        try (var batch = new Batch(errand.job(), errand.parallel(), told)) {
            for (var file : all)
                if (wanted("Put " + file.getFileName() + "?"))
                    batch.add(() -> store(file, child(directory, file)));
            batch.finish();
        }
    }

    private List<Path> matching(String word) throws Hindrance {
        var file = errand.at().local(word);
        if (!errand.wishes().globs || !Glob.isPattern(word)) return List.of(file);
        var name = file.getFileName();
        var folder = file.getParent();
        if (name == null || folder == null) return List.of(file);
        var glob = new Glob(name.toString());
        var found = new ArrayList<Path>();
        try (var files = Files.newDirectoryStream(folder)) {
            for (var one : files)
                if (glob.matches(one.getFileName().toString())
                        && Files.isRegularFile(one, LinkOption.NOFOLLOW_LINKS)) found.add(one);
        } catch (IOException e) {
            throw Hindrance.system(folder.toString(), e);
        }
        if (found.isEmpty()) throw Hindrance.notSo("Nothing here is called " + word + ".");
        found.sort(null);
        return found;
    }

    void append() throws Hindrance {
        store(
                errand.at().local(errand.given().word(0)),
                errand.remote(errand.given().word(1)),
                true);
    }

    // ---- mirror

    /// `mirror SOURCE [TARGET]`: from there to here, or the other way round.
    void mirrored() throws Hindrance {
        String first = errand.given().optional(0).orElse("");
        var second = errand.given().optional(1);
        boolean reverse =
                errand.given().has(Option.REVERSE)
                        || (!Url.isUrl(first) && second.filter(Url::isUrl).isPresent());
        var deletes =
                errand.given().has(Option.DELETE)
                        ? Optional.<Predicate<String>>of(this::agrees)
                        : Optional.<Predicate<String>>empty();
        if (reverse) {
            var source = errand.at().local(first);
            var target =
                    second.isPresent()
                            ? errand.remote(second.get())
                            : first.isEmpty()
                                    ? errand.directory()
                                    : child(errand.directory(), source);
            mirror().store(source, target, deletes);
        } else {
            var source = first.isEmpty() ? errand.directory() : errand.remote(first);
            var target =
                    second.isPresent()
                            ? errand.at().local(second.get())
                            : first.isEmpty()
                                    ? errand.at().here()
                                    : errand.at().here().resolve(here(source.name(), first));
            mirror().fetch(source, target, deletes);
        }
        if (errand.isJson() && !errand.given().has(Option.DRY_RUN)) {
            var object = new LinkedHashMap<String, Object>();
            object.put("files", errand.job().files());
            object.put("octets", errand.job().octets());
            errand.json(object);
        }
    }

    /// A script has said what it wants by --delete.
    private boolean agrees(String question) {
        return !errand.answers() || errand.session().desk.agrees(question);
    }

    private Mirror mirror() throws Hindrance {
        return new Mirror(
                errand.job(),
                errand.wishes(),
                errand.how(),
                errand.given().has(Option.DRY_RUN),
                errand.parallel(),
                told);
    }
}
