package org.postroom.agent;

import static org.postroom.agent.Option.ALL;
import static org.postroom.agent.Option.ATTACH;
import static org.postroom.agent.Option.ATTACHED;
import static org.postroom.agent.Option.BCC;
import static org.postroom.agent.Option.CC;
import static org.postroom.agent.Option.DRAFT;
import static org.postroom.agent.Option.EACH;
import static org.postroom.agent.Option.ENCRYPT;
import static org.postroom.agent.Option.EVERY;
import static org.postroom.agent.Option.JSON;
import static org.postroom.agent.Option.PART;
import static org.postroom.agent.Option.PIECES;
import static org.postroom.agent.Option.RAW;
import static org.postroom.agent.Option.RECEIPT;
import static org.postroom.agent.Option.REQUIRE_TLS;
import static org.postroom.agent.Option.SIGN;
import static org.postroom.agent.Option.SMIME;
import static org.postroom.agent.Option.SUBJECT;
import static org.postroom.agent.Option.THREADS;
import static org.postroom.agent.Option.TO_LIST;

import java.util.List;
import java.util.Optional;

/// What one can tell the agent, in all its faces. Help, the manual, completion and the commands read
/// these rows; there is no second list.
public enum Verb {
    // reading
    LIST(
            "list",
            "h",
            "[MAILBOX]",
            Words.MAILBOX,
            "Shows the index: a line a letter.",
            JSON,
            THREADS,
            EVERY),
    READ(
            "read",
            "r",
            "[LETTERS]",
            Words.LETTERS,
            "Shows a letter; without a number the next that is new.",
            RAW,
            PART),
    SEARCH(
            "search",
            "/",
            "WORD...",
            Words.SEARCH,
            "Finds letters at the server: words of the text, or from: to: cc: subject: body: text:"
                + " since: before: on: larger: smaller: keyword:, and new, seen, flagged, answered,"
                + " deleted; ! before one means not.",
            JSON),
    PARTS("parts", "p", "[LETTER]", Words.LETTERS, "Lists what a letter is made of."),
    SAVE(
            "save",
            "s",
            "[LETTERS] FILE",
            Words.FILE,
            "Adds letters to a file of letters, or writes them into a folder; with --part the part"
                    + " alone.",
            PART),
    VIEW(
            "view",
            "v",
            "[LETTER] PART",
            Words.LETTERS,
            "Hands a part to the program that mailcap names for it; asks first."),
    PRINT(
            "print",
            "lpr",
            "[LETTERS]",
            Words.LETTERS,
            "Prints letters, by lpr or what $PRINTCMD names."),
    PIPE(
            "pipe",
            "|",
            "[LETTERS] COMMAND",
            Words.NONE,
            "Gives letters to a command of yours.",
            PART,
            RAW),
    JOIN(
            "join",
            "",
            "[LETTER]",
            Words.LETTERS,
            "Puts the pieces of a letter together and shows it."),
    FETCH(
            "fetch",
            "",
            "[LETTER] PART",
            Words.LETTERS,
            "Fetches a part that lies elsewhere, once you have seen where."),

    // filing
    FLAG(
            "flag",
            "f",
            "[LETTERS] FLAG...",
            Words.FLAGS,
            "Marks letters: seen, unseen, flagged, unflagged, answered, or +KEYWORD and -KEYWORD."),
    MOVE("move", "m", "[LETTERS] MAILBOX", Words.MAILBOX, "Moves letters."),
    COPY("copy", "c", "[LETTERS] MAILBOX", Words.MAILBOX, "Copies letters."),
    DELETE(
            "delete",
            "d",
            "[LETTERS]",
            Words.LETTERS,
            "Moves letters to Trash; there, and where there is none, marks them to be removed."),
    UNDELETE(
            "undelete",
            "u",
            "[LETTERS]",
            Words.LETTERS,
            "Takes the mark away; without a number, brings back what was moved or deleted last."),
    EXPUNGE("expunge", "x", "", Words.NONE, "Removes for good what is marked."),
    MAILBOXES(
            "mailboxes",
            "l",
            "[PATTERN]",
            Words.MAILBOX,
            "Lists the mailboxes, with what is in them.",
            JSON),
    OPEN("open", "o", "MAILBOX", Words.MAILBOX, "Opens a mailbox."),
    CREATE("create", "", "MAILBOX", Words.NONE, "Makes a mailbox."),
    RENAME("rename", "", "MAILBOX NAME", Words.MAILBOX, "Gives a mailbox another name."),
    REMOVE(
            "remove",
            "",
            "MAILBOX",
            Words.MAILBOX,
            "Removes a mailbox with all that is in it; asks first."),

