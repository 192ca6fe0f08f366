package org.postroom.server.http;

import org.postroom.http.Status;
import org.postroom.server.http.Shelf.Right;
import org.postroom.store.FilePath;
import org.postroom.store.Refused;

import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/// What a page's forms do to a shelf's files, for browsers without script: upload, make a directory,
/// rename, remove. After it the browser looks at the directory anew.
final class FileForms {

    private FileForms() {}

    static Answer post(Exchange asked, Shelf shelf, FilePath directory)
            throws Refusal, Refused, IOException {
        if (!shelf.may(Right.ADD)) throw SignIn.methods("GET, HEAD, OPTIONS");
        String type = asked.field("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (type.startsWith("multipart/form-data")) FormUpload.take(asked, shelf, directory);
        else act(asked, shelf, directory);
        return Answer.see(asked.path());
    }

    private static void act(Exchange asked, Shelf shelf, FilePath directory)
            throws Refusal, Refused, IOException {
        if (!shelf.may(Right.CHANGE)) throw SignIn.methods("GET, HEAD, OPTIONS");
        var form = asked.form();
        if (shelf.who().isPresent()) SignIn.demandToken(shelf.who().get(), form.get("csrf"));
        var files = shelf.files();
        switch (form.get("action")) {
            case "make-directory" -> files.makeDirectory(child(directory, form.get("to")));
            case "rename" ->
                    files.rename(
                            child(directory, form.get("name")), child(directory, form.get("to")));
            case "restore" ->
                    files.restore(
                            child(directory, form.get("name")), replaced(form.get("replaced")));
            case "remove" -> {
                for (var name : form.all("name")) remove(shelf, child(directory, name));
            }
            default -> throw new Refusal(Status.UNPROCESSABLE_CONTENT, "no-form");
        }
    }

    private static Instant replaced(String text) throws Refusal {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException noDate) {
            throw new Refusal(Status.UNPROCESSABLE_CONTENT, "no-form");
        }
    }

    private static void remove(Shelf shelf, FilePath path) throws Refused {
        if (shelf.files().resolve(path).isDirectory()) shelf.files().removeTree(path, () -> false);
        else shelf.files().removeFile(path);
    }

    /// One name in a directory, and no path.
    static FilePath child(FilePath directory, String name) throws Refused {
        boolean one =
                !name.isBlank() && name.indexOf('/') < 0 && !name.equals(".") && !name.equals("..");
        if (!one) throw new Refused(Refused.Reason.BAD_NAME);
        return directory.resolve("./" + name);
    }
}
