package org.postroom.command;

/// What the verbs take: an option when the spelling begins with two dashes, else an argument. An
/// option without a label is a flag.
public enum Parameter {
    HOME(
            "--home",
            "DIR",
            "",
            "0.1",
            "The home: configuration, accounts, letters and files. Without it $POSTROOM_HOME, else"
                    + " ./home."),
    LISTEN(
            "--listen",
            "ADDRESS",
            "",
            "0.1",
            "The address to listen at, instead of [server] listen: 0.0.0.0 or :: for all of this"
                    + " machine's."),
    PORT_OFFSET(
            "--port-offset",
            "N",
            "",
            "0.1",
            "Added to each well-known port number, instead of [server] port-offset: 0 in"
                    + " production."),
    JSON("--json", "", "", "0.1", "Answer in JSON, on one line."),
    PASSWORD_STDIN(
            "--password-stdin",
            "",
            "",
            "0.1",
            "Read the password from standard input, one line; without it the terminal asks."),
    OLDER_THAN(
            "--older-than",
            "AGE",
            "1d",
            "0.1",
            "What is younger stays: a number and s, m, h or d; 0 leaves nothing that is not in"
                    + " use."),
    LETTERS("COUNT", "", "", "0.1", "How many letters; 0 for no limit."),
    MAIL_URL(
            "URL",
            "",
            "",
            "0.1",
            "Where the letters are: imaps://user@host, or imap:// to this machine. What is no"
                    + " letter or figure in a user's name is written as in a web address: %40 for"
                    + " @."),
    WITHIN(
            "--within",
            "AGE",
            "1d",
            "0.1",
            "How long ago at most it went: a number and s, m, h or d."),
    WATCH("--watch", "", "", "0.1", "Show it again and again, until interrupted."),
    PROTOCOL(
            "--protocol",
            "NAME",
            "",
            "0.1",
            "Only connections of this kind, as `serve` and `status` call it: smtp, imaps, ftp."),
    FOR("--for", "TIME", "60s", "0.1", "How long to listen: a number and s, m, h or d."),
    EXIT("--exit", "", "", "0.1", "End after the last step instead of staying up."),
    TEXT("--text", "", "", "0.1", "Show its text, as a person reads it, instead of its parts."),
    OUT("--out", "FILE", "", "0.1", "Write to this file; without it to standard output."),
    RAW("--raw", "", "", "0.1", "As it stands in the message, not decoded."),
    FILE("FILE", "", "", "0.1", "A message in a file, or - for standard input."),
    PART("PART", "", "", "0.1", "The part's number, as `mime parts` lists it: 2, or 1.3."),
    ADDRESS("ADDRESS", "", "", "0.1", "The account's address, which is its user name."),
    QUEUE_ID("ID", "", "", "0.1", "The letter's name, as `queue list` shows it."),
    QUEUED("WHAT", "", "all", "0.1", "A letter's name, a domain, or all."),
    PROVIDER("HOST", "", "all", "0.1", "One of those servers, or all."),
    LABEL("LABEL", "", "a program", "0.1", "What the app password is for."),
    NUMBER("NUMBER", "", "", "0.1", "The app password's number, as `list` shows it."),
    SIZE(
            "SIZE",
            "",
            "",
            "0.1",
            "Such as 5GiB or 500MiB; none for no limit; standard for the server's own, [store]"
                    + " quota."),
    DOMAIN("DOMAIN", "", "", "0.1", "A domain that letters are taken for."),
    ALIAS("ALIAS", "", "", "0.1", "The address that stands for others."),
    MEMBERS("MEMBER...", "", "", "0.1", "The addresses it stands for, here or elsewhere."),
    ALIAS_OF(
            "--alias-of",
            "DOMAIN",
            "",
            "0.1",
            "Make it another name for this domain of ours: who is anna there is anna here."),
    PLACE("PLACE", "", "", "0.1", "An account and a path: anna@example.org:/reports/may.txt."),
    SESSION("SESSION", "", "", "0.1", "What `sessions list` shows first."),
    LOCAL_FILE(
            "FILE",
            "",
            "",
            "0.1",
            "A file of this machine; where it is a folder, the file in it has the other's name."),
    LOCAL_FOLDER("FOLDER", "", "", "0.1", "A folder of this machine."),
    RECURSIVE("--recursive", "", "", "0.1", "A directory with all that is in it."),
    WHEN(
            "--when",
            "TIME",
            "",
            "0.1",
            "When the version was replaced, as `files versions` shows it; without it the latest."),
    LETTER(
            "LETTER",
            "",
            "",
            "0.1",
            "Its Message-ID, or what it was accepted as (`250 Accepted as ...`)."),
    LIST("LIST", "", "", "0.1", "The list's address."),
    OWNER(
            "OWNER",
            "",
            "",
            "0.1",
            "Who answers for the list, and hears what can't be delivered: letters to LIST-owner and"
                    + " LIST-request."),
    MEMBERS_ONLY(
            "--members-only", "", "", "0.1", "Only members and the owner may write to the list."),
    SHELL("SHELL", "", "", "0.1", "bash or zsh."),
    TITLE("--title", "TEXT", "", "0.1", "What the list is about, in a few words."),
    TO("NEW-ADDRESS", "", "", "0.1", "The address that is right now, here or elsewhere."),
    FORWARD(
            "--forward",
            "",
            "",
            "0.1",
            "Letters follow (251); without it their senders are told the new address (551).");

    /// As it is written.
    public final String spelling;

    /// What an option's value is called; empty for a flag.
    public final String label;

    /// What holds when an option is left out; empty where its help says so.
    public final String byDefault;

    /// The release that has it first.
    public final String since;

    public final String help;

    Parameter(String spelling, String label, String byDefault, String since, String help) {
        this.spelling = spelling;
        this.label = label;
        this.byDefault = byDefault;
        this.since = since;
        this.help = help;
    }

    public boolean isOption() {
        return spelling.startsWith("--");
    }

    public boolean isFlag() {
        return isOption() && label.isEmpty();
    }

    public boolean isMany() {
        return spelling.endsWith("...");
    }
}
