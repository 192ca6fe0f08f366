package org.postroom.agent.ftp;

import org.postroom.agent.account.Hindrance;
import org.postroom.agent.account.Hindrance.Kind;
import org.postroom.ftp.Command;
import org.postroom.ftp.Flow;
import org.postroom.ftp.Page;
import org.postroom.ftp.Records;
import org.postroom.ftp.Refusal;
import org.postroom.ftp.Structure;
import org.postroom.mime.render.Visible;
import org.postroom.wire.Departure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// One file on its way there: stored whole, or gone on with where the server has the beginning of it; then
/// as long there as here, and the same by its hash where it was put together from pieces.
final class Store {

    private static final int SLICE = 256 * 1024;
    private static final int PAGE = 2048; // octets of a page that we cut

    private final Path local;
    private final Remote target;
    private final String remote;
    private final How how;
    private final Job job;
    private final Wishes wishes;
    private final boolean appends;
    private boolean pieced;
    private boolean anew; // what is there does not count

    Store(Path local, Remote target, How how, Job job, Wishes wishes) {
        this(local, target, how, job, wishes, false);
    }

    /// @param appends to what is there
    Store(Path local, Remote target, How how, Job job, Wishes wishes, boolean appends) {
        this.local = local;
        this.target = target;
        this.remote = target.path();
        this.how = how;
        this.job = job;
        this.wishes = wishes;
        this.appends = appends;
    }

    void run() throws Hindrance {
        if (!Files.isRegularFile(local)) throw Hindrance.notSo(local + " is no file.");
        job.at(Visible.line(local.getFileName().toString(), 100));
        new Persistence(target, job).with(this::attempt);
    }

    private void attempt(Connection connection, int number) throws Hindrance {
        // nobody knows how much of it was added before the line broke
        if (number > 0 && appends)
            throw new Hindrance(Kind.UNREACHABLE, "The line broke while a file was appended to.");
        connection.as(how.representation());
        long length = length();
        if (!how.representation().isTransparent() || appends) {
            send(connection, 0);
        } else {
            long offset = offset(connection, number, length);
            if (offset < length || length == 0) send(connection, offset);
            verify(connection, length);
        }
        dated(connection);
        job.done();
    }

    private long length() throws Hindrance {
        try {
            return Files.size(local);
        } catch (IOException e) {
            throw Hindrance.system(local.toString(), e);
        }
    }

    /// What the server has of it. After a line broke that is believed only where a hash will tell: it may be
    /// the end of another file, which was to be replaced.
    private long offset(Connection connection, int number, long length) throws Hindrance {
        boolean asked = how.continues() && number == 0;
        boolean provable = number > 0 && !connection.features().digests().isEmpty();
        if (anew || (!asked && !provable)) return 0;
        long there = Remote.size(connection, remote).orElse(0);
        if (there == 0 || there > length) return 0;
        pieced = true;
        if (asked) job.moved(there);
        return there;
    }

    private void send(Connection connection, long offset) throws Hindrance {
        connection.tell(
                local.toString(),
                client -> {
                    try (var in = Files.newInputStream(local)) {
                        in.skipNBytes(offset);
                        if (appends) client.append(remote, flow -> tell(in, flow));
                        else
                            client.put(
                                    remote,
                                    offset == 0
                                            ? Optional.empty()
                                            : Optional.of(Long.toString(offset)),
                                    flow -> tell(in, flow));
                    }
                });
    }

    private void tell(InputStream in, Flow<Departure> flow) throws IOException, Departure, Refusal {
        var representation = how.representation();
        boolean pages = representation.structure() == Structure.PAGE;
        boolean records = representation.structure() == Structure.RECORD && representation.isText();
        var slice = new byte[pages ? PAGE : SLICE];
        long page = 0;
        for (int n = in.readNBytes(slice, 0, slice.length);
                n > 0;
                n = in.readNBytes(slice, 0, slice.length)) {
            wishes.throttle.pass(n);
            if (pages)
                flow.page(
                        Page.simple(
                                page++,
                                (n + representation.octetsInAByte() - 1)
                                        / representation.octetsInAByte()));
            if (records) Records.tell(slice, n, flow);
            else flow.octets(slice, 0, n);
            job.moved(n);
        }
        flow.end();
    }

    // TRAPS F28
    private void verify(Connection connection, long length) throws Hindrance {
        var there = Remote.size(connection, remote);
        if (there.isPresent() && there.getAsLong() != length)
            throw Hindrance.notSo(
                    Visible.line(remote, 200)
                            + ": the server has "
                            + there.getAsLong()
                            + " of "
                            + length
                            + " octets.");
        if (!pieced && !how.verifies()) return;
        try {
            Digests.compare(connection, remote, local);
        } catch (Hindrance differs) {
            if (differs.kind() != Kind.NOT_SO || !pieced || how.continues()) throw differs;
            anew = true;
            pieced = false;
            throw new Hindrance(Kind.UNREACHABLE, differs.why());
        }
    }

    // draft-somers-ftp-mfxx §3: so that a mirror knows it again
    private void dated(Connection connection) throws Hindrance {
        if (!connection.features().has("MFMT")) return;
        try {
            var modified =
                    Instant.ofEpochSecond(
                            Files.getLastModifiedTime(local).toInstant().getEpochSecond());
            connection.ask(it -> it.ask(new Command.Mfmt(modified, remote)));
        } catch (IOException e) {
            throw Hindrance.system(local.toString(), e);
        } catch (Hindrance notAllowed) {
            if (notAllowed.kind() != Kind.NOT_SO) throw notAllowed;
        }
    }
}
