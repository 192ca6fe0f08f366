package org.postroom.server.http;

import org.postroom.http.Conditions;
import org.postroom.http.Conditions.Current;
import org.postroom.http.Disposition;
import org.postroom.http.EntityTag;
import org.postroom.http.HttpDate;
import org.postroom.http.MediaTypes;
import org.postroom.http.Method;
import org.postroom.http.Ranges;
import org.postroom.http.Ranges.Part;
import org.postroom.http.Status;
import org.postroom.store.Content;
import org.postroom.store.StoredFile;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.GZIPOutputStream;

/// A file on its way to a client: under conditions, in parts, compressed where that helps. What somebody
/// uploaded is a stranger's: a browser shows it without scripts and on no origin of ours, and saves what it
/// would execute (DECISIONS, Origins).
final class Sending {

    private static final int PIECE = 64 << 10;
    private static final int AT_ONCE = 64 << 10;
    private static final int WORTH_COMPRESSING = 1 << 10;
    private static final String GZIP_MARK = "-gzip";

    private static final String STRANGE =
            "sandbox; default-src 'none'; img-src 'self' data:; media-src 'self';"
                    + " style-src 'unsafe-inline'";

    private Sending() {}

    static Answer file(Exchange asked, String name, StoredFile file) throws Refusal {
        var tag = EntityTag.strong(file.tag());
        var current = new Current(tag, file.modified());
        boolean gzip = isCompressed(asked, name, file);
        var shown = gzip ? EntityTag.strong(file.tag() + GZIP_MARK) : tag;
        var conditions =
                Conditions.of(field -> asked.field(field).map(Sending::withoutMark))
                        .orElseThrow(
                                () -> new Refusal(Status.PRECONDITION_FAILED, "changed-meanwhile"));
        var bare =
                switch (conditions.judge(true, Optional.of(current))) {
                    case NOT_MODIFIED -> Answer.of(Status.NOT_MODIFIED);
                    case FAILED ->
                            throw new Refusal(Status.PRECONDITION_FAILED, "changed-meanwhile");
                    case GO_ON -> body(asked, name, file, gzip, conditions.rangeStands(current));
                };
        var answer =
                bare.with("ETag", shown.toString())
                        .with("Last-Modified", HttpDate.print(file.modified()))
                        .with("Accept-Ranges", "bytes")
                        .with("Cache-Control", "no-cache")
                        .with("Content-Security-Policy", STRANGE);
        if (MediaTypes.isCompressible(MediaTypes.of(name)))
            answer = answer.with("Vary", "Accept-Encoding");
        return answer;
    }

    /// RFC 9110 §8.8.3.3: what was compressed has a tag of its own, and is the same file.
    private static String withoutMark(String field) {
        return field.replace(GZIP_MARK + '"', "\"");
    }

    private static boolean isCompressed(Exchange asked, String name, StoredFile file) {
        return file.size() >= WORTH_COMPRESSING
                && MediaTypes.isCompressible(MediaTypes.of(name))
                && asked.field("Range").isEmpty()
                && asked.takesGzip();
    }

    private static Answer body(
            Exchange asked, String name, StoredFile file, boolean gzip, boolean ranged) {
        String type = MediaTypes.of(name);
        boolean inline = MediaTypes.isShown(type) && asked.query("save").isEmpty();
        var range =
                ranged && asked.method() == Method.GET
                        ? Ranges.of(asked.field("Range"), file.size())
                        : new Ranges.Wanted.All();
        var answer =
                switch (range) {
                    case Ranges.Wanted.All() -> all(shownType(type), file, gzip);
                    case Ranges.Wanted.Nothing() ->
                            Answer.text(Status.RANGE_NOT_SATISFIABLE, "")
                                    .with("Content-Range", "bytes */" + file.size());
                    case Ranges.Wanted.Parts(var parts) ->
                            parts.size() == 1
                                    ? one(shownType(type), file, parts.getFirst())
                                    : several(shownType(type), file, parts);
                };
        return answer.with(
                "Content-Disposition",
                inline ? Disposition.inline(name) : Disposition.attachment(name));
    }

    /// Text is taken for UTF-8 here, as people write it.
    private static String shownType(String type) {
        return type.startsWith("text/") ? type + "; charset=utf-8" : type;
    }

    private static Answer all(String type, StoredFile file, boolean gzip) {
        if (gzip)
            return Answer.of(Status.OK, new Answer.Body.Flow(type, -1, out -> compress(file, out)))
                    .with("Content-Encoding", "gzip");
        if (file.isAtHand() && file.size() <= AT_ONCE)
            return Answer.of(
                    Status.OK, new Answer.Body.Octets(type, octets(file, 0, (int) file.size())));
        return Answer.of(
                Status.OK,
                new Answer.Body.Flow(type, file.size(), out -> copy(file, 0, file.size(), out)));
    }

    private static Answer one(String type, Content file, Part part) {
        return Answer.of(
                        Status.PARTIAL_CONTENT,
                        new Answer.Body.Flow(
                                type,
                                part.length(),
                                out -> copy(file, part.offset(), part.length(), out)))
                .with("Content-Range", part.of(file.size()));
    }

    // RFC 9110 §14.6
    private static Answer several(String type, Content file, List<Part> parts) {
        String boundary = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        long length = end(boundary).length();
        for (var part : parts)
            length += head(boundary, type, part, file.size()).length() + part.length();
        return Answer.of(
                Status.PARTIAL_CONTENT,
                new Answer.Body.Flow(
                        "multipart/byteranges; boundary=" + boundary,
                        length,
                        out -> {
                            for (var part : parts) {
                                write(out, head(boundary, type, part, file.size()));
                                copy(file, part.offset(), part.length(), out);
                            }
                            write(out, end(boundary));
                        }));
    }

    private static String head(String boundary, String type, Part part, long size) {
        return "\r\n--"
                + boundary
                + "\r\nContent-Type: "
                + type
                + "\r\nContent-Range: "
                + part.of(size)
                + "\r\n\r\n";
    }

    private static String end(String boundary) {
        return "\r\n--" + boundary + "--\r\n";
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] octets(Content file, long offset, int length) {
        try (var in = file.read(offset, length)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new org.postroom.wire.Fault("reading a file", e);
        }
    }

    static void copy(Content file, long offset, long length, OutputStream out) throws IOException {
        byte[] piece = new byte[(int) Math.min(PIECE, Math.max(1, length))];
        try (var in = file.read(offset, length)) {
            for (int count = in.read(piece); count >= 0; count = in.read(piece))
                out.write(piece, 0, count);
        }
    }

    private static void compress(Content file, OutputStream out) throws IOException {
        try (var zipped = new GZIPOutputStream(out, PIECE)) {
            copy(file, 0, file.size(), zipped);
        }
    }
}
