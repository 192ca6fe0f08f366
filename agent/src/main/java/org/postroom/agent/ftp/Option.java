package org.postroom.agent.ftp;

/// What can be said to a verb besides its words. Help, the manual and completion read these rows.
enum Option {
    // of every connection
    TLS("--tls", "", "", "Go on only under TLS. Without it: TLS where the server offers it."),
    PLAIN(
            "--plain",
            "",
            "",
            "Send a password in the clear where the server offers no TLS. Without it: only after a"
                    + " yes; a guest's, and to this very machine, as it is."),
    INSECURE("--insecure", "", "", "Believe any certificate. For scripts that know why."),
    ACTIVE("--active", "", "", "The server opens the data connections. Without it: we do."),
    TIMEOUT("--timeout", "", "SECONDS", "How long a server may say nothing. Without it: 180."),
    PASSWORD_COMMAND(
            "--password-command",
            "",
            "COMMAND",
            "A command whose first line of output is the password. Without it: ~/.netrc, or it is"
                    + " asked for."),
    KEYRING("--keyring", "", "", "The system's keyring knows the password, as of user@host."),
    LIMIT("--limit", "", "SIZE", "At most so much a second, in all: 500K, 2M."),
    VERBOSE("--verbose", "-v", "", "Show what is said and answered."),
    JSON("--json", "", "", "For programs: a line a file."),
    HELP("--help", "-h", "", "Show what a verb does."),

    // of transfers
    OUT("--out", "-o", "FILE", "What it is called here."),
    CONTINUE("--continue", "-c", "", "Go on with what is there of it."),
    SEGMENTS("--segments", "-n", "NUMBER", "In so many pieces at once, by a connection each."),
    PARALLEL("--parallel", "-P", "NUMBER", "So many transfers at once, by a connection each."),
    VERIFY(
            "--verify",
            "",
            "",
            "Compare hashes where the server has them. Without it: sizes, and hashes of what was"
                    + " put together from pieces."),
    ASCII("--ascii", "-a", "", "As a text: line ends as each system has them."),
    RECURSIVE("--recursive", "-r", "", "Folders, too, with all that is in them."),

    // of mirrors
    REVERSE("--reverse", "-R", "", "From here to the server."),
    DELETE("--delete", "-e", "", "Remove what the source has not; at the prompt after a yes."),
    DRY_RUN("--dry-run", "", "", "Only tell what would be done.");

    /// With two hyphens.
    final String word;

    /// With one hyphen, or empty.
    final String letter;

    /// What its value is called; empty for one that has none.
    final String label;

    final String help;

    Option(String word, String letter, String label, String help) {
        this.word = word;
        this.letter = letter;
        this.label = label;
        this.help = help;
    }

    /// Whether every verb takes it.
    boolean isCommon() {
        return compareTo(HELP) <= 0;
    }
}
