package org.postroom.imap;

import org.postroom.imap.Command.Append;
import org.postroom.imap.Command.Authenticate;
import org.postroom.imap.Command.Check;
import org.postroom.imap.Command.Close;
import org.postroom.imap.Command.Compress;
import org.postroom.imap.Command.Copy;
import org.postroom.imap.Command.Create;
import org.postroom.imap.Command.Delete;
import org.postroom.imap.Command.Enable;
import org.postroom.imap.Command.Examine;
import org.postroom.imap.Command.Expunge;
import org.postroom.imap.Command.Fetch;
import org.postroom.imap.Command.GetQuota;
import org.postroom.imap.Command.GetQuotaRoot;
import org.postroom.imap.Command.Idle;
import org.postroom.imap.Command.Language;
import org.postroom.imap.Command.Login;
import org.postroom.imap.Command.Logout;
import org.postroom.imap.Command.Lsub;
import org.postroom.imap.Command.Move;
import org.postroom.imap.Command.Namespace;
import org.postroom.imap.Command.NewMessage;
import org.postroom.imap.Command.Noop;
import org.postroom.imap.Command.Rename;
import org.postroom.imap.Command.Replace;
import org.postroom.imap.Command.Search;
import org.postroom.imap.Command.Select;
import org.postroom.imap.Command.SetQuota;
import org.postroom.imap.Command.Sort;
import org.postroom.imap.Command.Starttls;
import org.postroom.imap.Command.Status;
import org.postroom.imap.Command.Store;
import org.postroom.imap.Command.Subscribe;
import org.postroom.imap.Command.Tagged;
import org.postroom.imap.Command.Unauthenticate;
import org.postroom.imap.Command.Unselect;
import org.postroom.imap.Command.Unsubscribe;
import org.postroom.wire.Departure;
import org.postroom.wire.Sayable;
import org.postroom.wire.Secret;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// Reads and prints what a client says, one method a production, the ABNF above it. Knows no session.
public final class Grammar {

