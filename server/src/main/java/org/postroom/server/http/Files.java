package org.postroom.server.http;

import org.postroom.http.Conditions;
import org.postroom.http.Conditions.Current;
import org.postroom.http.ContentRange;
import org.postroom.http.EntityTag;
import org.postroom.http.Method;
import org.postroom.http.Status;
import org.postroom.http.dav.DavRefusal;
import org.postroom.http.dav.Precondition;
import org.postroom.server.http.Shelf.Right;
import org.postroom.store.FilePath;
import org.postroom.store.Node;
import org.postroom.store.Refused;
import org.postroom.store.Refused.Reason;
import org.postroom.store.Upload;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A shelf's files by HTTP: read, written, removed, and listed for people. They are those that FTP has,
/// under the same quota, with the same versions kept.
final class Files {

    private static final int PIECE = 64 << 10;

    Answer answer(Exchange asked, Shelf shelf, List<String> names)
            throws Refusal, Refused, IOException {
        var path = shelf.path(names);
        try {
            return answer(asked, DavConditions.judged(asked, shelf, path), path);
        } catch (DavRefusal refusal) {
            return Dav.refused(refusal);
        } catch (Refused refused) {
            // a program is told where the lock is, a person that there is one
            if (refused.reason() != Reason.LOCKED || asked.wantsPage()) throw refused;
            return Dav.locked(shelf, refused, Precondition.LOCK_TOKEN_SUBMITTED);
        }
    }

    private static Answer answer(Exchange asked, Shelf shelf, FilePath path)
            throws DavRefusal, Refusal, Refused, IOException {
        return switch (asked.method()) {
            case GET, HEAD -> get(asked, shelf, path);
            case PUT -> put(asked, changing(asked, shelf), path);
            case DELETE -> delete(asked, changing(asked, shelf), path);
            case POST -> FileForms.post(asked, shelf, path);
            case OPTIONS -> Dav.options(shelf);
            case PROPFIND, PROPPATCH, MKCOL, COPY, MOVE, LOCK, UNLOCK ->
                    Dav.answer(asked, shelf, path);
        };
    }

    /// A shelf on which it may be changed what lies there, and by whoever asks.
    static Shelf changing(Exchange asked, Shelf shelf) throws Refusal {
        if (!shelf.may(Right.CHANGE)) throw SignIn.methods(Dav.allowed(shelf));
        if (shelf.who().isPresent()) SignIn.demandToken(shelf.who().get(), asked);
        return shelf;
    }

    // Reading

    private static Answer get(Exchange asked, Shelf shelf, FilePath path)
            throws Refusal, Refused, IOException {
        if (!shelf.may(Right.READ)) throw new Refusal(Status.NOT_FOUND, "not-found");
        if (path.isRoot()) return directory(asked, shelf, path);
        try {
            var file = shelf.files().open(path);
            if (asked.endsWithSlash()) throw new Refused(Reason.NOT_A_DIRECTORY);
            return Sending.file(asked, path.name(), file);
        } catch (Refused refused) {
            if (refused.reason() == Reason.IS_A_DIRECTORY) return directory(asked, shelf, path);
            if (refused.reason() == Reason.NO_SUCH_FILE)
                throw new Refusal(Status.NOT_FOUND, "not-found", kept(asked, shelf, path));
            throw refused;
        }
    }

    private static Answer directory(Exchange asked, Shelf shelf, FilePath path) throws Refused {
        // links in it are relative to it
        if (!asked.endsWithSlash())
            return Answer.of(Status.PERMANENT_REDIRECT).with("Location", asked.path() + '/');
        return asked.query("history").isPresent() && shelf.may(Right.CHANGE)
                ? Listing.history(asked, shelf, path)
                : Listing.page(asked, shelf, path);
    }

    // Writing

    /// What is there under a name.
    static Optional<Node> there(Shelf shelf, FilePath path) throws Refused {
        try {
            return Optional.of(shelf.files().resolve(path));
        } catch (Refused refused) {
            if (refused.reason() == Reason.NO_SUCH_FILE) return Optional.empty();
            throw refused;
        }
    }

    static EntityTag tag(Node node) {
        return EntityTag.strong(node.tag());
    }

