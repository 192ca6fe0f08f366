package org.postroom.server.http;

import org.postroom.http.Paths;
import org.postroom.http.Status;
import org.postroom.http.dav.DavRefusal;
import org.postroom.http.dav.Depth;
import org.postroom.http.dav.Grammar;
import org.postroom.http.dav.Precondition;
import org.postroom.server.http.Shelf.Right;
import org.postroom.store.FilePath;
import org.postroom.store.Refused;
import org.postroom.store.Refused.Reason;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// What WebDAV adds to a shelf's files, classes 1, 2 and 3 (RFC 4918 §18): properties ([DavProperties]),
/// collections moved and copied ([DavTrees]), write locks ([DavLocks]), and the field If of all methods
/// ([DavConditions]). Locks are the store's own: what one covers is closed to FTP, too.
final class Dav {

    static final String XML = "application/xml; charset=utf-8";
    private static final String READING = "GET, HEAD, OPTIONS, PROPFIND";
    private static final String CHANGING =
            READING + ", PUT, DELETE, POST, PROPPATCH, MKCOL, COPY, MOVE, LOCK, UNLOCK";
    private static final int LONGEST_BODY = 256 * 1024;

    private Dav() {}

    /// The methods of RFC 4918, after If was judged.
    static Answer answer(Exchange asked, Shelf shelf, FilePath path)
            throws DavRefusal, Refusal, Refused, IOException {
        return switch (asked.method()) {
            case PROPFIND -> DavProperties.propfind(asked, shelf, path);
            case PROPPATCH -> DavProperties.proppatch(asked, shelf, path);
            case MKCOL -> DavTrees.mkcol(asked, shelf, path);
            case COPY, MOVE -> DavTrees.carry(asked, shelf, path);
            case LOCK -> DavLocks.lock(asked, shelf, path);
            case UNLOCK -> DavLocks.unlock(asked, shelf, path);
            case GET, HEAD, POST, PUT, DELETE, OPTIONS -> throw SignIn.methods(allowed(shelf));
        };
    }

    // RFC 4918 §10.1
    static Answer options(Shelf shelf) {
        return Answer.of(Status.NO_CONTENT)
                .with("Allow", allowed(shelf))
                .with("DAV", shelf.may(Right.CHANGE) ? "1, 2, 3" : "1")
                .with("MS-Author-Via", "DAV");
    }

    static String allowed(Shelf shelf) {
        return shelf.may(Right.CHANGE) ? CHANGING : READING;
    }

    /// A body that is small, as XML is.
    static byte[] body(Exchange asked) throws Refusal, IOException {
        byte[] body = asked.body().readNBytes(LONGEST_BODY + 1);
        if (body.length > LONGEST_BODY) throw new Refusal(Status.CONTENT_TOO_LARGE, "too-long");
        return body;
    }

    /// Depth, which is infinity where it is not said (RFC 4918 §9.1, RFC 4918 §9.8.3, RFC 4918 §9.10.3).
    static Depth depth(Exchange asked) throws DavRefusal {
        var field = asked.field("Depth");
        return field.isPresent() ? Grammar.depth(field.get()) : Depth.INFINITY;
    }

    /// The URL of a place on a shelf, as a path. A directory's ends in a slash (RFC 4918 §8.3). What is
    /// above the shelf is told as the shelf.
    static String href(Shelf shelf, FilePath path, boolean directory) {
        if (!path.isWithin(shelf.root())) return shelf.above() + "/";
        var names = path.names().subList(shelf.root().names().size(), path.names().size());
        return Paths.path(shelf.above(), names) + (directory || names.isEmpty() ? "/" : "");
    }

    /// The place of a URL's path.
    ///
    /// @return nothing where it is not on the shelf
    static Optional<FilePath> place(Shelf shelf, String path) {
        var names = Paths.names(path);
        var above = Paths.names(shelf.above());
        if (names.isEmpty() || above.isEmpty()) return Optional.empty();
        int depth = above.get().size();
        if (names.get().size() < depth || !names.get().subList(0, depth).equals(above.get()))
            return Optional.empty();
        try {
            return Optional.of(shelf.path(names.get().subList(depth, names.get().size())));
        } catch (Refused noName) {
            return Optional.empty();
        }
    }

    /// What is answered to what could not be read.
    static Answer refused(DavRefusal refusal) {
        return refusal.precondition()
                .map(it -> condition(refusal.status(), it, List.of()))
                .orElseGet(() -> Answer.of(refusal.status()));
    }

    // RFC 4918 §16
    static Answer condition(Status status, Precondition precondition, List<String> urls) {
        return xml(status, precondition.body(urls));
    }

    /// Where a lock is in the way (RFC 4918 §9.10.6, RFC 4918 §16).
    static Answer locked(Shelf shelf, Refused locked, Precondition precondition) {
        return condition(
                Status.LOCKED,
                precondition,
                locked.where().map(it -> href(shelf, it, false)).stream().toList());
    }

    static Answer xml(Status status, String document) {
        return Answer.of(
                status, new Answer.Body.Octets(XML, document.getBytes(StandardCharsets.UTF_8)));
    }

    /// What a refusal is among others, in a 207.
    static Status status(Refused refused) {
        return refused.reason() == Reason.LOCKED
                ? Status.LOCKED
                : Refusals.of(refused.reason()).status();
    }
}
