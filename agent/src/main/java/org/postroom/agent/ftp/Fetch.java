package org.postroom.agent.ftp;

import org.postroom.agent.account.Hindrance;
import org.postroom.agent.account.Hindrance.Kind;
import org.postroom.mime.render.Visible;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// One file on its way here. It grows beside its place under a name of its own (`.NAME.part`), goes on there
/// after a line broke, and takes its place when it is whole: as long as the server says, and the same by its
/// hash where it was put together from pieces.
final class Fetch {

    private static final int LONGEST_NAME = 240; // octets

    private final Remote source;
    private final String remote;
    private final Path local;
    private final How how;
    private final Job job;
    private final Wishes wishes;
    private OptionalLong size;
    private Optional<Instant> modified;
    private Optional<String> marker = Optional.empty();
    private long markedAt;
    private boolean pieced; // more than one transfer has written it
    private boolean begun;

    /// @param size as a listing has it, or nothing
    /// @param modified likewise
    Fetch(
            Remote source,
            Path local,
            OptionalLong size,
            Optional<Instant> modified,
            How how,
            Job job,
            Wishes wishes) {
        this.source = source;
        this.remote = source.path();
        this.local = local;
        this.size = size;
        this.modified = modified;
        this.how = how;
        this.job = job;
        this.wishes = wishes;
    }

    void run() throws Hindrance {
        if (Files.isDirectory(local))
            throw Hindrance.notSo(local + " is a folder; name a file in it.");
        job.at(Visible.line(local.getFileName().toString(), 100));
        boolean landed = false;
        try {
            new Persistence(source, job).with((connection, _) -> attempt(connection));
            landed = true;
        } finally {
            if (!landed) tidy();
        }
    }

    /// What has not begun to come leaves nothing behind.
    private void tidy() throws Hindrance {
        var part = part(local);
        try {
            if (Files.exists(part) && Files.size(part) == 0) Files.delete(part);
        } catch (IOException e) {
            throw Hindrance.system(part.toString(), e);
        }
    }

    private void attempt(Connection connection) throws Hindrance {
        connection.as(how.representation());
        if (!begun) ask(connection);
        var work = work();
        if (how.representation().isTransparent()) octets(connection, work);
        else converted(connection, work);
        land(work);
    }

    /// What a listing did not say.
    private void ask(Connection connection) throws Hindrance {
        if (how.representation().isTransparent() && size.isEmpty()) {
            size = Remote.size(connection, remote);
            size.ifPresent(it -> job.expect(0, it));
        }
        if (modified.isEmpty()) modified = Remote.modified(connection, remote);
    }

    /// Where it grows.
    private Path work() {
        var part = part(local);
        boolean goesOn = how.continues() && !Files.exists(part) && Files.isRegularFile(local);
        return goesOn && !begun ? local : part;
    }

    static Path part(Path local) {
        String name = local.getFileName().toString();
        String shown =
                name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME
                        ? name
                        : Integer.toHexString(name.hashCode());
        return local.resolveSibling("." + shown + ".part");
    }

    private void octets(Connection connection, Path work) throws Hindrance {
        long offset = offset(connection, work);
        begun = true;
        if (size.isEmpty() || offset < size.getAsLong() || offset == 0) {
            var from = offset == 0 ? Optional.<String>empty() : Optional.of(Long.toString(offset));
            try (var landing = new Landing(work, offset, size, false, job, wishes.throttle)) {
                connection.tell(local.toString(), client -> client.get(remote, from, landing));
            }
        }
        whole(connection, work);
        if (pieced || how.verifies()) verify(connection, work);
    }

    private long offset(Connection connection, Path work) throws Hindrance {
        boolean counts = begun || how.continues();
        if (!counts || !Files.isRegularFile(work, LinkOption.NOFOLLOW_LINKS)) return 0;
        try {
            long there = Files.size(work);
            if (there == 0) return 0;
            if (size.isPresent() && there > size.getAsLong()) return 0; // another file's
            if (!connection.features().restarts() && !begun) return 0;
            if (!begun) job.moved(there);
            pieced = true;
            return there;
        } catch (IOException e) {
            throw Hindrance.system(work.toString(), e);
        }
    }

    // TRAPS F28: 226 says that the server is through, not that all has come
    private void whole(Connection connection, Path work) throws Hindrance {
        if (size.isEmpty()) return;
        long came;
        try {
            came = Files.size(work);
        } catch (IOException e) {
            throw Hindrance.system(work.toString(), e);
        }
        if (came == size.getAsLong()) return;
        var now = Remote.size(connection, remote);
        if (now.isPresent() && now.getAsLong() == came) return; // it changed meanwhile
        throw came < size.getAsLong()
                ? new Hindrance(
                        Kind.UNREACHABLE,
                        shown() + ": " + came + " of " + size.getAsLong() + " octets came.")
                : Hindrance.notSo(
                        shown() + ": more came than the server said it has, " + size.getAsLong());
    }

    private String shown() {
        return Visible.line(remote, 200);
    }

    private void verify(Connection connection, Path work) throws Hindrance {
        try {
            Digests.compare(connection, remote, work);
        } catch (Hindrance differs) {
            if (differs.kind() == Kind.NOT_SO && !work.equals(local)) discard(work);
            throw differs;
        }
    }

    private static void discard(Path work) throws Hindrance {
        try {
            Files.deleteIfExists(work);
        } catch (IOException e) {
            throw Hindrance.system(work.toString(), e);
        }
    }

    /// A text, records, pages: octets here are not octets there, so that only the server's own markers tell
    /// where to go on (RFC 959 §3.5).
    private void converted(Connection connection, Path work) throws Hindrance {
        begun = true;
        var landing =
                new Landing(
                        work,
                        marker.isPresent() ? markedAt : 0,
                        OptionalLong.empty(),
                        how.representation().isText(),
                        job,
                        wishes.throttle);
        try (landing) {
            connection.tell(local.toString(), client -> client.get(remote, marker, landing));
        } finally {
            landing.marker().ifPresent(_ -> markedAt = landing.markedAt());
            marker = landing.marker().or(() -> marker);
        }
    }

    private void land(Path work) throws Hindrance {
        try {
            if (!work.equals(local))
                Files.move(
                        work,
                        local,
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.ATOMIC_MOVE);
            if (modified.isPresent())
                Files.setLastModifiedTime(local, FileTime.from(modified.get()));
        } catch (IOException e) {
            throw Hindrance.system(local.toString(), e);
        }
        job.done();
    }
}
