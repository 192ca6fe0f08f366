package org.postroom.server.ftp;

/// A name with `*`, `?` and `[…]` in it, as LIST and NLST are asked with it by those who expect a shell
/// there. It is tried only where nothing has the name as it stands (TRAPS F22, F23). Matching goes back to
/// the latest `*` only, so it takes no longer than the product of both lengths.
final class Pattern {

    private final String pattern;

    private Pattern(String pattern) {
        this.pattern = pattern;
    }

    static boolean is(String name) {
        return name.indexOf('*') >= 0 || name.indexOf('?') >= 0 || name.indexOf('[') >= 0;
    }

    static Pattern of(String pattern) {
        return new Pattern(pattern);
    }

    boolean fits(String name) {
        int at = 0;
        int in = 0;
        int star = -1;
        int behindStar = 0;
        while (in < name.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                behindStar = in;
            } else if (at < pattern.length() && one(at, name.charAt(in))) {
                at = next(at);
                in++;
            } else if (star >= 0) {
                at = star + 1;
                in = ++behindStar;
            } else return false;
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') at++;
        return at == pattern.length();
    }

    /// Where the set that begins here ends, or -1: then `[` means itself.
    private int close(int at) {
        return pattern.charAt(at) == '[' ? pattern.indexOf(']', at + 2) : -1;
    }

    private int next(int at) {
        int close = close(at);
        return close < 0 ? at + 1 : close + 1;
    }

    private boolean one(int at, char c) {
        if (pattern.charAt(at) == '?') return true;
        int close = close(at);
        if (close < 0) return pattern.charAt(at) == c;
        boolean not = pattern.charAt(at + 1) == '!' || pattern.charAt(at + 1) == '^';
        for (int i = not ? at + 2 : at + 1; i < close; i++) {
            boolean range = i + 2 < close && pattern.charAt(i + 1) == '-';
            if (c >= pattern.charAt(i) && c <= pattern.charAt(range ? i + 2 : i)) return !not;
            if (range) i += 2;
        }
        return not;
    }
}
