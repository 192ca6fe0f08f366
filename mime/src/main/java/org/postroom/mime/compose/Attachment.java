package org.postroom.mime.compose;

import org.postroom.mime.MediaType;
import org.postroom.mime.Source;

import java.io.IOException;

/// A file to go with a letter.
public final class Attachment {

    private Attachment() {}

    /// The part that carries this file; it arrives octet for octet.
    ///
    /// @param name the file's own name; folders before it are left out, whichever way their
    ///     separators lean
    public static Entity.Leaf of(String name, Source content) throws IOException {
        return of(name, content, type(name, content));
    }

    public static Entity.Leaf of(String name, Source content, MediaType type) {
        return new Entity.Leaf(type, Labels.attachment(own(name)), content);
    }

    /// A picture that a letter's HTML shows by `cid:` and this id (RFC 2392).
    public static Entity.Leaf inline(String name, Source content, String id) throws IOException {
        return new Entity.Leaf(type(name, content), Labels.inline(id).named(own(name)), content);
    }

    private static MediaType type(String name, Source content) throws IOException {
        try (var in = content.open()) {
            var type = FileType.of(name, in.readNBytes(FileType.BEGINNING));
            // a message could not be encoded, so as a file it is none
            return type.type().equals("message") ? MediaType.OPAQUE : type;
        }
    }

    private static String own(String name) {
        int slash = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'));
        String own = Clean.line(name.substring(slash + 1));
        return own.isEmpty() ? "unnamed" : own;
    }
}
