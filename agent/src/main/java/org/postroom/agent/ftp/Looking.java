package org.postroom.agent.ftp;

import org.postroom.agent.Sizes;
import org.postroom.agent.account.Hindrance;
import org.postroom.ftp.Entry;
import org.postroom.ftp.OctetsAlone;
import org.postroom.ftp.Reply;
import org.postroom.mime.render.Visible;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// Lists, and shows what is in files.
record Looking(Errand errand) {

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());
    private static final int MOST_SHOWN = 64 << 20; // octets of what a screen is to show
    private static final int DEEPEST = 100;

    void ls() throws Hindrance {
        String word = errand.given().optional(0).orElse("");
        if (Url.isUrl(word) && !Url.parse(word).isFtp()) {
            for (var name : errand.session().web.list(Url.parse(word)))
                show(named(name), Visible.line(name, 500));
            return;
        }
        int slash = word.lastIndexOf('/');
        boolean pattern = errand.wishes().globs && !Url.isUrl(word) && Glob.isPattern(word);
        var directory =
                word.isEmpty() || (pattern && slash < 0)
                        ? errand.directory()
                        : errand.remote(pattern ? word.substring(0, slash + 1) : word);
        var glob = new Glob(pattern ? word.substring(slash + 1) : "*");
        var lines = new StringBuilder();
        for (var entry : sorted(errand.list(directory)))
            if (!pattern || glob.matches(entry.path()))
                if (errand.isJson()) json(entry, entry.path());
                else lines.append(line(entry)).append('\n');
        if (!lines.isEmpty()) page(lines.toString());
    }

    private void page(String text) throws Hindrance {
        if (errand.answers()) errand.session().desk.page(text);
        else errand.say(text.stripTrailing());
    }

    private void show(Entry entry, String shown) {
        if (errand.isJson()) json(entry, entry.path());
        else errand.say(shown);
    }

    private static Entry named(String name) {
        return Entry.named(name);
    }

    private static List<Entry> sorted(List<Entry> entries) {
        var sorted = new ArrayList<>(entries);
        sorted.sort(Comparator.comparing(Entry::path));
        return sorted;
    }

    private String line(Entry entry) {
        String size =
                entry.size().isPresent() && !entry.isDirectory()
                        ? Long.toString(entry.size().getAsLong())
                        : "-";
        String name = Visible.line(entry.path(), 1000);
        return "%13s  %-16s  %s"
                .formatted(
                        size,
                        entry.modified().map(MINUTE::format).orElse(""),
                        entry.isDirectory()
                                ? errand.session().desk.paint().bold(name + "/")
                                : name);
    }

    private void json(Entry entry, String path) {
        var object = new LinkedHashMap<String, Object>();
        object.put("name", path);
        object.put("type", entry.isDirectory() ? "directory" : entry.isFile() ? "file" : "other");
        entry.size().ifPresent(it -> object.put("size", it));
        entry.modified().ifPresent(it -> object.put("modified", it.toString()));
        errand.json(object);
    }

    void nlist() throws Hindrance {
        var directory = directory();
        for (var entry : sorted(errand.list(directory)))
            show(entry, Visible.line(entry.path(), 1000));
    }

    private Remote directory() throws Hindrance {
        var word = errand.given().optional(0);
        return word.isPresent() ? errand.remote(word.get()) : errand.directory();
    }

    /// What is below a directory, breadth first, paths as they can be said.
    private interface Finding {
        void found(String path, Entry entry);
    }

    private record Below(Remote remote, String shown, int depth) {}

    private void walk(Remote top, Finding finding) throws Hindrance {
        var waiting = new ArrayDeque<Below>();
        waiting.add(new Below(top, "", 0));
        while (!waiting.isEmpty()) {
            errand.job().check();
            var next = waiting.poll();
            for (var entry : sorted(errand.list(next.remote))) {
                if (Names.POSIX.here(entry.path()).isEmpty()) continue;
                String path = Remote.below(next.shown, entry.path());
                finding.found(path, entry);
                if (entry.isDirectory() && next.depth < DEEPEST)
                    waiting.add(new Below(next.remote.child(entry.path()), path, next.depth + 1));
            }
        }
    }

    void find() throws Hindrance {
        walk(
                directory(),
                (path, entry) -> {
                    if (errand.isJson()) json(entry, path);
                    else errand.say(Visible.line(path, 2000) + (entry.isDirectory() ? "/" : ""));
                });
    }

    void du() throws Hindrance {
        long[] sums = new long[2];
        walk(
                directory(),
                (_, entry) -> {
                    if (entry.isDirectory()) return;
                    sums[0]++;
                    sums[1] += entry.size().orElse(0);
                });
        if (errand.isJson()) {
            var object = new LinkedHashMap<String, Object>();
            object.put("files", sums[0]);
            object.put("octets", sums[1]);
            errand.json(object);
        } else
            errand.say(
                    sums[1]
                            + " octets ("
                            + Sizes.shown(sums[1])
                            + ") in "
                            + (sums[0] == 1 ? "1 file" : sums[0] + " files"));
    }

    void size() throws Hindrance {
        errand.given().word(0);
        for (var word : errand.given().words())
            for (var remote : errand.expanded(word))
                errand.say(
                        errand.with(
                                        remote,
                                        connection -> {
                                            connection.as(errand.at().as());
                                            return connection.ask(it -> it.size(remote.path()));
                                        })
                                + "  "
                                + Visible.line(remote.name(), 500));
    }

    void modtime() throws Hindrance {
        errand.given().word(0);
        for (var word : errand.given().words())
            for (var remote : errand.expanded(word)) {
                Instant time =
                        errand.with(
                                remote, connection -> connection.ask(it -> it.mdtm(remote.path())));
                errand.say(time + "  " + Visible.line(remote.name(), 500));
            }
    }

    void hash() throws Hindrance {
        for (var word : errand.given().words())
            for (var remote : errand.expanded(word))
                errand.say(
                        errand.with(
                                        remote,
                                        connection -> {
                                            var digests = connection.features().digests();
                                            if (digests.isEmpty())
                                                throw Hindrance.notSo("The server hashes nothing.");
                                            var digest = digests.getFirst();
                                            return digest.label
                                                    + " "
                                                    + connection.ask(
                                                            it -> it.hash(digest, remote.path()));
                                        })
                                + "  "
                                + Visible.line(remote.name(), 500));
    }

    /// As they are, whatever is in them: to standard output, for programs; to a person without what would
    /// drive her terminal.
    void cat() throws Hindrance {
        errand.given().word(0);
        for (var word : errand.given().words())
            if (Url.isUrl(word) && !Url.parse(word).isFtp()) {
                try (var in = errand.session().web.open(Url.parse(word))) {
                    pour(in);
                } catch (IOException e) {
                    throw Hindrance.system(word, e);
                }
            } else for (var remote : errand.expanded(word)) cat(remote);
    }

    private void pour(java.io.InputStream in) throws IOException, Hindrance {
        if (errand.answers()) page(in.readNBytes(MOST_SHOWN));
        else {
            errand.out().flush();
            in.transferTo(new FileOutputStream(FileDescriptor.out));
        }
    }

    private void cat(Remote remote) throws Hindrance {
        if (errand.answers()) {
            page(octets(remote));
            return;
        }
        errand.out().flush();
        pour(remote, new FileOutputStream(FileDescriptor.out));
    }

    void more() throws Hindrance {
        page(octets(errand.remote(errand.given().word(0))));
    }

    private byte[] octets(Remote remote) throws Hindrance {
        var octets = new ByteArrayOutputStream();
        pour(remote, octets);
        return octets.toByteArray();
    }

    private void page(byte[] octets) throws Hindrance {
        page(Visible.text(new String(octets, StandardCharsets.UTF_8)));
    }

    private void pour(Remote remote, OutputStream to) throws Hindrance {
        boolean bounded = errand.answers();
        errand.with(
                remote,
                connection -> {
                    connection.as(errand.how().representation());
                    connection.tell(
                            remote.name(),
                            client ->
                                    client.get(
                                            remote.path(),
                                            Optional.empty(),
                                            new Poured(to, bounded ? MOST_SHOWN : Long.MAX_VALUE)));
                    return connection;
                });
    }

    private static final class Poured extends OctetsAlone<IOException> {

        private final OutputStream to;
        private long room;

        Poured(OutputStream to, long room) {
            this.to = to;
            this.room = room;
        }

        @Override
        public void octets(byte[] octets, int offset, int length) throws IOException {
            room -= length;
            if (room < 0) throw new IOException("it is too long to be shown");
            to.write(octets, offset, length);
        }

        @Override
        public void endOfRecord() throws IOException {
            to.write('\n');
        }

        @Override
        public void end() throws IOException {
            to.flush();
        }
    }

    /// What the server says, line by line.
    void say(Reply reply) {
        errand.say(reply.code() + " " + Visible.line(reply.text(), 2000));
        for (var line : reply.inner()) errand.say(Visible.line(line, 2000));
    }
}
