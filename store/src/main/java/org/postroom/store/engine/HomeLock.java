package org.postroom.store.engine;

import org.postroom.wire.Fault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The right to be the only one who has a home open. A file `LOCK` is locked as long as this is held
/// and names the process that holds it; the system lets go of it when the process ends, however.
public final class HomeLock implements AutoCloseable {

    /// The system's lock is the process's: to open and close the file once more would end it.
    private static final Set<Path> MINE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private HomeLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /// @param folder what is to be locked; made if it is missing
    /// @throws HomeRefused if someone has it, with the number of that process
    public static HomeLock take(Path folder) throws HomeRefused {
        Platform.demand();
        try {
            Folder.make(folder);
            var file = folder.toRealPath().resolve("LOCK");
            if (!MINE.add(file)) throw inUse(folder, "this process");
            try {
                return new HomeLock(file, locked(folder, file));
            } catch (HomeRefused | IOException e) {
                MINE.remove(file);
                throw e;
            }
        } catch (IOException e) {
            throw new Fault("locking " + folder, e);
        }
    }

    private static FileChannel locked(Path folder, Path file) throws IOException, HomeRefused {
        var channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            var holder = ByteBuffer.allocate(32);
            channel.read(holder, 0);
            channel.close();
            String pid =
                    new String(holder.array(), 0, holder.position(), StandardCharsets.US_ASCII);
            throw inUse(folder, "process " + pid.strip());
        }
        channel.truncate(0);
        String pid = ProcessHandle.current().pid() + "\n";
        channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
        return channel;
    }

    private static HomeRefused inUse(Path folder, String holder) {
        return new HomeRefused(folder + " is in use by " + holder, true);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new Fault("unlocking " + file, e);
        } finally {
            MINE.remove(file);
        }
    }
}
