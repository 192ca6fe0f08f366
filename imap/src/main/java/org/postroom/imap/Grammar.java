package org.postroom.imap;

import org.postroom.imap.Command.Append;
import org.postroom.imap.Command.Authenticate;
import org.postroom.imap.Command.Check;
import org.postroom.imap.Command.Close;
import org.postroom.imap.Command.Copy;
import org.postroom.imap.Command.Create;
import org.postroom.imap.Command.Delete;
import org.postroom.imap.Command.Enable;
import org.postroom.imap.Command.Examine;
import org.postroom.imap.Command.Expunge;
import org.postroom.imap.Command.Fetch;
import org.postroom.imap.Command.Idle;
import org.postroom.imap.Command.Login;
import org.postroom.imap.Command.Logout;
import org.postroom.imap.Command.Lsub;
import org.postroom.imap.Command.Move;
import org.postroom.imap.Command.Namespace;
import org.postroom.imap.Command.Noop;
import org.postroom.imap.Command.Rename;
import org.postroom.imap.Command.Search;
import org.postroom.imap.Command.Select;
import org.postroom.imap.Command.Starttls;
import org.postroom.imap.Command.Status;
import org.postroom.imap.Command.Store;
import org.postroom.imap.Command.Subscribe;
import org.postroom.imap.Command.Tagged;
import org.postroom.imap.Command.Unselect;
import org.postroom.imap.Command.Unsubscribe;
import org.postroom.wire.Departure;
import org.postroom.wire.Sayable;
import org.postroom.wire.Secret;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads and prints what a client says, one method a production, the ABNF above it. Knows no session.
public final class Grammar {

    private static final int MOST_RANGES = 20_000;
    private static final int MOST_ITEMS = 1000; // of FETCH, STATUS, ID, flags, header fields

    private final Source source;
    private final Lexer in;

    private Grammar(Source source, Lexer in) {
        this.source = source;
        this.in = in;
    }

    /// Waits for a command.
    ///
    /// @throws Refusal with the command's tag, when there was one to be read
    // RFC 3501 §9: command = tag SP (command-any / command-auth / command-nonauth /
    // command-select) CRLF
    public static Tagged command(Source source, Bounds bounds) throws Refusal, Departure {
        var in = new Lexer(source, bounds, true);
        String tag = "*";
        try {
            tag = tag(in);
            in.sp();
            return new Tagged(tag, new Grammar(source, in).command());
        } catch (Refusal refusal) {
            in.drain();
            throw refusal.tagged(tag);
        }
    }

    private static String tag(Lexer in) throws Refusal {
        try {
            return in.tag();
        } catch (Refusal none) {
            throw new Refusal(Reply.BAD_TAG);
        }
    }

    private Command command() throws Refusal, Departure {
        var command =
                switch (verb()) {
                    case CAPABILITY -> new Command.Capability();
                    case NOOP -> new Noop();
                    case LOGOUT -> new Logout();
                    case STARTTLS -> new Starttls();
                    case AUTHENTICATE -> authenticate();
                    case LOGIN -> login();
                    case SELECT -> new Select(spMailbox());
                    case EXAMINE -> new Examine(spMailbox());
                    case CREATE -> new Create(spMailbox());
                    case DELETE -> new Delete(spMailbox());
                    case RENAME -> new Rename(spMailbox(), spMailbox());
                    case SUBSCRIBE -> new Subscribe(spMailbox());
                    case UNSUBSCRIBE -> new Unsubscribe(spMailbox());
                    case LIST -> new Command.List(pattern());
                    case LSUB -> new Lsub(pattern());
                    case STATUS -> status();
                    case APPEND -> append();
                    case CHECK -> new Check();
                    case CLOSE -> new Close();
                    case EXPUNGE -> new Expunge(Optional.empty());
                    case SEARCH -> search(false);
                    case FETCH -> fetch(false);
                    case STORE -> store(false);
                    case COPY -> new Copy(false, spSequenceSet(), spMailbox());
                    case UID -> uid();
                    case IDLE -> new Idle();
                    case NAMESPACE -> new Namespace();
                    case ID -> id();
                    case UNSELECT -> new Unselect();
                    case ENABLE -> enable();
                    case MOVE -> new Move(false, spSequenceSet(), spMailbox());
                };
        in.crlf();
        return command;
    }

