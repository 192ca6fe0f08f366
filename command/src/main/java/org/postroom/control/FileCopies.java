package org.postroom.control;

import org.jspecify.annotations.Nullable;
import org.postroom.control.Answer.Done;
import org.postroom.control.Answer.Failed;
import org.postroom.control.Answer.Progress;
import org.postroom.control.Answer.Said;
import org.postroom.store.FilePath;
import org.postroom.store.FileTree;
import org.postroom.store.Node;
import org.postroom.store.Refused;
import org.postroom.store.Refused.Reason;
import org.postroom.store.Upload;
import org.postroom.wire.Departure;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// Copies between an account's files and this machine's, by the process that has the store open. What is
/// there already, as long and as old, is not copied again: a copy that was broken off goes on when it is
/// ordered anew, and one that was done does nothing.
final class FileCopies {

    private static final int SLICE = 256 * 1024;
    private static final long BETWEEN = 200_000_000; // nanoseconds between two words of progress

    private final FileTree files;
    private final Steward.Ear ear;
    private long total;
    private long octets;
    private int copied;
    private int there;
    private long said = System.nanoTime();

    FileCopies(FileTree files, Steward.Ear ear) {
        this.files = files;
        this.ear = ear;
    }

    /// What copies, and may fail in each of the ways there are.
    @FunctionalInterface
    private interface Copying {
        void run() throws IOException, Refused, Departure;
    }

    private Answer done(Copying copying) throws Refused, Departure {
        try {
            copying.run();
        } catch (NoSuchFileException none) {
            return new Failed(Exit.DATA, "There is no file " + none.getFile() + ".");
        } catch (FileAlreadyExistsException taken) {
            return new Failed(Exit.DATA, taken.getFile() + " is there already, and no folder.");
        } catch (AccessDeniedException denied) {
            return new Failed(
                    Exit.PERMISSION, "The server may not touch " + denied.getFile() + " here.");
        } catch (IOException e) {
            return new Failed(Exit.SYSTEM, "The copy ended: " + e.getMessage());
        }
        return new Done(
                copied
                        + (copied == 1 ? " file" : " files")
                        + " copied, "
                        + octets
                        + " octets"
                        + (there > 0 ? "; " + there + " were there already." : "."));
    }

    /// One file into the account: as `to`, or into it where that is a directory.
    Answer put(Path from, FilePath to) throws Refused, Departure {
        return done(() -> {
            var about = Files.readAttributes(from, BasicFileAttributes.class);
            if (!about.isRegularFile())
                throw new IOException(from + " is no file; see files import");
            total = about.size();
            store(from, about, isDirectory(to) ? child(to, name(from)) : to);
        });
    }

    /// One file out of it: as `to`, or into it where that is a folder.
    Answer get(FilePath from, Path to) throws Refused, Departure {
        return done(() -> {
            var node = files.resolve(from);
            if (node.isDirectory()) throw new Refused(Reason.IS_A_DIRECTORY);
            total = node.size();
            fetch(from, node, Files.isDirectory(to) ? to.resolve(node.name()) : to);
        });
    }

    /// A folder with all in it. Links, devices and sockets are left out, and said to be.
    Answer importAll(Path from, FilePath to) throws Refused, Departure {
        return done(() -> {
            var found = found(from);
            total = found.stream().mapToLong(it -> it.about.size()).sum();
            for (var one : found) {
                var at = to;
                for (var step : from.relativize(one.path))
                    if (!step.toString().isEmpty()) at = child(at, step.toString());
                if (one.about.isDirectory()) makeDirectory(at);
                else if (one.about.isRegularFile()) store(one.path, one.about, at);
                else ear.hear(new Said("left out, since it is no file: " + one.path));
            }
        });
    }

    /// A directory with all in it.
    Answer exportAll(FilePath from, Path to) throws Refused, Departure {
        return done(() -> {
            var root = files.resolve(from);
            if (!root.isDirectory()) throw new Refused(Reason.NOT_A_DIRECTORY);
            total = files.size(from, () -> false);
            export(from, root, to);
        });
    }

