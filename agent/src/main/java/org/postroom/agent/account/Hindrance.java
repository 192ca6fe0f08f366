package org.postroom.agent.account;

/// What was asked for can't be done, in words for the person who asked. Never has a secret in it.
public final class Hindrance extends Exception {

    private static final long serialVersionUID = 1;

    /// What kind of trouble it is, with sysexits.h's number for scripts.
    public enum Kind {
        USAGE(64, "Called in a wrong way."),
        NOT_SO(65, "What was asked about is not so, or not there; or the server said no."),
        UNREACHABLE(69, "The server can't be reached, or left."),
        SYSTEM(74, "The system did not let us: a file, a program."),
        LATER(75, "Kept, to be tried again."),
        NOT_ALLOWED(77, "Not signed in, or not to be trusted."),
        CONFIGURATION(78, "The file of accounts has an error, or nothing tells whose letters.");

        public final int exit;

        /// For the manual.
        public final String words;

        Kind(int exit, String words) {
            this.exit = exit;
            this.words = words;
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
