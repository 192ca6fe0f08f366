package org.postroom.imap;

import java.util.Locale;

/// What LIST and LSUB look for: a reference, and a pattern in which `*` stands for anything and `%`
/// for anything within one level. RFC 3501 §6.3.8: the reference is put before the pattern.
public record MailboxPattern(String reference, String pattern) {

    /// @param utf8 whether both are UTF-8, or modified UTF-7
    static MailboxPattern decode(String reference, String pattern, boolean utf8) throws Refusal {
        return new MailboxPattern(
                MailboxName.canonical(utf8 ? reference : decoded(reference)),
                MailboxName.canonical(utf8 ? pattern : decoded(pattern)));
    }

    /// What is no modified UTF-7 names nothing, and is no error either.
    private static String decoded(String text) {
        try {
            return ModifiedUtf7.decode(text);
        } catch (Refusal none) {
            return text;
        }
    }

    /// An empty pattern asks for the hierarchy's delimiter only (RFC 3501 §6.3.8).
    public boolean isEmpty() {
        return pattern.isEmpty();
    }

    /// What tells names that match, made once for many of them.
    public Matcher matcher() {
        return new Matcher(reference + pattern);
    }

    /// A pattern as a set of states, 64 to a word, so that a name takes one step a character
    /// whatever the pattern (TRAPS T32). State i: the first i tokens have matched.
    public static final class Matcher {

        private final String tokens; // of wildcards that follow each other, the wider is left
        private final int words;
        private final long[] any; // tokens that are *
        private final long[] level; // tokens that are %

        Matcher(String pattern) {
            tokens = merged(pattern);
            words = tokens.length() / 64 + 1;
            any = where('*');
            level = where('%');
        }

        public boolean matches(String name) {
            if (name.equals("INBOX") && !tokens.equals(tokens.toUpperCase(Locale.ROOT)))
                return new Matcher(tokens.toUpperCase(Locale.ROOT)).matches(name);
            var states = new long[words];
            states[0] = 1;
            skipWildcards(states);
            for (int i = 0; i < name.length(); i++) states = step(states, name.charAt(i));
            return isSet(states, tokens.length());
        }

        private long[] step(long[] states, char c) {
            var next = new long[words];
            for (int i = 0; i < words; i++) {
                next[i] |= states[i] & any[i];
                if (c != '/') next[i] |= states[i] & level[i];
                for (long left = states[i] & ~any[i] & ~level[i]; left != 0; left &= left - 1) {
                    int token = i * 64 + Long.numberOfTrailingZeros(left);
                    if (token < tokens.length() && tokens.charAt(token) == c) set(next, token + 1);
                }
            }
            skipWildcards(next);
            return next;
        }

        /// A wildcard may stand for nothing. No two follow each other, so one step is enough.
        private void skipWildcards(long[] states) {
            for (int i = words - 1; i >= 0; i--) {
                long wild = states[i] & (any[i] | level[i]);
                states[i] |= wild << 1;
                if (wild < 0) states[i + 1] |= 1;
            }
        }

        private long[] where(char wildcard) {
            var set = new long[words];
            for (int i = 0; i < tokens.length(); i++) if (tokens.charAt(i) == wildcard) set(set, i);
            return set;
        }

        private static void set(long[] states, int state) {
            states[state / 64] |= 1L << state % 64;
        }

        private static boolean isSet(long[] states, int state) {
            return (states[state / 64] & 1L << state % 64) != 0;
        }

        private static String merged(String pattern) {
            var tokens = new StringBuilder();
            for (int i = 0; i < pattern.length(); i++) {
                char c = pattern.charAt(i);
                int last = tokens.length() - 1;
                boolean follows = last >= 0 && isWild(c) && isWild(tokens.charAt(last));
                if (!follows) tokens.append(c);
                else if (c == '*') tokens.setCharAt(last, c);
            }
            return tokens.toString();
        }

        private static boolean isWild(char c) {
            return c == '*' || c == '%';
        }
    }
}
