package org.postroom.store;

import org.postroom.store.Refused.Reason;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The names that lead from the root of a file tree to a node: any legal UTF-8 without NUL, CR, LF and
/// `/`, kept as it came (TRAPS F22). `.` and `..` are resolved by arithmetic, never by looking; `..`
/// at the root stays there.
public record FilePath(List<String> names) {

    public static final FilePath ROOT = new FilePath(List.of());

    /// Octets of UTF-8 in one name.
    public static final int NAME_LIMIT = 255;

    /// Directories in one another.
    public static final int DEPTH_LIMIT = 128;

    public FilePath {
        names = List.copyOf(names);
    }

    /// From an absolute path, or one relative to here.
    ///
    /// @throws Refused BAD_NAME
    public FilePath resolve(String path) throws Refused {
        var walked = new ArrayList<>(path.startsWith("/") ? List.<String>of() : names);
        int at = 0;
        while (at < path.length()) {
            int end = path.indexOf('/', at);
            if (end < 0) end = path.length();
            step(walked, path.substring(at, end));
            at = end + 1;
        }
        return new FilePath(walked);
    }

    private static void step(List<String> walked, String name) throws Refused {
        switch (name) {
            case "", "." -> {}
            case ".." -> {
                if (!walked.isEmpty()) walked.removeLast();
            }
            default -> {
                if (walked.size() == DEPTH_LIMIT || !legal(name))
                    throw new Refused(Reason.BAD_NAME);
                walked.add(name);
            }
        }
    }

    private static boolean legal(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == 0 || c == '\r' || c == '\n') return false;
            if (Character.isHighSurrogate(c)
                    && i + 1 < name.length()
                    && Character.isLowSurrogate(name.charAt(i + 1))) i++;
            else if (Character.isSurrogate(c)) return false;
        }
        return name.getBytes(StandardCharsets.UTF_8).length <= NAME_LIMIT;
    }

    public boolean isRoot() {
        return names.isEmpty();
    }

    /// The last name, or nothing for the root.
    public String name() {
        return names.isEmpty() ? "" : names.getLast();
    }

    /// The root is its own parent.
    public FilePath parent() {
        return names.isEmpty() ? this : new FilePath(names.subList(0, names.size() - 1));
    }

    /// Whether it is another path or lies below it.
    public boolean isWithin(FilePath other) {
        int depth = other.names.size();
        return names.size() >= depth && names.subList(0, depth).equals(other.names);
    }

    /// Absolute, as PWD prints it.
    @Override
    public String toString() {
        return "/" + String.join("/", names);
    }
}