    private record Found(Path path, BasicFileAttributes about) {}

    private static List<Found> found(Path from) throws IOException {
        var all = new ArrayList<Found>();
        Files.walkFileTree(
                from,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path folder, BasicFileAttributes about) {
                        all.add(new Found(folder, about));
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes about) {
                        all.add(new Found(file, about));
                        return FileVisitResult.CONTINUE;
                    }
                });
        return all;
    }

    private void makeDirectory(FilePath path) throws Refused {
        if (!isDirectory(path)) files.makeDirectory(path);
    }

    private boolean isDirectory(FilePath path) throws Refused {
        try {
            return files.resolve(path).isDirectory();
        } catch (Refused none) {
            if (none.reason() == Reason.NO_SUCH_FILE) return false;
            throw none;
        }
    }

    private static FilePath child(FilePath above, String name) throws Refused {
        return above.resolve("./" + name);
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private void store(Path from, BasicFileAttributes about, FilePath to)
            throws IOException, Refused, Departure {
        var modified = about.lastModifiedTime().toInstant();
        if (isThere(to, about.size(), modified)) {
            there++;
            return;
        }
        try (var in = Files.newInputStream(from);
                var upload = files.upload(to, new Upload.Place.Whole())) {
            upload.expect(about.size());
            byte[] slice = new byte[SLICE];
            for (int n = in.read(slice); n >= 0; n = in.read(slice)) {
                upload.write(slice, 0, n);
                crossed(to.toString(), n);
            }
            upload.commit();
        }
        files.setModified(to, modified);
        copied++;
    }

    private boolean isThere(FilePath path, long size, Instant modified) throws Refused {
        try {
            var node = files.resolve(path);
            return !node.isDirectory() && node.size() == size && same(node.modified(), modified);
        } catch (Refused none) {
            if (none.reason() == Reason.NO_SUCH_FILE) return false;
            throw none;
        }
    }

    /// To the millisecond, which is what we keep.
    private static boolean same(Instant one, Instant other) {
        return one.truncatedTo(ChronoUnit.MILLIS).equals(other.truncatedTo(ChronoUnit.MILLIS));
    }

    private void export(FilePath from, Node directory, Path to)
            throws IOException, Refused, Departure {
        Files.createDirectories(to);
        @Nullable String after = null;
        do {
            var page = files.list(directory, after);
            for (var node : page.nodes()) {
                var at = child(from, node.name());
                // a name has no slash and is neither . nor ..: it stays within the folder
                if (node.isDirectory()) export(at, node, to.resolve(node.name()));
                else fetch(at, node, to.resolve(node.name()));
            }
            after = page.next();
        } while (after != null);
    }

    /// Whole under its name, or not at all.
    private void fetch(FilePath from, Node node, Path to) throws IOException, Refused, Departure {
        if (Files.isRegularFile(to)
                && Files.size(to) == node.size()
                && same(Files.getLastModifiedTime(to).toInstant(), node.modified())) {
            there++;
            return;
        }
        var part = Files.createTempFile(to.toAbsolutePath().getParent(), ".postroom-", ".part");
        try {
            try (var in = files.open(from).read();
                    var out = Files.newOutputStream(part)) {
                byte[] slice = new byte[SLICE];
                for (int n = in.read(slice, 0, SLICE); n >= 0; n = in.read(slice, 0, SLICE)) {
                    out.write(slice, 0, n);
                    crossed(from.toString(), n);
                }
            }
            Files.setLastModifiedTime(part, FileTime.from(node.modified()));
            Files.move(part, to, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
        copied++;
    }

    private void crossed(String what, int count) throws Departure {
        octets += count;
        long now = System.nanoTime();
        if (now - said < BETWEEN) return;
        said = now;
        ear.hear(new Progress(what, octets, total));
    }
}
