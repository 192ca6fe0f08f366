package org.postroom.server.http;

import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;
import org.postroom.http.Status;
import org.postroom.store.FilePath;
import org.postroom.store.Refused;
import org.postroom.store.Upload;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Files that a form brings (`multipart/form-data`, RFC 7578): each becomes a file of the directory when it
/// is whole. The session's token stands before them; nothing is taken without it.
final class FormUpload implements MultiPart.Parser.Listener {

    private static final int PIECE = 64 << 10;
    private static final int MOST = 1_000; // parts
    private static final int LONGEST_FIELD = 4 << 10;

    private final Shelf shelf;
    private final FilePath directory;
    private boolean trusted;
    private String disposition = "";
    private @Nullable Upload file;
    private final ByteArrayOutputStream field = new ByteArrayOutputStream();

    // what a listener can't throw
    private @Nullable Refused refused;
    private @Nullable Refusal refusal;

    private FormUpload(Shelf shelf, FilePath directory) {
        this.shelf = shelf;
        this.directory = directory;
        this.trusted = shelf.who().flatMap(Signed::session).isEmpty();
    }

    static void take(Exchange asked, Shelf shelf, FilePath directory)
            throws Refusal, Refused, IOException {
        String boundary = MultiPart.extractBoundary(asked.field("Content-Type").orElse(""));
        if (boundary == null) throw new Refusal(Status.BAD_REQUEST, "no-form");
        var taking = new FormUpload(shelf, directory);
        try {
            taking.all(asked, boundary);
        } finally {
            taking.drop();
        }
    }

    private void all(Exchange asked, String boundary) throws Refusal, Refused, IOException {
        var parser = new MultiPart.Parser(boundary, this);
        parser.setMaxParts(MOST);
        byte[] piece = new byte[PIECE];
        try (var in = asked.body()) {
            int count;
            do {
                count = in.read(piece);
                var octets = ByteBuffer.wrap(piece, 0, Math.max(0, count));
                parser.parse(Content.Chunk.from(octets, count < 0));
                if (refused != null) throw refused;
                if (refusal != null) throw refusal;
            } while (count >= 0);
        }
    }

    private void drop() {
        var open = file;
        file = null;
        if (open != null) open.close();
    }

    @Override
    public void onPartBegin() {
        disposition = "";
        field.reset();
    }

    @Override
    public void onPartHeader(String name, String value) {
        if (name.toLowerCase(Locale.ROOT).equals("content-disposition")) disposition = value;
    }

    @Override
    public void onPartHeaders() {
        String name = parameter("filename");
        if (name.isEmpty() || refused != null || refusal != null) return;
        if (!trusted) {
            refusal = new Refusal(Status.FORBIDDEN, "from-elsewhere");
            return;
        }
        try {
            file = shelf.files().upload(free(last(name)), new Upload.Place.Whole());
        } catch (Refused not) {
            refused = not;
        }
    }

    /// Where what is there may not change, a file whose name is taken gets another.
    private FilePath free(String name) throws Refused {
        var path = FileForms.child(directory, name);
        if (shelf.may(Shelf.Right.CHANGE)) return path;
        int dot = name.lastIndexOf('.');
        if (dot <= 0) dot = name.length();
        for (int i = 2; i < MOST && Files.there(shelf, path).isPresent(); i++)
            path =
                    FileForms.child(
                            directory,
                            name.substring(0, dot) + " (" + i + ")" + name.substring(dot));
        if (Files.there(shelf, path).isPresent()) throw new Refused(Refused.Reason.NAME_TAKEN);
        return path;
    }

    /// Some browsers say the path that the file had at home.
    private static String last(String name) {
        return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    }

    // RFC 7578 §4.2; browsers write a quote as %22, as the HTML standard says
    private String parameter(String which) {
        String start = which + "=\"";
        int at = disposition.indexOf(start);
        while (at > 0 && disposition.charAt(at - 1) != ' ' && disposition.charAt(at - 1) != ';')
            at = disposition.indexOf(start, at + 1);
        if (at < 0) return "";
        int end = disposition.indexOf('"', at + start.length());
        if (end < 0) return "";
        return disposition
                .substring(at + start.length(), end)
                .replace("%22", "\"")
                .replace("%0D", "")
                .replace("%0A", "");
    }

    @Override
    public void onPartContent(Content.Chunk chunk) {
        var octets = chunk.getByteBuffer();
        byte[] piece = new byte[octets.remaining()];
        octets.get(piece);
        if (refused != null || refusal != null) return;
        var open = file;
        try {
            if (open != null) open.write(piece, 0, piece.length);
            else if (field.size() + piece.length <= LONGEST_FIELD) field.writeBytes(piece);
        } catch (Refused not) {
            refused = not;
        }
    }

    @Override
    public void onPartEnd() {
        var open = file;
        if (refused != null || refusal != null) return;
        if (open == null) {
            end();
            return;
        }
        try {
            open.commit();
        } catch (Refused not) {
            refused = not;
        } finally {
            drop();
        }
    }

    private void end() {
        if (!parameter("name").equals("csrf") || shelf.who().isEmpty()) return;
        try {
            SignIn.demandToken(
                    shelf.who().get(), new String(field.toByteArray(), StandardCharsets.UTF_8));
            trusted = true;
        } catch (Refusal wrong) {
            refusal = wrong;
        }
    }

    @Override
    public void onFailure(Throwable failure) {
        if (refusal == null && refused == null)
            refusal = new Refusal(Status.BAD_REQUEST, "no-form");
    }
}
