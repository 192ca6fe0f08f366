package org.postroom.agent;

import org.postroom.agent.access.Access;
import org.postroom.agent.access.Fetched;
import org.postroom.agent.access.Row;
import org.postroom.agent.account.Hindrance;
import org.postroom.mime.Decoding;
import org.postroom.mime.Outline;
import org.postroom.mime.Part;
import org.postroom.mime.Source;
import org.postroom.mime.render.Visible;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// One part of a letter, wherever it lies.
record Piece(String section, Part part, Source encoded) {

    static Piece of(Access access, Row row, Fetched fetched, String section) throws Hindrance {
        var part = Outline.part(fetched.summary().root(), section);
        if (part.isEmpty() || part.get().isMultipart())
            throw Hindrance.notSo(
                    "Letter "
                            + row.number()
                            + " has no part "
                            + Visible.line(section, 60)
                            + "; `parts` lists them.");
        Source encoded =
                fetched.absent().containsKey(section)
                        ? access.fetchPart(row, section)
                        : fetched.source().slice(part.get().body());
        return new Piece(section, part.get(), encoded);
    }

    InputStream decoded() throws IOException {
        return Decoding.of(new BufferedInputStream(encoded.open()), part.encoding());
    }

    /// `image/png`
    String type() {
        return part.type().type() + "/" + part.type().subtype();
    }

    /// A name to save it by, which has nothing of a path in it.
    String name() {
        String ending =
                switch (type()) {
                    case "text/plain" -> ".txt";
                    case "text/html" -> ".html";
                    case "message/rfc822" -> ".eml";
                    default -> "";
                };
        String otherwise = "part-" + section + ending;
        return FileNames.safe(part.fileName().orElse(""), otherwise);
    }

    /// Writes it to a file that was not there, or into a folder.
    ///
    /// @return the file
    Path save(Path to) throws Hindrance {
        var file = Files.isDirectory(to) ? to.resolve(name()) : to;
        try (var in = decoded();
                var out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
            in.transferTo(out);
            return file;
        } catch (FileAlreadyExistsException there) {
            throw Hindrance.notSo(file + " is there already; name another.");
        } catch (IOException e) {
            throw Hindrance.system(file.toString(), e);
        }
    }
}
