package org.postroom.agent.ftp;

import static org.postroom.agent.ftp.Option.ASCII;
import static org.postroom.agent.ftp.Option.CONTINUE;
import static org.postroom.agent.ftp.Option.DELETE;
import static org.postroom.agent.ftp.Option.DRY_RUN;
import static org.postroom.agent.ftp.Option.OUT;
import static org.postroom.agent.ftp.Option.PARALLEL;
import static org.postroom.agent.ftp.Option.RECURSIVE;
import static org.postroom.agent.ftp.Option.REVERSE;
import static org.postroom.agent.ftp.Option.SEGMENTS;
import static org.postroom.agent.ftp.Option.VERIFY;

import java.util.List;
import java.util.Optional;

/// What one can tell the agent, at the prompt and in scripts. Help, the manual, completion and the commands
/// read these rows; there is no second list.
enum Verb {
    // for scripts, too: with URLs
    GET(
            "get",
            "",
            "FILE [LOCAL] | URL... [FOLDER]",
            Words.REMOTE,
            "Fetches a file.",
            OUT,
            CONTINUE,
            SEGMENTS,
            PARALLEL,
            VERIFY,
            ASCII,
            RECURSIVE),
    PUT(
            "put",
            "send",
            "FILE [REMOTE] | FILE... URL",
            Words.LOCAL,
            "Stores a file.",
            CONTINUE,
            PARALLEL,
            VERIFY,
            ASCII,
            RECURSIVE),
    LS("ls", "dir list", "[PATH | URL]", Words.REMOTE, "Lists a directory."),
    MIRROR(
            "mirror",
            "",
            "SOURCE [TARGET]",
            Words.REMOTE,
            "Makes a folder here what a directory there is, or with --reverse the other way round;"
                + " one of them is a URL in scripts. What is there, as long and not older, is left"
                + " alone.",
            REVERSE,
            DELETE,
            DRY_RUN,
            PARALLEL,
            CONTINUE,
            VERIFY),
    CAT("cat", "", "FILE... | URL...", Words.REMOTE, "Shows files as they are.", ASCII),
    RM(
            "rm",
            "delete dele",
            "FILE... | URL...",
            Words.REMOTE,
            "Removes files; with --recursive directories, too.",
            RECURSIVE),
    MKDIR("mkdir", "", "PATH... | URL...", Words.REMOTE, "Makes directories."),
    DU("du", "", "[PATH | URL]", Words.REMOTE, "Counts the octets below a directory."),

    // where one is
    OPEN("open", "", "URL | HOST [PORT]", Words.NONE, "Goes to a server."),
    USER("user", "", "NAME", Words.NONE, "Signs in as somebody else."),
    CLOSE("close", "disconnect", "", Words.NONE, "Leaves the server."),
    CD("cd", "cwd", "[PATH]", Words.REMOTE, "Goes to a directory; .. is the one above."),
    PWD("pwd", "", "", Words.NONE, "Says where one is."),
    LCD("lcd", "", "[FOLDER]", Words.LOCAL, "Goes to a folder here."),
    LPWD("lpwd", "", "", Words.NONE, "Says in which folder one is here."),
    LLS("lls", "", "[FOLDER]", Words.LOCAL, "Lists a folder here."),

    // looking
    NLIST("nlist", "nls", "[PATH]", Words.REMOTE, "Lists names alone."),
    MORE("more", "less page", "FILE", Words.REMOTE, "Shows a file a screen at a time."),
    FIND("find", "", "[PATH]", Words.REMOTE, "Lists all that is below a directory."),
    SIZE("size", "", "FILE...", Words.REMOTE, "Says how many octets a file has."),
    MODTIME("modtime", "mdtm", "FILE...", Words.REMOTE, "Says when a file was changed."),
    HASH(
            "hash",
            "",
            "[FILE...]",
            Words.REMOTE,
            "Says what files hash to; alone, turns the progress line on or off."),

    // moving
    MGET(
            "mget",
            "",
            "PATTERN...",
            Words.REMOTE,
            "Fetches the files that patterns name.",
            PARALLEL,
            CONTINUE,
            VERIFY,
            ASCII),
    MPUT(
            "mput",
            "",
            "PATTERN...",
            Words.LOCAL,
            "Stores the files that patterns name.",
            PARALLEL,
            CONTINUE,
            VERIFY,
            ASCII),
    REGET("reget", "", "FILE [LOCAL]", Words.REMOTE, "Goes on fetching a file.", VERIFY),
    REPUT("reput", "", "FILE [REMOTE]", Words.LOCAL, "Goes on storing a file.", VERIFY),
    PGET(
            "pget",
            "",
            "FILE [LOCAL]",
            Words.REMOTE,
            "Fetches a file in pieces at once; four, unless --segments says otherwise.",
            SEGMENTS,
            VERIFY),
    APPEND("append", "", "FILE REMOTE", Words.LOCAL, "Puts a file at the end of another.", ASCII),
    RENAME("rename", "mv", "FROM TO", Words.REMOTE, "Gives a file another name."),
    RMDIR("rmdir", "", "PATH...", Words.REMOTE, "Removes directories that are empty."),
    CHMOD(
            "chmod",
            "",
            "MODE FILE...",
            Words.REMOTE,
            "Changes modes, where the server has SITE CHMOD."),

