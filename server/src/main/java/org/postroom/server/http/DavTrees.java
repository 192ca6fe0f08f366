package org.postroom.server.http;

import org.postroom.http.Method;
import org.postroom.http.Status;
import org.postroom.http.dav.DavRefusal;
import org.postroom.http.dav.Depth;
import org.postroom.http.dav.Grammar;
import org.postroom.http.dav.Multistatus;
import org.postroom.http.dav.Precondition;
import org.postroom.store.FilePath;
import org.postroom.store.FileTree.Failure;
import org.postroom.store.Node;
import org.postroom.store.Refused;
import org.postroom.store.Refused.Reason;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Collections made, removed, copied and moved (RFC 4918 §9.3, RFC 4918 §9.6.1, RFC 4918 §9.8,
/// RFC 4918 §9.9). What was at the destination goes first, once it is known that nothing is in the way: no
/// lock, and no quota.
final class DavTrees {

    private DavTrees() {}

    // RFC 4918 §9.3
    static Answer mkcol(Exchange asked, Shelf shelf, FilePath path)
            throws Refusal, Refused, IOException {
        Files.changing(asked, shelf);
        if (asked.length() > 0 || asked.body().read() >= 0)
            throw new Refusal(Status.UNSUPPORTED_MEDIA_TYPE, "bad-dav");
        var there = Files.there(shelf, path);
        Files.demandConditions(asked, there);
        if (there.isPresent())
            throw new Refusal(
                    Status.METHOD_NOT_ALLOWED, "name-taken", Map.of("Allow", Dav.allowed(shelf)));
        try {
            shelf.files().makeDirectory(path);
        } catch (Refused refused) {
            throw orNoDirectory(refused);
        }
        return Answer.of(Status.CREATED);
    }

    /// Where the directory above is missing (RFC 4918 §9.3.1).
    private static Refused orNoDirectory(Refused refused) throws Refusal {
        if (refused.reason() == Reason.NO_SUCH_FILE || refused.reason() == Reason.NOT_A_DIRECTORY)
            throw new Refusal(Status.CONFLICT, "no-directory");
        return refused;
    }

    /// RFC 4918 §9.6.1: a lock below keeps all of it.
    static Answer remove(Exchange asked, Shelf shelf, FilePath path)
            throws DavRefusal, Refusal, Refused {
        if (Dav.depth(asked) != Depth.INFINITY) throw new Refusal(Status.BAD_REQUEST, "bad-dav");
        try {
            shelf.files().removeTree(path, () -> false);
            return Answer.of(Status.NO_CONTENT);
        } catch (Refused refused) {
            return stayed(shelf, List.of(path), refused);
        }
    }

    /// A lock on something below is told by the URL of that.
    private static Answer stayed(Shelf shelf, List<FilePath> above, Refused refused)
            throws Refused {
        var where =
                refused.where()
                        .filter(it -> above.stream().anyMatch(it::isWithin) && !above.contains(it));
        if (where.isEmpty()) throw refused;
        var all = new Multistatus();
        all.response(
                Dav.href(shelf, where.get(), false),
                Status.LOCKED,
                Optional.of(Precondition.LOCK_TOKEN_SUBMITTED));
        all.end();
        return Dav.xml(Status.MULTI_STATUS, all.take());
    }

    // RFC 4918 §9.8, RFC 4918 §9.9
    static Answer carry(Exchange asked, Shelf shelf, FilePath from)
            throws DavRefusal, Refusal, Refused {
        Files.changing(asked, shelf);
        boolean moves = asked.method() == Method.MOVE;
        var depth = Dav.depth(asked);
        if (depth == Depth.ONE || (moves && depth == Depth.ZERO))
            throw new Refusal(Status.BAD_REQUEST, "bad-dav");
        var to = destination(asked, shelf);
        var overwrites = asked.field("Overwrite");
        boolean overwrite = overwrites.isEmpty() || Grammar.overwrite(overwrites.get());
        var source = Files.there(shelf, from).orElseThrow(() -> new Refused(Reason.NO_SUCH_FILE));
        Files.demandConditions(asked, Optional.of(source));
        // RFC 4918 §9.8.5
        if (to.isWithin(from) || from.isWithin(to))
            throw new Refusal(Status.FORBIDDEN, "into-itself");
        try {
            var there = Files.there(shelf, to);
            // RFC 4918 §10.6
            if (there.isPresent() && !overwrite)
                throw new Refusal(Status.PRECONDITION_FAILED, "name-taken");
            var failures = new Carrying(shelf, from, source, to, there, depth).carry(moves);
            if (!failures.isEmpty()) return told(shelf, failures);
            return there.isPresent()
                    ? Answer.of(Status.NO_CONTENT)
                    : Answer.of(Status.CREATED)
                            .with("Location", Dav.href(shelf, to, source.isDirectory()));
        } catch (Refused refused) {
            if (refused.reason() == Reason.LOCKED) return stayed(shelf, List.of(from, to), refused);
            throw orNoDirectory(refused);
        }
    }

    private static FilePath destination(Exchange asked, Shelf shelf) throws DavRefusal, Refusal {
        var field =
                asked.field("Destination")
                        .orElseThrow(() -> new Refusal(Status.BAD_REQUEST, "bad-dav"));
        var destination = Grammar.destination(field);
        // RFC 4918 §9.8.5: another server's, or none of this shelf's
        var elsewhere = new Refusal(Status.BAD_GATEWAY, "elsewhere");
        if (!destination.isAt(asked.authority())) throw elsewhere;
        return Dav.place(shelf, destination.path()).orElseThrow(() -> elsewhere);
    }

    // RFC 4918 §9.8.3
    private static Answer told(Shelf shelf, List<Failure> failures) {
        var all = new Multistatus();
        for (var failure : failures)
            all.response(
                    Dav.href(shelf, failure.path(), false),
                    Dav.status(failure.why()),
                    Optional.empty());
        all.end();
        return Dav.xml(Status.MULTI_STATUS, all.take());
    }

    /// One COPY or MOVE, of which it is known that it makes sense.
    private record Carrying(
            Shelf shelf,
            FilePath from,
            Node source,
            FilePath to,
            Optional<Node> there,
            Depth depth) {

        /// @return what was not copied
        List<Failure> carry(boolean moves) throws Refused {
            boolean replaces =
                    there.isPresent() && (source.isDirectory() || there.get().isDirectory());
            if (moves) shelf.files().demandDeparture(from);
            else if (source.isDirectory()) demandRoom();
            if (replaces) clear(there.get());
            if (moves) shelf.files().rename(from, to);
            else if (!source.isDirectory()) shelf.files().copy(from, to);
            else if (depth == Depth.ZERO) shelf.files().copyDirectory(from, to);
            else return shelf.files().copyTree(from, to, () -> false);
            return List.of();
        }

        /// What is there is not given up for a copy that would not fit.
        private void demandRoom() throws Refused {
            var quota = shelf.account().quota();
            if (quota.limit() == 0 || depth == Depth.ZERO) return;
            if (!quota.has(size(from, source) - (there.isPresent() ? size(to, there.get()) : 0)))
                throw new Refused(Reason.OVER_QUOTA);
        }

        private long size(FilePath path, Node node) throws Refused {
            return node.isDirectory() ? shelf.files().size(path, () -> false) : node.size();
        }

        private void clear(Node node) throws Refused {
            if (node.isDirectory()) shelf.files().removeTree(to, () -> false);
            else shelf.files().removeFile(to);
        }
    }
}