    private Verb verb() throws Refusal {
        if (!in.isLetterNext()) throw new Refusal(Reply.UNKNOWN_COMMAND);
        String word = in.keyword();
        for (var verb : Verb.values())
            if (verb.name().equals(word)) {
                in.beginArguments();
                return verb;
            }
        throw new Refusal(Reply.UNKNOWN_COMMAND);
    }

    // RFC 4959 §7: authenticate = "AUTHENTICATE" SP auth-type [SP (base64 / "=")]
    private Authenticate authenticate() throws Refusal {
        in.sp();
        String mechanism = in.atom().toUpperCase(java.util.Locale.ROOT);
        if (in.isBlankToEnd()) return new Authenticate(mechanism, Optional.empty());
        in.sp();
        in.keepSecret();
        return new Authenticate(mechanism, Optional.of(new Secret(in.rest().strip())));
    }

    // RFC 3501 §9: login = "LOGIN" SP userid SP password
    private Login login() throws Refusal, Departure {
        in.sp();
        String user = Lexer.utf8(in.astring());
        in.sp();
        return new Login(user, new Secret(Lexer.utf8(in.secret())));
    }

    // RFC 3501 §9: status = "STATUS" SP mailbox SP "(" status-att *(SP status-att) ")"
    private Status status() throws Refusal, Departure {
        var mailbox = spMailbox();
        in.sp();
        in.expect('(');
        var items = new ArrayList<StatusItem>();
        do items.add(statusAtt(in));
        while (more(items));
        return new Status(mailbox, items);
    }

    // RFC 3501 §9: status-att = "MESSAGES" / "RECENT" / "UIDNEXT" / "UIDVALIDITY" / "UNSEEN"
    static StatusItem statusAtt(Lexer in) throws Refusal {
        String word = in.keyword();
        for (var item : StatusItem.values()) if (item.name().equals(word)) return item;
        throw Lexer.bad();
    }

    // RFC 3501 §9: append = "APPEND" SP mailbox [SP flag-list] [SP date-time] SP literal
    private Append append() throws Refusal, Departure {
        var mailbox = spMailbox();
        in.sp();
        List<Flag> flags = List.of();
        if (in.peek() == '(') {
            flags = flagList();
            in.sp();
        }
        Optional<OffsetDateTime> date = Optional.empty();
        if (in.peek() == '"') {
            date = Optional.of(DateTimes.dateTime(in));
            in.sp();
        }
        var literal = in.announced();
        var append = new Append(mailbox, flags, date, literal.size());
        in.stream(literal, false, source.message(append));
        return append;
    }

    // RFC 5161 §4: enable = "ENABLE" 1*(SP capability)
    private Enable enable() throws Refusal {
        var capabilities = new ArrayList<String>();
        do {
            in.sp();
            if (capabilities.size() == MOST_ITEMS) throw new Refusal(Reply.TOO_BIG);
            capabilities.add(in.atom().toUpperCase(java.util.Locale.ROOT));
        } while (!in.isBlankToEnd());
        return new Enable(capabilities);
    }

    // RFC 2971 §4: id = "ID" SPACE id_params_list, which is "(" #(string SPACE nstring) ")" / nil
    private Command.Id id() throws Refusal, Departure {
        in.sp();
        var fields = new ArrayList<Command.Id.Field>();
        if (in.acceptNil()) return new Command.Id(fields);
        in.expect('(');
        if (in.accept(')')) return new Command.Id(fields); // TRAPS T27
        do {
            String name = Lexer.utf8(in.string());
            in.sp();
            fields.add(
                    new Command.Id.Field(
                            name,
                            in.acceptNil()
                                    ? Optional.empty()
                                    : Optional.of(Lexer.utf8(in.string()))));
        } while (more(fields));
        return new Command.Id(fields);
    }

    // RFC 3501 §9: uid = "UID" SP (copy / fetch / search / store); RFC 4315 §4; RFC 6851 §5
    private Command uid() throws Refusal, Departure {
        in.sp();
        return switch (in.keyword()) {
            case "COPY" -> new Copy(true, spSequenceSet(), spMailbox());
            case "EXPUNGE" -> new Expunge(Optional.of(spSequenceSet()));
            case "FETCH" -> fetch(true);
            case "MOVE" -> new Move(true, spSequenceSet(), spMailbox());
            case "SEARCH" -> search(true);
            case "STORE" -> store(true);
            default -> throw new Refusal(Reply.UNKNOWN_COMMAND);
        };
    }

    private Search search(boolean uid) throws Refusal, Departure {
        return new Search(uid, new SearchGrammar(in).search());
    }