    private static final int MOST_RANGES = 20_000;
    private static final int MOST_MESSAGES = 1000; // of MULTIAPPEND
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
                    case SELECT -> new Select(spMailbox(), opening());
                    case EXAMINE -> new Examine(spMailbox(), opening());
                    case CREATE -> new Create(spMailbox(), uses());
                    case DELETE -> new Delete(spMailbox());
                    case RENAME -> new Rename(spMailbox(), spMailbox());
                    case SUBSCRIBE -> new Subscribe(spMailbox());
                    case UNSUBSCRIBE -> new Unsubscribe(spMailbox());
                    case LIST -> new ListGrammar(in, source.isUtf8()).list();
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
                    case SORT -> sort(false);
                    case THREAD -> thread(false);
                    case REPLACE -> replace(false);
                    case GETQUOTA -> new GetQuota(root());
                    case GETQUOTAROOT -> new GetQuotaRoot(spMailbox());
                    case SETQUOTA -> setQuota();
                    case COMPRESS -> compress();
                    case LANGUAGE -> language();
                    case UNAUTHENTICATE -> new Unauthenticate();
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
        for (var item : StatusItem.values()) if (item.atom.equals(word)) return item;
        throw Lexer.bad();
    }

    // RFC 4466 §6: select-params = SP "(" select-param *(SP select-param) ")"
    // RFC 7162 §7: select-param =/ "CONDSTORE" / "QRESYNC" SP "(" uidvalidity SP mod-sequence-value
    // [SP known-uids] [SP seq-match-data] ")"
    private Opening opening() throws Refusal {
        boolean condstore = false;
        Optional<Opening.Resync> resync = Optional.empty();
        if (in.isBlankToEnd()) return Opening.PLAIN;
        in.sp();
        in.expect('(');
        do
            switch (in.keyword()) {
                case "CONDSTORE" -> condstore = true;
                case "QRESYNC" -> resync = Optional.of(resync());
                default -> throw Lexer.bad();
            }
        while (in.accept(' '));
        in.expect(')');
        return new Opening(condstore, resync);
    }

    private Opening.Resync resync() throws Refusal {
        in.sp();
        in.expect('(');
        long validity = in.nzNumber();
        in.sp();
        long modSeq = in.number63();
        Optional<SequenceSet> known = Optional.empty();
        Optional<Opening.Match> match = Optional.empty();
        while (in.accept(' '))
            if (in.accept('(')) {
                var sequences = named(in);
                in.sp();
                match = Optional.of(new Opening.Match(sequences, named(in)));
                in.expect(')');
                break;
            } else if (known.isPresent()) throw Lexer.bad();
            else known = Optional.of(named(in));
        in.expect(')');
        return new Opening.Resync(validity, modSeq, known, match);
    }

    // RFC 7162 §7: known-uids = sequence-set, without "*" and "$"
    private static SequenceSet named(Lexer in) throws Refusal {
        var set = sequenceSet(in);
        if (set.isSaved() || set.ranges().stream().anyMatch(it -> it.last() == SequenceSet.STAR))
            throw Lexer.bad();
        return set;
    }

    // RFC 6154 §6: create-param =/ "USE" SP "(" [use-attr *(SP use-attr)] ")"
    private List<String> uses() throws Refusal {
        if (in.isBlankToEnd()) return List.of();
        in.sp();
        in.expect('(');
        if (!in.keyword().equals("USE")) throw Lexer.bad();
        in.sp();
        in.expect('(');
        var uses = new ArrayList<String>();
        while (!in.accept(')')) {
            if (!uses.isEmpty()) in.sp();
            if (uses.size() == MOST_ITEMS) throw new Refusal(Reply.TOO_BIG);
            in.expect('\\');
            uses.add("\\" + in.atom());
        }
        in.expect(')');
        return uses;
    }

    // RFC 3502 §6.3.11: append = "APPEND" SP mailbox 1*append-message
    private Append append() throws Refusal, Departure {
        var mailbox = spMailbox();
        var messages = new ArrayList<NewMessage>();
        do {
            if (messages.size() == MOST_MESSAGES) throw new Refusal(Reply.TOO_BIG);
            messages.add(appendMessage(mailbox, false));
        } while (!in.isBlankToEnd());
        return new Append(mailbox, messages);
    }

    // RFC 3501 §9: append-message = [SP flag-list] [SP date-time] SP literal
    // RFC 3516 §7: literal =/ literal8; RFC 6855 §4: "UTF8" SP "(" literal8 ")"
    private NewMessage appendMessage(MailboxName mailbox, boolean replaces)
            throws Refusal, Departure {
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
        boolean utf8 = !in.isLiteralNext();
        if (utf8) {
            if (!in.keyword().equals("UTF8")) throw Lexer.bad();
            in.sp();
            in.expect('(');
        }
        boolean binary = in.accept('~') && !utf8;
        var literal = in.announced();
        var message = new NewMessage(flags, date, literal.size(), binary);
        in.stream(literal, false, source.message(mailbox, message, replaces));
        if (utf8) in.expect(')');
        return message;
    }

    // RFC 8508 §5: replace = "REPLACE" SP seq-number SP mailbox append-message
    private Replace replace(boolean uid) throws Refusal, Departure {
        in.sp();
        long number = seqNumber(in);
        var mailbox = spMailbox();
        return new Replace(uid, number, mailbox, appendMessage(mailbox, true));
    }

    // RFC 9208 §7: quota-root-name = astring
    private String root() throws Refusal, Departure {
        in.sp();
        return Lexer.utf8(in.astring());
    }

    // RFC 9208 §7: setquota = "SETQUOTA" SP quota-root-name SP setquota-list
    // setquota-list = "(" [setquota-resource *(SP setquota-resource)] ")"
    private SetQuota setQuota() throws Refusal, Departure {
        String root = root();
        in.sp();
        in.expect('(');
        var limits = new LinkedHashMap<String, Long>();
        while (!in.accept(')')) {
            if (!limits.isEmpty()) in.sp();
            if (limits.size() == MOST_ITEMS) throw new Refusal(Reply.TOO_BIG);
            String resource = in.atom().toUpperCase(java.util.Locale.ROOT);
            in.sp();
            limits.put(resource, in.number63());
        }
        return new SetQuota(root, limits);
    }

    // RFC 4978 §5: compress = "COMPRESS" SP algorithm
    private Compress compress() throws Refusal {
        in.sp();
        return new Compress(in.atom().toUpperCase(java.util.Locale.ROOT));
    }

    // RFC 5255 §3.5: language-cmd = "LANGUAGE" *(SP lang-range-quoted)
    private Language language() throws Refusal, Departure {
        var ranges = new ArrayList<String>();
        while (!in.isBlankToEnd()) {
            in.sp();
            if (ranges.size() == MOST_ITEMS) throw new Refusal(Reply.TOO_BIG);
            ranges.add(Lexer.utf8(in.astring()));
        }
        return new Language(ranges);
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
            case "SORT" -> sort(true);
            case "THREAD" -> thread(true);
            case "REPLACE" -> replace(true);
            default -> throw new Refusal(Reply.UNKNOWN_COMMAND);
        };
    }

    private Search search(boolean uid) throws Refusal, Departure {
        var results = new ResultsGrammar(in).results();
        return new Search(uid, results, new SearchGrammar(in).search());
    }

    // RFC 5256 §5: sort = ["UID" SP] "SORT" SP sort-criteria SP search-criteria
    // RFC 5267 §5: modified-sort = "SORT" [search-return-opts] SP …
    private Sort sort(boolean uid) throws Refusal, Departure {
        var grammar = new ResultsGrammar(in);
        var results = grammar.results();
        var order = grammar.sortCriteria();
        return new Sort(uid, results, order, new SearchGrammar(in).searchCriteria());
    }

    // RFC 5256 §5: thread = ["UID" SP] "THREAD" SP thread-alg SP search-criteria
    private Command.Threads thread(boolean uid) throws Refusal, Departure {
        in.sp();
        String word = in.keyword();
        for (var algorithm : Command.Threads.Algorithm.values())
            if (algorithm.name().equals(word))
                return new Command.Threads(uid, algorithm, new SearchGrammar(in).searchCriteria());
        throw Lexer.bad();
    }

    // RFC 3501 §9: fetch = "FETCH" SP sequence-set SP ("ALL" / "FULL" / "FAST" / fetch-att /
    // "(" fetch-att *(SP fetch-att) ")")
    private Fetch fetch(boolean uid) throws Refusal, Departure {
        var set = spSequenceSet();
        in.sp();
        var items = new FetchGrammar(in).items();
        return new Fetch(uid, set, items, fetchModifiers(uid));
    }

    // RFC 4466 §6: fetch-modifiers = SP "(" fetch-modifier *(SP fetch-modifier) ")"
    // RFC 7162 §7: "CHANGEDSINCE" SP mod-sequence-value / "VANISHED"
    // RFC 9394 §4: "PARTIAL" SP partial-range
    private Fetch.Modifiers fetchModifiers(boolean uid) throws Refusal {
        if (in.isBlankToEnd()) return Fetch.Modifiers.NONE;
        Optional<Long> changedSince = Optional.empty();
        boolean vanished = false;
        Optional<Window> window = Optional.empty();
        in.sp();
        in.expect('(');
        do
            switch (in.keyword()) {
                case "CHANGEDSINCE" -> {
                    in.sp();
                    changedSince = Optional.of(in.number63()); // 0, too (TRAPS T27)
                }
                case "VANISHED" -> vanished = true;
                case "PARTIAL" -> window = Optional.of(ResultsGrammar.partialRange(in));
                default -> throw Lexer.bad();
            }
        while (in.accept(' '));
        in.expect(')');
        // RFC 7162 §3.2.6: with UID FETCH and CHANGEDSINCE only
        if (vanished && (!uid || changedSince.isEmpty())) throw Lexer.bad();
        if (window.isPresent() && !uid) throw Lexer.bad(); // RFC 9394 §3.3
        return new Fetch.Modifiers(changedSince, vanished, window);
    }

    // RFC 3501 §9: store = "STORE" SP sequence-set SP store-att-flags
    // store-att-flags = (["+" / "-"] "FLAGS" [".SILENT"]) SP (flag-list / (flag *(SP flag)))
    // RFC 7162 §7: store-modifier =/ "UNCHANGEDSINCE" SP mod-sequence-valzer
    private Store store(boolean uid) throws Refusal {
        var set = spSequenceSet();
        in.sp();
        Optional<Long> unchangedSince = Optional.empty();
        if (in.accept('(')) {
            if (!in.keyword().equals("UNCHANGEDSINCE")) throw Lexer.bad();
            in.sp();
            unchangedSince = Optional.of(in.number63());
            in.expect(')');
            in.sp();
        }
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
        var flags = in.peek() == '(' ? flagList() : bareFlags();
        return new Store(uid, set, change, silent, flags, unchangedSince);
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
        return mailbox(in, source.isUtf8());
    }

    // RFC 3501 §9: mailbox = "INBOX" / astring
    static MailboxName mailbox(Lexer in, boolean utf8) throws Refusal, Departure {
        return MailboxName.decode(Lexer.utf8(in.astring()), utf8);
    }

    // RFC 3501 §9: lsub = "LSUB" SP mailbox SP list-mailbox
    private MailboxPattern pattern() throws Refusal, Departure {
        in.sp();
        String reference = Lexer.utf8(in.astring());
        in.sp();
        String pattern = Lexer.utf8(in.listMailbox());
        return MailboxPattern.decode(reference, pattern, source.isUtf8());
    }

    private SequenceSet spSequenceSet() throws Refusal {
        in.sp();
        return sequenceSet(in);
    }

    // RFC 3501 §9: sequence-set = (seq-number / seq-range) *("," sequence-set)
    // RFC 5182 §3: sequence-set =/ seq-last-command, which is "$"
    static SequenceSet sequenceSet(Lexer in) throws Refusal {
        if (in.accept('$')) return SequenceSet.SAVED;
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
