package org.postroom.store.engine;

import org.postroom.wire.Fault;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

import java.io.IOException;
import java.net.JarURLConnection;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;

/// RocksDB's native library, kept unpacked in the home: to unpack its 17 MB at each start costs time,
/// and a temporary folder may be mounted so that nothing in it can be run.
final class RocksLibrary {

    private static boolean loaded;

    private RocksLibrary() {}

    /// Loads it, once in a process, from a folder within `lib` that is named by its checksum.
    static synchronized void load(Path lib) {
        if (loaded) return;
        try {
            RocksDB.loadLibrary(List.of(unpacked(lib).toString()));
            loaded = true;
        } catch (IOException | UnsatisfiedLinkError e) {
            throw new Fault("loading RocksDB from " + lib, e);
        }
    }

    private static Path unpacked(Path lib) throws IOException {
        String name = Environment.getJniLibraryFileName("rocksdb");
        var packed = RocksDB.class.getClassLoader().getResource(name);
        if (packed == null) throw new IOException(name + " is not in RocksDB's archive");
        if (!(packed.openConnection() instanceof JarURLConnection jar))
            throw new IOException("RocksDB is not in an archive: " + packed);
        var entry = jar.getJarEntry();
        var folder = lib.resolve("rocksdb-" + HexFormat.of().toHexDigits((int) entry.getCrc()));
        // by this name, with "jni" twice, loadLibrary(List) looks for it
        var file = folder.resolve(Environment.getJniLibraryFileName("rocksdbjni"));
        if (Files.exists(file) && Files.size(file) == entry.getSize()) return folder;
        Files.createDirectories(folder);
        var part = folder.resolve(name + ".part");
        try (var in = jar.getInputStream();
                var out =
                        FileChannel.open(
                                part,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.TRUNCATE_EXISTING,
                                StandardOpenOption.WRITE)) {
            in.transferTo(Channels.newOutputStream(out));
            out.force(true); // a library cut by a power cut would be the right length and wrong
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        return folder;
    }
}