    // RFC 9110 §13.2
    static void demandConditions(Exchange asked, Optional<Node> there) throws Refusal {
        var conditions = Conditions.of(asked::field);
        var current = there.map(node -> new Current(tag(node), node.modified()));
        if (conditions.isEmpty()
                || conditions.get().judge(false, current) != Conditions.Verdict.GO_ON)
            throw new Refusal(Status.PRECONDITION_FAILED, "changed-meanwhile");
    }

    // RFC 9110 §9.3.4
    private static Answer put(Exchange asked, Shelf shelf, FilePath path)
            throws Refusal, Refused, IOException {
        var there = there(shelf, path);
        if (path.isRoot() || there.filter(Node::isDirectory).isPresent() || asked.endsWithSlash())
            throw new Refusal(Status.METHOD_NOT_ALLOWED, "is-a-directory", Map.of("Allow", "GET"));
        demandConditions(asked, there);
        String coding = asked.field("Content-Encoding").orElse("identity");
        if (!coding.equalsIgnoreCase("identity"))
            throw new Refusal(Status.UNSUPPORTED_MEDIA_TYPE, "no-coding");
        var range = range(asked);
        var place =
                range.filter(it -> it.first() > 0)
                        .<Upload.Place>map(it -> new Upload.Place.From(it.first()))
                        .orElseGet(Upload.Place.Whole::new);
        boolean whole = range.isEmpty() || range.get().isEnd();
        try (var upload = shelf.files().upload(path, place)) {
            if (asked.length() > 0) upload.expect(asked.length());
            take(asked, upload);
            if (!whole) {
                upload.keep();
                return Answer.of(Status.ACCEPTED)
                        .with("Upload-Offset", Long.toString(range.get().last() + 1));
            }
            // who else changed it while this came
            demandConditions(asked, there(shelf, path));
            var node = upload.commit();
            return Answer.of(there.isPresent() ? Status.NO_CONTENT : Status.CREATED)
                    .with("ETag", tag(node).toString());
        } catch (Refused refused) {
            // RFC 4918 §9.7.1: the directory has to be there
            if (refused.reason() == Reason.NO_SUCH_FILE
                    || refused.reason() == Reason.NOT_A_DIRECTORY)
                throw new Refusal(Status.CONFLICT, "no-directory");
            throw refused;
        }
    }

    /// Which part of the file comes. What is kept between the parts is what FTP's REST goes on with; how
    /// much of it is there, HEAD tells.
    // RFC 9110 §14.5
    private static Optional<ContentRange> range(Exchange asked) throws Refusal {
        var field = asked.field("Content-Range");
        if (field.isEmpty()) return Optional.empty();
        var range =
                ContentRange.of(field.get())
                        .orElseThrow(() -> new Refusal(Status.BAD_REQUEST, "bad-range"));
        if (asked.length() >= 0 && asked.length() != range.length())
            throw new Refusal(Status.BAD_REQUEST, "bad-range");
        return Optional.of(range);
    }

    /// What came of an upload that broke off is kept, so that it can go on.
    private static void take(Exchange asked, Upload upload) throws Refused, IOException {
        byte[] piece = new byte[PIECE];
        try (var in = asked.body()) {
            for (int count = in.read(piece); count >= 0; count = in.read(piece))
                upload.write(piece, 0, count);
        } catch (IOException gone) {
            if (upload.written() > 0) upload.keep();
            throw gone;
        }
    }

    private static Answer delete(Exchange asked, Shelf shelf, FilePath path)
            throws DavRefusal, Refusal, Refused {
        if (path.isRoot()) throw new Refusal(Status.FORBIDDEN, "root-stays");
        var there = there(shelf, path).orElseThrow(() -> new Refused(Reason.NO_SUCH_FILE));
        demandConditions(asked, Optional.of(there));
        if (there.isDirectory()) return DavTrees.remove(asked, shelf, path);
        if (asked.endsWithSlash()) throw new Refused(Reason.NO_SUCH_FILE);
        shelf.files().removeFile(path);
        return Answer.of(Status.NO_CONTENT);
    }

    /// How much is kept of an upload that broke off, for whoever asks by HEAD.
    private static Map<String, String> kept(Exchange asked, Shelf shelf, FilePath path) {
        if (asked.method() != Method.HEAD || !shelf.may(Right.CHANGE)) return Map.of();
        try {
            return shelf.files()
                    .part(path)
                    .map(part -> Map.of("Upload-Offset", Long.toString(part.size())))
                    .orElse(Map.of());
        } catch (Refused noDirectory) {
            return Map.of();
        }
    }
}
