package org.postroom.agent.ftp;

/// Patterns of names as shells have them: `*` for any characters, `?` for one. In time of the name's length
/// times the pattern's at most.
record Glob(String pattern) {

    static boolean isPattern(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
    }

    /// As in shells, a name that begins with a dot is matched by a dot only.
    boolean matches(String name) {
        if (name.startsWith(".") && !pattern.startsWith(".")) return false;
        int at = 0;
        int in = 0;
        int star = -1;
        int resume = 0;
        while (at < name.length()) {
            if (in < pattern.length() && pattern.charAt(in) == '*') {
                star = in++;
                resume = at;
            } else if (in < pattern.length()
                    && (pattern.charAt(in) == '?' || pattern.charAt(in) == name.charAt(at))) {
                in++;
                at++;
            } else if (star >= 0) {
                in = star + 1;
                at = ++resume;
            } else return false;
        }
        while (in < pattern.length() && pattern.charAt(in) == '*') in++;
        return in == pattern.length();
    }
}
