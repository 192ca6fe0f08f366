package org.postroom.server.http;

import org.postroom.http.Status;
import org.postroom.http.dav.ActiveLock;
import org.postroom.http.dav.DavRefusal;
import org.postroom.http.dav.Depth;
import org.postroom.http.dav.Grammar;
import org.postroom.http.dav.LockInfo;
import org.postroom.http.dav.LockInfo.Scope;
import org.postroom.http.dav.Multistatus;
import org.postroom.http.dav.Precondition;
import org.postroom.store.FilePath;
import org.postroom.store.Lock;
import org.postroom.store.Refused;
import org.postroom.store.Refused.Reason;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// LOCK and UNLOCK (RFC 4918 §9.10, RFC 4918 §9.11).
final class DavLocks {

    /// A client that wants one for ever, and is gone then, keeps FTP out of the file that long.
    private static final Duration UNASKED = Duration.ofHours(1);

    private static final Duration LONGEST = Duration.ofDays(1);

    private DavLocks() {}

    static Answer lock(Exchange asked, Shelf shelf, FilePath path)
            throws DavRefusal, Refusal, Refused, IOException {
        Files.changing(asked, shelf);
        byte[] body = Dav.body(asked);
        return body.length == 0
                ? prolong(asked, shelf, path)
                : take(asked, shelf, path, LockInfo.read(body));
    }

    private static Duration time(Exchange asked) {
        var time = asked.field("Timeout").flatMap(Grammar::timeout).orElse(UNASKED);
        return time.compareTo(LONGEST) > 0 ? LONGEST : time;
    }

    private static Answer take(Exchange asked, Shelf shelf, FilePath path, LockInfo info)
            throws DavRefusal, Refusal, Refused {
        var depth = Dav.depth(asked);
        // RFC 4918 §9.10.3
        if (depth == Depth.ONE) throw new Refusal(Status.BAD_REQUEST, "bad-dav");
        Files.demandConditions(asked, Files.there(shelf, path));
        var terms =
                new Lock.Terms(
                        info.scope() == Scope.EXCLUSIVE, depth == Depth.INFINITY, info.owner());
        try {
            var taken = shelf.files().lock(path, terms, time(asked));
            // RFC 4918 §9.10.6
            return told(shelf, path, taken.made() ? Status.CREATED : Status.OK)
                    .with("Lock-Token", "<" + taken.lock().token() + ">");
        } catch (Refused refused) {
            if (refused.reason() == Reason.NO_SUCH_FILE) return Answer.of(Status.CONFLICT);
            if (refused.reason() != Reason.LOCKED) throw refused;
            boolean below =
                    refused.where().filter(it -> it.isWithin(path) && !it.equals(path)).isPresent();
            return below
                    ? taken(shelf, path, refused)
                    : Dav.locked(shelf, refused, Precondition.NO_CONFLICTING_LOCK);
        }
    }

    /// RFC 4918 §9.10.3: all of it is locked, or nothing is; what was in the way is told.
    private static Answer taken(Shelf shelf, FilePath path, Refused refused) {
        var all = new Multistatus();
        refused.where()
                .ifPresent(it ->
                        all.response(
                                Dav.href(shelf, it, false),
                                Status.LOCKED,
                                Optional.of(Precondition.NO_CONFLICTING_LOCK)));
        all.response(Dav.href(shelf, path, true), Status.FAILED_DEPENDENCY, Optional.empty());
        all.end();
        return Dav.xml(Status.MULTI_STATUS, all.take());
    }

    // RFC 4918 §9.10.2
    private static Answer prolong(Exchange asked, Shelf shelf, FilePath path)
            throws DavRefusal, Refusal, Refused {
        var token =
                DavConditions.onlyToken(asked)
                        .orElseThrow(() -> new Refusal(Status.BAD_REQUEST, "bad-dav"));
        try {
            shelf.files().prolong(path, token, time(asked));
            return told(shelf, path, Status.OK);
        } catch (Refused refused) {
            if (refused.reason() != Reason.NO_SUCH_LOCK) throw refused;
            return Dav.condition(
                    Status.PRECONDITION_FAILED,
                    Precondition.LOCK_TOKEN_MATCHES_REQUEST_URI,
                    List.of());
        }
    }

    private static Answer told(Shelf shelf, FilePath path, Status status) {
        var locks = shelf.files().locks().stream().filter(it -> it.covers(path)).toList();
        return Dav.xml(status, ActiveLock.granted(shown(shelf, locks)));
    }

    /// Locks as they are told of.
    static List<ActiveLock> shown(Shelf shelf, List<Lock> locks) {
        var now = Instant.now();
        return locks.stream()
                .map(lock ->
                        new ActiveLock(
                                lock.token(),
                                lock.terms().exclusive() ? Scope.EXCLUSIVE : Scope.SHARED,
                                lock.terms().deep() ? Depth.INFINITY : Depth.ZERO,
                                lock.terms().owner(),
                                lock.left(now),
                                Dav.href(shelf, lock.root(), false)))
                .toList();
    }

    // RFC 4918 §9.11
    static Answer unlock(Exchange asked, Shelf shelf, FilePath path)
            throws DavRefusal, Refusal, Refused {
        Files.changing(asked, shelf);
        var token =
                asked.field("Lock-Token")
                        .orElseThrow(() -> new Refusal(Status.BAD_REQUEST, "bad-dav"));
        try {
            shelf.files().unlock(path, Grammar.lockToken(token));
            return Answer.of(Status.NO_CONTENT);
        } catch (Refused refused) {
            if (refused.reason() != Reason.NO_SUCH_LOCK) throw refused;
            // RFC 4918 §9.11.1
            return Dav.condition(
                    Status.CONFLICT, Precondition.LOCK_TOKEN_MATCHES_REQUEST_URI, List.of());
        }
    }
}
