package org.postroom.agent.ftp;

import org.postroom.agent.account.Hindrance;
import org.postroom.ftp.OctetsAlone;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// One file in some pieces at once, a connection each: for lines on which one stream does not get all that
/// there is to get. The pieces lie in one file as they come; what makes it whole is [Fetch]'s.
final class Segments {

    private static final long SMALLEST = 1 << 20; // octets of a piece

    private final Remote source;
    private final Path local;
    private final How how;
    private final Job job;
    private final Wishes wishes;

    Segments(Remote source, Path local, How how, Job job, Wishes wishes) {
        this.source = source;
        this.local = local;
        this.how = how;
        this.job = job;
        this.wishes = wishes;
    }

    void run(int wanted) throws Hindrance {
        OptionalLong size;
        Optional<Instant> modified;
        var connection = source.borrow();
        boolean restarts;
        try {
            connection.as(how.representation());
            size = Remote.size(connection, source.path());
            modified = Remote.modified(connection, source.path());
            restarts = connection.features().restarts();
        } finally {
            source.host().giveBack(connection);
        }
        int pieces =
                restarts && how.representation().isTransparent() && size.isPresent()
                        ? (int) Math.min(wanted, size.getAsLong() / SMALLEST)
                        : 1;
        if (size.isPresent()) job.expect(0, size.getAsLong());
        if (pieces > 1) {
            fill(size.getAsLong(), pieces);
            job.moved(-size.getAsLong()); // it is counted as what was there before
        }
        var rest = new How(how.representation(), how.continues() || pieces > 1, how.verifies());
        new Fetch(source, local, size, modified, rest, job, wishes).run();
    }

    private void fill(long size, int pieces) throws Hindrance {
        var part = Fetch.part(local);
        var holes = part.resolveSibling(part.getFileName() + "s"); // never to be gone on with
        try {
            try (var channel =
                            FileChannel.open(
                                    holes,
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE,
                                    LinkOption.NOFOLLOW_LINKS);
                    var batch = new Batch(job, pieces, _ -> {})) {
                for (int i = 0; i < pieces; i++) {
                    long from = size / pieces * i;
                    long to = i == pieces - 1 ? size : size / pieces * (i + 1);
                    batch.add(() -> new Piece(channel, from, to).run());
                }
                batch.finish();
            }
            Files.move(holes, part, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw Hindrance.system(holes.toString(), e);
        }
    }

    /// The piece has come; the server would go on.
    private static final class Enough extends IOException {
        private static final long serialVersionUID = 1;
    }

    private final class Piece extends OctetsAlone<IOException> {

        private final FileChannel channel;
        private final long to;
        private long at;

        Piece(FileChannel channel, long from, long to) {
            this.channel = channel;
            this.at = from;
            this.to = to;
        }

        void run() throws Hindrance {
            new Persistence(source, job).with((connection, _) -> attempt(connection));
        }

        private void attempt(Connection connection) throws Hindrance {
            connection.as(how.representation());
            connection.tell(
                    local.toString(),
                    client -> {
                        try {
                            client.get(
                                    source.path(),
                                    at == 0 ? Optional.empty() : Optional.of(Long.toString(at)),
                                    this);
                        } catch (Enough complete) {
                            // it was broken off, and that is all
                        }
                    });
            if (at < to)
                throw new Hindrance(
                        Hindrance.Kind.UNREACHABLE, "The server sent less than it said it has.");
        }

        @Override
        public void octets(byte[] octets, int offset, int length) throws IOException {
            int n = (int) Math.min(length, to - at);
            wishes.throttle.pass(n);
            var from = ByteBuffer.wrap(octets, offset, n);
            while (from.hasRemaining()) at += channel.write(from, at);
            job.moved(n);
            if (at == to) throw new Enough();
        }
    }
}
