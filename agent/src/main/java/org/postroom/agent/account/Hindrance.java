package org.postroom.agent.account;

/// What was asked for can't be done, in words for the person who asked. Never has a secret in it.
public final class Hindrance extends Exception {

    private static final long serialVersionUID = 1;

    /// What kind of trouble it is, with sysexits.h's number for scripts.
    public enum Kind {
        /// Called in a wrong way.
        USAGE(64),
        /// What was asked about is not so, or not there; the server said no.
        NOT_SO(65),
        /// The server can't be reached, or left.
        UNREACHABLE(69),
        /// The system did not let us: a file, a program.
        SYSTEM(74),
        /// Kept, to be tried again.
        LATER(75),
        /// Not signed in, or not to be trusted.
        NOT_ALLOWED(77),
        /// The file of accounts.
        CONFIGURATION(78);

        public final int exit;

        Kind(int exit) {
            this.exit = exit;
        }
    }

    private final Kind kind;

    public Hindrance(Kind kind, String why) {
        super(why, null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /// The words.
    public String why() {
        return String.valueOf(getMessage());
    }

    public static Hindrance notSo(String why) {
        return new Hindrance(Kind.NOT_SO, why);
    }

    public static Hindrance usage(String why) {
        return new Hindrance(Kind.USAGE, why);
    }

    /// A file or a program that would not.
    public static Hindrance system(String what, java.io.IOException e) {
        String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return new Hindrance(Kind.SYSTEM, what + ": " + why);
    }
}
