package org.postroom.agent;

import java.nio.charset.StandardCharsets;

/// Names for files from what strangers call them: one level, nothing that a system or a shell would
/// take for more than a name.
final class FileNames {

    private static final int LONGEST = 120; // octets

    private FileNames() {}

    /// @param otherwise what it is called when nothing is left of the name
    static String safe(String name, String otherwise) {
        int slash = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'));
        var safe = new StringBuilder();
        name.substring(slash + 1)
                .codePoints()
                .forEach(c -> {
                    boolean fine =
                            Character.isLetterOrDigit(c)
                                    || Character.getType(c) == Character.NON_SPACING_MARK
                                    || " ._-+=,@()[]".indexOf(c) >= 0;
                    safe.appendCodePoint(fine ? c : '_');
                });
        int from = 0; // neither hidden, nor an option, nor a parent folder
        while (from < safe.length() && ".- ".indexOf(safe.charAt(from)) >= 0) from++;
        String kept = shortened(safe.substring(from).strip());
        return kept.isEmpty() || kept.chars().allMatch(c -> c == '_') ? otherwise : kept;
    }

    /// `~/` is the person's own folder.
    static String expanded(String name) {
        return name.startsWith("~/")
                ? System.getProperty("user.home", ".") + name.substring(1)
                : name;
    }

    /// The beginning, and the ending by which programs know it.
    private static String shortened(String name) {
        if (length(name) <= LONGEST) return name;
        int dot = name.lastIndexOf('.');
        String ending = dot > 0 && name.length() - dot <= 10 ? name.substring(dot) : "";
        String start = name.substring(0, name.length() - ending.length());
        while (!start.isEmpty() && length(start + ending) > LONGEST)
            start = start.substring(0, start.offsetByCodePoints(start.length(), -1));
        return start + ending;
    }

    private static int length(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
    }
}
