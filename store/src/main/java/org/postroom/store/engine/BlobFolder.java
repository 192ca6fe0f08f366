package org.postroom.store.engine;

import org.jspecify.annotations.Nullable;
import org.postroom.wire.Fault;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HexFormat;
import java.util.function.Consumer;

/// The files of large blobs, and the spool in which they grow.
///
/// On disk: `blobs/00` to `blobs/ff`, all made when the home is, so that no file is ever in a folder
/// whose own name may not be on disk; in them files named by blob id. `spool/` holds files that are
/// being written, named by the id they will have; at a start they belong to nobody and go.
final class BlobFolder {

    /// A blob's file.
    ///
    /// @param made when it was written, milliseconds since 1970
    record Found(BlobId id, long size, long made, Path path) {}

    private final Path blobs;
    private final Path spool;

    private BlobFolder(Path blobs, Path spool) {
        this.blobs = blobs;
        this.spool = spool;
    }

    /// Opens the folders within `home`, and makes what is missing.
    static BlobFolder open(Path home) throws IOException {
        var folder = new BlobFolder(home.resolve("blobs"), home.resolve("spool"));
        Folder.make(folder.spool);
        makeAll(folder.blobs);
        try (var dead = Files.newDirectoryStream(folder.spool)) {
            for (var file : dead) Files.delete(file);
        }
        return folder;
    }

    private static void makeAll(Path blobs) throws IOException {
        Folder.make(blobs);
        if (Files.exists(blobs.resolve("ff"))) return; // made last
        for (int i = 0; i < 256; i++)
            Files.createDirectories(blobs.resolve(HexFormat.of().toHexDigits((byte) i)));
        Folder.sync(blobs);
    }

    FileChannel create(BlobId id) throws IOException {
        return FileChannel.open(
                spool.resolve(id.toString()),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE);
    }

    void discard(BlobId id) throws IOException {
        Files.deleteIfExists(spool.resolve(id.toString()));
    }

    /// Moves a file, complete and synced, from the spool to its place; durable when it returns.
    void publish(BlobId id) throws IOException {
        var place = path(id);
        Files.move(spool.resolve(id.toString()), place, StandardCopyOption.ATOMIC_MOVE);
        Folder.sync(parent(place));
    }

    FileChannel open(BlobId id) {
        try {
            return FileChannel.open(path(id), StandardOpenOption.READ);
        } catch (IOException e) {
            throw new Fault("opening blob " + id, e);
        }
    }

    void delete(BlobId id) {
        try {
            Files.deleteIfExists(path(id));
        } catch (IOException e) {
            throw new Fault("removing blob " + id, e);
        }
    }

    /// @param foreign is told of what somebody else put here, which is left alone
    void each(Consumer<Found> each, Consumer<Path> foreign) {
        try (var folders = Files.newDirectoryStream(blobs)) {
            for (var folder : folders)
                if (name(folder).matches("[0-9a-f]{2}") && Files.isDirectory(folder))
                    within(folder, each, foreign);
                else foreign.accept(folder);
        } catch (IOException e) {
            throw new Fault("listing blobs", e);
        }
    }

    private void within(Path folder, Consumer<Found> each, Consumer<Path> foreign)
            throws IOException {
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files)
                try {
                    var found = found(file);
                    if (found == null) foreign.accept(file);
                    else each.accept(found);
                } catch (NoSuchFileException gone) {
                    // its draft was closed meanwhile
                }
        }
    }

    private @Nullable Found found(Path file) throws IOException {
        BlobId id;
        try {
            id = BlobId.parse(name(file));
        } catch (IllegalArgumentException foreign) {
            return null;
        }
        var about =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return about.isRegularFile() && path(id).equals(file)
                ? new Found(id, about.size(), about.lastModifiedTime().toMillis(), file)
                : null;
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    /// Links every file into a folder of the same shape within `home`.
    void link(Path home) {
        try {
            var copy = open(home);
            each(
                    found -> {
                        try {
                            Files.createLink(copy.path(found.id()), found.path());
                        } catch (IOException e) {
                            throw new Fault("linking blob " + found.id(), e);
                        }
                    },
                    _ -> {});
            for (int i = 0; i < 256; i++)
                Folder.sync(copy.blobs.resolve(HexFormat.of().toHexDigits((byte) i)));
        } catch (IOException e) {
            throw new Fault("linking blobs", e);
        }
    }

    private Path path(BlobId id) {
        String name = id.toString();
        return blobs.resolve(name.substring(0, 2)).resolve(name);
    }

    private static Path parent(Path place) {
        var parent = place.getParent();
        if (parent == null) throw new IllegalStateException("a blob without a folder");
        return parent;
    }
}
