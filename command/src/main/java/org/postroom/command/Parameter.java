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
    SESSION_NUMBER("NUMBER", "", "all", "0.1", "The session's number, as `list` shows it, or all."),
    LIFE("--for", "TIME", "7d", "0.1", "How long the link serves: 7d, 12h."),
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
            "Letters follow (251); without it their senders are told the new address (551)."),

    // of OpenPGP, as the Stateless OpenPGP Command Line Interface calls them
    SUBCOMMAND("VERB", "", "", "0.1", "generate-key or encrypt."),
    USER_IDS("USERID...", "", "nobody", "0.1", "Whose it is: \"Ann <ann@example.org>\"."),
    KEYS(
            "KEYS...",
            "",
            "no key",
            "0.1",
            "Files with secret keys. " + "@ENV:NAME and @FD:3 name one elsewhere."),
    SIGNERS(
            "KEYS...",
            "",
            "",
            "0.1",
            "Files with the secret keys that sign. " + "@ENV:NAME and @FD:3 name one elsewhere."),
    CERTS("CERTS...", "", "", "0.1", "Files with certificates of those who may have signed."),
    RECIPIENTS(
            "CERTS...", "", "nobody", "0.1", "Files with certificates of those who may read it."),
    SIGNATURES("SIGNATURES", "", "", "0.1", "The file with the signatures."),
    NO_ARMOR("--no-armor", "", "", "0.1", "Octets, not text."),
    PROFILE(
            "--profile",
            "NAME",
            "",
            "0.1",
            "What it should be like; `pgp list-profiles` names them."),
    SIGNING_ONLY("--signing-only", "", "", "0.1", "Without a key that decrypts."),
    KEY_PASSWORD(
            "--with-key-password",
            "FILE...",
            "",
            "0.1",
            "A file with the passphrase of a key, or @ENV:NAME, @FD:3. Without it the terminal"
                    + " asks."),
    PASSWORD(
            "--with-password",
            "FILE...",
            "",
            "0.1",
            "A file with a password that opens the message."),
    SESSION_KEY("--with-session-key", "FILE...", "", "0.1", "A file with the message's own key."),
    SESSION_KEY_OUT(
            "--session-key-out", "FILE", "", "0.1", "Where the message's own key is written."),
    MICALG_OUT(
            "--micalg-out",
            "FILE",
            "",
            "0.1",
            "Where the hash's name is written, as a letter says it: pgp-sha512."),
    FORM(
            "--as",
            "FORM",
            "binary",
            "0.1",
            "binary, text (in UTF-8, whose line ends don't matter) or, with inline-sign,"
                    + " clearsigned."),
    SIGN_WITH("--sign-with", "KEYS...", "", "0.1", "A file with secret keys that sign it, too."),
    VERIFY_WITH(
            "--verify-with",
            "CERTS...",
            "",
            "0.1",
            "A file with certificates of those who may have signed."),
    VERIFICATIONS_OUT(
            "--verifications-out",
            "FILE",
            "",
            "0.1",
            "Where a line for each good signature is written."),
    SIGNATURES_OUT("--signatures-out", "FILE", "", "0.1", "Where the signatures are written."),
    NOT_BEFORE("--not-before", "DATE", "", "0.1", "Signatures from before this don't count."),
    NOT_AFTER("--not-after", "DATE", "now", "0.1", "Signatures from after this don't count."),
    VERIFY_NOT_BEFORE(
            "--verify-not-before", "DATE", "", "0.1", "Signatures from before this don't count."),
    VERIFY_NOT_AFTER(
            "--verify-not-after", "DATE", "now", "0.1", "Signatures from after this don't count."),
    BACKEND("--backend", "", "", "0.1", "What does the cryptography."),
    EXTENDED("--extended", "", "", "0.1", "All that there is to say."),
    SOP_SPEC("--sop-spec", "", "", "0.1", "Which specification this follows."),

    // of S/MIME
    KEY_FILE("KEY", "", "", "0.1", "A file with a private key."),
    KEY_FILES(
            "KEY...",
            "",
            "",
            "0.1",
            "Files with private keys and their certificates: PEM, PKCS#12."),
    CERT_FILES("CERT...", "", "", "0.1", "Files with the certificates of those who may read it."),
    SHOWN("FILE", "", "", "0.1", "A file with certificates."),
    ADDRESSES("ADDRESS...", "", "", "0.1", "The e-mail addresses that it is for."),
    CALLED("--name", "TEXT", "", "0.1", "Who it is, in words; without it the first address."),
    OPAQUE("--opaque", "", "", "0.1", "One message with what is signed in it."),
    SIGNATURE("--signature", "FILE", "", "0.1", "The signature, where it stands apart."),
    TRUST("--trust", "FILE...", "", "0.1", "A file with certificates of whom to believe."),
    REVOKED("--revocations", "FILE...", "", "0.1", "A list of revoked certificates (CRL)."),
    SENDER("--from", "ADDRESS", "", "0.1", "Whose signature it has to be."),
    CBC("--cbc", "", "", "0.1", "For programs that know no authenticated encryption."),
    DAYS("--days", "N", "730", "0.1", "For how many days."),
    AUTHORITY("FOLDER", "", "", "0.1", "Where the authority keeps its key and its list."),
    ORGANISATION("NAME", "", "", "0.1", "What the authority is called."),
    REQUEST("REQUEST", "", "", "0.1", "A file with a request, as `smime request` makes it."),
    SERIAL("SERIAL", "", "", "0.1", "The certificate's number, as `smime ca list` shows it.");

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

    /// Whether it is several words, or an option that may be said more than once.
    public boolean isMany() {
        return spelling.endsWith("...") || label.endsWith("...");
    }
}
