package org.postroom.mime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A message's parts in a row, each with its depth and the number by which IMAP names it (RFC 9051
/// §6.4.5.1): what a listing of parts is.
public final class Outline {

    /// One part.
    ///
    /// @param section `2.1`; the message's own multipart, and that of a message within, have no
    ///     number, and are `TEXT` and `2.TEXT`
    /// @param depth 0 for the message
    public record Entry(String section, int depth, Part part) {}

    private final List<Entry> entries = new ArrayList<>();

    private Outline() {}

    public static List<Entry> of(Part message) {
        var outline = new Outline();
        outline.message("", 0, message);
        return outline.entries;
    }

    /// The part that a section names, in any case.
    public static Optional<Part> part(Part message, String section) {
        for (var entry : of(message))
            if (entry.section().equalsIgnoreCase(section)) return Optional.of(entry.part());
        return Optional.empty();
    }

    private void message(String prefix, int depth, Part root) {
        if (root.isMultipart()) {
            entries.add(new Entry(join(prefix, "TEXT"), depth, root));
            children(prefix, depth, root);
        } else part(join(prefix, "1"), depth, root);
    }

    private void part(String section, int depth, Part part) {
        entries.add(new Entry(section, depth, part));
        if (part.isMessage()) message(section, depth + 1, part.children().getFirst());
        else children(section, depth, part);
    }

    private void children(String section, int depth, Part part) {
        for (int i = 0; i < part.children().size(); i++)
            part(join(section, Integer.toString(i + 1)), depth + 1, part.children().get(i));
    }

    private static String join(String prefix, String last) {
        return prefix.isEmpty() ? last : prefix + "." + last;
    }
}