    // RFC 3501 §9: fetch = "FETCH" SP sequence-set SP ("ALL" / "FULL" / "FAST" / fetch-att /
    // "(" fetch-att *(SP fetch-att) ")")
    private Fetch fetch(boolean uid) throws Refusal, Departure {
        var set = spSequenceSet();
        in.sp();
        return new Fetch(uid, set, new FetchGrammar(in).items());
    }

    // RFC 3501 §9: store = "STORE" SP sequence-set SP store-att-flags
    // store-att-flags = (["+" / "-"] "FLAGS" [".SILENT"]) SP (flag-list / (flag *(SP flag)))
    private Store store(boolean uid) throws Refusal {
        var set = spSequenceSet();
        in.sp();
        var change =
                in.accept('+')
                        ? Store.Change.ADD
                        : in.accept('-') ? Store.Change.REMOVE : Store.Change.REPLACE;
        boolean silent =
                switch (in.keyword()) {
                    case "FLAGS" -> false;
                    case "FLAGS.SILENT" -> true;
                    default -> throw Lexer.bad();
                };
        in.sp();
        return new Store(uid, set, change, silent, in.peek() == '(' ? flagList() : bareFlags());
    }

    // RFC 3501 §9: flag-list = "(" [flag *(SP flag)] ")"
    private List<Flag> flagList() throws Refusal {
        in.expect('(');
        var flags = new ArrayList<Flag>();
        if (in.accept(')')) return flags;
        do add(flag(in), flags);
        while (more(flags));
        return flags;
    }

    private List<Flag> bareFlags() throws Refusal {
        var flags = new ArrayList<Flag>();
        add(flag(in), flags);
        while (!in.isBlankToEnd()) {
            in.sp();
            add(flag(in), flags);
        }
        return flags;
    }

    private static void add(Flag flag, List<Flag> flags) throws Refusal {
        if (flags.size() == MOST_ITEMS) throw new Refusal(Reply.TOO_BIG);
        if (!flag.equals(Flag.RECENT)) flags.add(flag); // Tolerance.RECENT_GIVEN
    }

    // RFC 3501 §9: flag = "\Answered" / … / flag-keyword / flag-extension
    static Flag flag(Lexer in) throws Refusal {
        return in.accept('\\') ? Flag.of("\\" + in.atom()) : new Flag(in.atom());
    }

    /// Whether a blank and one more item follow, rather than the bracket that ends the list.
    private boolean more(List<?> items) throws Refusal {
        if (in.accept(')')) return false;
        if (items.size() >= MOST_ITEMS) throw new Refusal(Reply.TOO_BIG);
        in.sp();
        return true;
    }

    private MailboxName spMailbox() throws Refusal, Departure {
        in.sp();
        return mailbox(in);
    }

    // RFC 3501 §9: mailbox = "INBOX" / astring
    static MailboxName mailbox(Lexer in) throws Refusal, Departure {
        return MailboxName.decode(Lexer.utf8(in.astring()));
    }

    // RFC 3501 §9: list = "LIST" SP mailbox SP list-mailbox
    private MailboxPattern pattern() throws Refusal, Departure {
        in.sp();
        String reference = Lexer.utf8(in.astring());
        in.sp();
        return MailboxPattern.decode(reference, Lexer.utf8(in.listMailbox()));
    }

    private SequenceSet spSequenceSet() throws Refusal {
        in.sp();
        return sequenceSet(in);
    }

    // RFC 3501 §9: sequence-set = (seq-number / seq-range) *("," sequence-set)
    static SequenceSet sequenceSet(Lexer in) throws Refusal {
        var ranges = new ArrayList<SequenceSet.Range>();
        do {
            if (ranges.size() == MOST_RANGES) throw new Refusal(Reply.TOO_BIG);
            long first = seqNumber(in);
            ranges.add(SequenceSet.Range.of(first, in.accept(':') ? seqNumber(in) : first));
        } while (in.accept(','));
        return new SequenceSet(ranges);
    }

    // RFC 3501 §9: seq-number = nz-number / "*"
    private static long seqNumber(Lexer in) throws Refusal {
        return in.accept('*') ? SequenceSet.STAR : in.nzNumber();
    }

    /// What [#command] reads: the client's half. Strings that need it are literals that don't wait
    /// (RFC 7888). APPEND ends with the announcement of its message, which waits for the go-ahead.
    public static Sayable print(Tagged command) {
        return saying -> {
            saying.octets(command.tag()).octets(" ");
            new CommandPrinter(saying).print(command.command());
            saying.crlf();
        };
    }
}