    // how
    ASCII_TYPE("ascii", "", "", Words.NONE, "Files are texts from now on (TYPE A)."),
    EBCDIC_TYPE("ebcdic", "", "", Words.NONE, "Files cross as EBCDIC texts from now on (TYPE E)."),
    BINARY_TYPE("binary", "image", "", Words.NONE, "Files are as they are (TYPE I); so it begins."),
    TYPE("type", "tenex", "[ascii|ebcdic|image|local BITS]", Words.TYPE, "Says or sets the type."),
    STRUCT("struct", "", "[file|record|page]", Words.STRUCTURE, "Says or sets the structure."),
    MODE("mode", "", "[stream|block|compressed|deflate]", Words.MODE, "Says or sets the mode."),
    FORM("form", "", "[non-print|telnet|carriage]", Words.FORM, "Says or sets a text's format."),
    PASSIVE("passive", "", "[on|off]", Words.SWITCH, "We open the data connections."),
    ACTIVE("active", "", "", Words.NONE, "The server opens the data connections."),
    EPSV("epsv", "epsv4", "[on|off]", Words.SWITCH, "Whether EPSV is tried before PASV."),
    VERBOSE("verbose", "debug", "[on|off]", Words.SWITCH, "Shows what is said and answered."),
    GLOB("glob", "", "[on|off]", Words.SWITCH, "Whether * and ? are patterns."),
    PROMPT("prompt", "", "[on|off]", Words.SWITCH, "Whether mget and mput ask before each file."),
    LIMIT(
            "limit",
            "",
            "[SIZE|off]",
            Words.NONE,
            "At most so much a second, all transfers together."),
    PARALLEL_ALL("parallel", "", "[NUMBER]", Words.NONE, "So many transfers at once by default."),
    STATUS("status", "", "", Words.NONE, "Says what is set, and what the server can do."),

    // by hand
    QUOTE("quote", "literal", "WORD...", Words.NONE, "Says a line to the server as it is."),
    SITE("site", "", "WORD...", Words.NONE, "Says SITE and a line to the server."),
    REMOTE_HELP("rhelp", "remotehelp", "[VERB]", Words.NONE, "Asks the server for help."),
    SYSTEM("system", "syst", "", Words.NONE, "Asks the server what it is."),

    // several things at once
    QUEUE(
            "queue",
            "",
            "[VERB ...]",
            Words.VERB,
            "Does it in the background, one after the other; alone, shows the list. A command that"
                    + " ends in & begins at once."),
    JOBS("jobs", "", "", Words.NONE, "Shows what is done in the background."),
    KILL("kill", "", "NUMBER|all", Words.JOB, "Stops a job."),
    WAIT("wait", "", "[NUMBER]", Words.JOB, "Waits until a job, or all of them, are done."),

    COMPLETION(
            "completion",
            "",
            "SHELL",
            Words.NONE,
            "Prints what makes a shell complete these verbs: bash or zsh."),
    HELP("help", "?", "[VERB]", Words.VERB, "Says what there is."),
    BYE("bye", "quit exit", "", Words.NONE, "Ends.");

    /// What its words are, for completion.
    enum Words {
        NONE,
        REMOTE,
        LOCAL,
        VERB,
        JOB,
        SWITCH("on", "off"),
        TYPE("ascii", "ebcdic", "image", "local"),
        STRUCTURE("file", "record", "page"),
        MODE("stream", "block", "compressed", "deflate"),
        FORM("non-print", "telnet", "carriage");

        @SuppressWarnings("ImmutableEnumChecker") // List.of's are
        final List<String> known;

        Words(String... known) {
            this.known = List.of(known);
        }
    }

    final String word;

    /// Other words for it, which fingers know from other programs.
    @SuppressWarnings("ImmutableEnumChecker") // List.of's are
    final List<String> others;

    final String arguments;
    final Words words;
    final String help;

    @SuppressWarnings("ImmutableEnumChecker") // List.of's are
    final List<Option> options;

    Verb(
            String word,
            String others,
            String arguments,
            Words words,
            String help,
            Option... options) {
        this.word = word;
        this.others = others.isEmpty() ? List.of() : List.of(others.split(" ", -1));
        this.arguments = arguments;
        this.words = words;
        this.help = help;
        this.options = List.of(options);
    }

    /// Whether it can be called by itself, with URLs.
    boolean standsAlone() {
        return compareTo(DU) <= 0 || this == HELP || this == COMPLETION;
    }

    /// By its word, another word for it, or a beginning of the word that no other has.
    static Optional<Verb> named(String text) {
        Optional<Verb> begun = Optional.empty();
        int count = 0;
        for (var verb : values()) {
            if (verb.word.equals(text) || verb.others.contains(text)) return Optional.of(verb);
            if (text.length() > 1 && verb.word.startsWith(text)) {
                begun = Optional.of(verb);
                count++;
            }
        }
        return count == 1 ? begun : Optional.empty();
    }

    boolean takes(Option option) {
        return option.isCommon() || options.contains(option);
    }
}