    // writing
    SEND(
            "send",
            "w",
            "TO...",
            Words.PEOPLE,
            "Writes a letter.",
            SUBJECT,
            CC,
            BCC,
            ATTACH,
            EACH,
            RECEIPT,
            REQUIRE_TLS,
            PIECES,
            DRAFT,
            SIGN,
            ENCRYPT,
            SMIME),
    REPLY(
            "reply",
            "a",
            "[LETTER]",
            Words.LETTERS,
            "Answers a letter.",
            ALL,
            TO_LIST,
            CC,
            BCC,
            ATTACH,
            RECEIPT,
            REQUIRE_TLS,
            PIECES,
            DRAFT,
            SIGN,
            ENCRYPT,
            SMIME),
    FORWARD(
            "forward",
            "fw",
            "[LETTER] TO...",
            Words.PEOPLE,
            "Passes a letter on, in the text of a new one.",
            ATTACHED,
            SUBJECT,
            CC,
            BCC,
            ATTACH,
            RECEIPT,
            REQUIRE_TLS,
            PIECES,
            DRAFT,
            SIGN,
            ENCRYPT,
            SMIME),
    RESEND(
            "resend",
            "",
            "[LETTER] TO...",
            Words.PEOPLE,
            "Sends a letter once more as it is, to somebody else.",
            RECEIPT,
            REQUIRE_TLS),
    RECALL(
            "recall",
            "",
            "[LETTER]",
            Words.LETTERS,
            "Goes on with a draft; without a number the last one.",
            RECEIPT,
            REQUIRE_TLS,
            PIECES,
            SIGN,
            ENCRYPT,
            SMIME),
    ADDRESSES(
            "addresses",
            "alias",
            "[NICKNAME [ADDRESS...]]",
            Words.PEOPLE,
            "Shows the address book, or puts somebody in: one nickname for one or for many."),
    OUTBOX(
            "outbox",
            "",
            "[send]",
            Words.NONE,
            "Shows what waits to be sent; with `send`, sends it."),

    KEYS(
            "keys",
            "k",
            "[list|make|import|export|keep|forget|revoke] [WORD]",
            Words.NONE,
            "Lists the keys that letters are signed and encrypted with; `make` makes yours, `import"
                + " FILE` takes keys and certificates of any kind, `export [ADDRESS]` prints yours"
                + " or somebody's, `keep [LETTER]` keeps what a letter brings, `forget ADDRESS`"
                + " expects nothing of it any more, `revoke` says that yours must not be used."),

    // the agent itself
    CHECK("check", "n", "", Words.NONE, "Looks for new letters."),
    BROWSE("browse", "b", "[MAILBOX]", Words.MAILBOX, "Full screen: index and letter, keys shown."),
    ACCOUNTS("accounts", "", "", Words.NONE, "Lists the accounts of the file.", JSON),
    COMPLETION(
            "completion",
            "",
            "SHELL",
            Words.NONE,
            "Prints what makes a shell complete these verbs: bash or zsh."),
    MANUAL(
            "manual",
            "",
            "",
            Words.NONE,
            "Prints the manual page: `./postroom mail manual | man -l -` shows it."),
    HELP("help", "?", "[VERB]", Words.VERB, "Says what there is."),
    QUIT("quit", "q", "", Words.NONE, "Ends.");

    /// What its words are, for completion.
    enum Words {
        NONE,
        LETTERS,
        MAILBOX,
        PEOPLE,
        FILE,
        FLAGS,
        SEARCH,
        VERB
    }

    public final String word;

    /// Shorter, for those who type it often; may be empty.
    public final String brief;

    public final String arguments;
    final Words words;
    public final String help;

    @SuppressWarnings("ImmutableEnumChecker") // List.of's are
    public final List<Option> options;

    Verb(String word, String brief, String arguments, Words words, String help, Option... options) {
        this.word = word;
        this.brief = brief;
        this.arguments = arguments;
        this.words = words;
        this.help = help;
        this.options = List.of(options);
    }

    /// By its word, its brief form, or a beginning of the word that no other has.
    static Optional<Verb> named(String text) {
        Optional<Verb> begun = Optional.empty();
        int count = 0;
        for (var verb : values()) {
            if (verb.word.equals(text) || (!verb.brief.isEmpty() && verb.brief.equals(text)))
                return Optional.of(verb);
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
