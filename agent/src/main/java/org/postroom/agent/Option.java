package org.postroom.agent;

/// What can be said to a verb besides its words. Help, the manual and completion read these rows.
public enum Option {
    // whose letters: with every verb
    ACCOUNT(
            "--account",
            "-A",
            "NAME",
            "Whose letters: an account of the file, a URL (imaps://ann@mail.example.org), or an"
                + " address whose domain tells where they are. Without it: the file's default."),
    HOME("--home", "", "DIR", "A Postroom on this machine, by its home; needs no password."),
    AS("--as", "", "ADDRESS", "Whose letters in that home."),
    FROM("--from", "", "ADDRESS", "Whom letters are from, where a URL does not say it."),
    SUBMISSION(
            "--submission",
            "",
            "URL",
            "Where letters are handed in: submissions://… Without it: the host of --account."),
    PASSWORD_COMMAND(
            "--password-command",
            "",
            "COMMAND",
            "A command whose first line of output is the password. Without it: it is asked for."),
    INSECURE(
            "--insecure",
            "",
            "",
            "Believe any certificate, and do without TLS where there is none. For scripts that know"
                    + " why."),
    MAILBOX("--mailbox", "-f", "MAILBOX", "The mailbox that is open. Without it: INBOX."),
    HELP("--help", "-h", "", "Show what a verb does."),

    // of letters that are written
    SUBJECT("--subject", "-s", "TEXT", "What it is about."),
    CC("--cc", "-c", "ADDRESS", "Who gets a copy."),
    BCC("--bcc", "-b", "ADDRESS", "Who gets a copy without the others' knowing."),
    ATTACH("--attach", "-a", "FILE", "A file to go along: PATH [TYPE/SUBTYPE] [; DESCRIPTION]."),
    ALL("--all", "", "", "To everybody who had it."),
    TO_LIST("--list", "", "", "To the list that it came by."),
    ATTACHED("--attached", "", "", "The letter itself goes along, not its text."),
    EACH("--each", "", "", "One letter for each recipient, who sees no other."),
    RECEIPT("--receipt", "", "", "Ask to be told when it is delivered, not only when it is not."),
    REQUIRE_TLS("--require-tls", "", "", "Go over no line in the clear."),
    PIECES("--pieces", "", "SIZE", "Go in pieces of at most so much: 500K, 2M."),
    DRAFT("--draft", "", "", "Keep it in Drafts instead of sending it."),

    SIGN("--sign", "", "", "Sign it with your key."),
    ENCRYPT("--encrypt", "", "", "Encrypt it, and sign it, for those whose keys you keep."),
    SMIME("--smime", "", "", "With --sign and --encrypt: by S/MIME, not OpenPGP."),

    // of letters that are read
    PART("--part", "-p", "PART", "One part, by its number in `parts`; `save` takes `all`, too."),
    RAW("--raw", "", "", "As it lies at the server."),
    JSON("--json", "", "", "For programs: a line a letter."),
    THREADS("--threads", "-t", "", "In the order of threads."),
    EVERY("--every", "", "", "All of the mailbox, not its last page.");

    /// With two hyphens.
    public final String word;

    /// With one hyphen, or empty.
    public final String letter;

    /// What its value is called; empty for one that has none.
    public final String label;

    public final String help;

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
