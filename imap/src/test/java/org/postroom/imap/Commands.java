package org.postroom.imap;

import org.postroom.wire.Secret;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Supplier;

/// Makes commands, every kind of them, the same for the same seed.
final class Commands {

    private final Random random;

    Commands(long seed) {
        this.random = new Random(seed);
    }

    Command.Tagged tagged() {
        return new Command.Tagged("t" + random.nextInt(1000), command());
    }

    Command command() {
        return switch (one(Verb.values())) {
            case CAPABILITY -> new Command.Capability();
            case NOOP -> new Command.Noop();
            case LOGOUT -> new Command.Logout();
            case STARTTLS -> new Command.Starttls();
            case AUTHENTICATE ->
                    new Command.Authenticate("PLAIN", maybe(() -> new Secret("AGEAYg==")));
            case LOGIN -> new Command.Login(text(), new Secret(text()));
            case SELECT -> new Command.Select(mailbox(), opening());
            case EXAMINE -> new Command.Examine(mailbox(), opening());
            case CREATE -> new Command.Create(mailbox(), several(() -> "\\Sent"));
            case DELETE -> new Command.Delete(mailbox());
            case RENAME -> new Command.Rename(mailbox(), mailbox());
            case SUBSCRIBE -> new Command.Subscribe(mailbox());
            case UNSUBSCRIBE -> new Command.Unsubscribe(mailbox());
            case LIST -> list();
            case LSUB -> new Command.Lsub(new MailboxPattern(mailbox() + "/", "*"));
            case STATUS -> new Command.Status(mailbox(), some(this::statusItem));
            case APPEND -> new Command.Append(mailbox(), List.of(message()));
            case CHECK -> new Command.Check();
            case CLOSE -> new Command.Close();
            case EXPUNGE -> new Command.Expunge(maybe(this::set));
            case SEARCH -> new Command.Search(random.nextBoolean(), maybe(this::results), key(4));
            case FETCH -> fetch(false);
            case UID -> fetch(true);
            case STORE ->
                    new Command.Store(
                            random.nextBoolean(),
                            set(),
                            one(Command.Store.Change.values()),
                            random.nextBoolean(),
                            several(this::flag),
                            maybe(this::modSeq));
            case COPY -> new Command.Copy(random.nextBoolean(), set(), mailbox());
            case MOVE -> new Command.Move(random.nextBoolean(), set(), mailbox());
            case IDLE -> new Command.Idle();
            case NAMESPACE -> new Command.Namespace();
            case ID ->
                    new Command.Id(several(() -> new Command.Id.Field(text(), maybe(this::text))));
            case UNSELECT -> new Command.Unselect();
            case ENABLE -> new Command.Enable(some(() -> "X-ONE"));
            case SORT ->
                    new Command.Sort(
                            random.nextBoolean(),
                            maybe(this::results),
                            some(() -> new SortKey(one(SortKey.By.values()), random.nextBoolean())),
                            key(3));
            case THREAD ->
                    new Command.Threads(
                            random.nextBoolean(), one(Command.Threads.Algorithm.values()), key(3));
            case REPLACE ->
                    new Command.Replace(random.nextBoolean(), number(), mailbox(), message());
            case GETQUOTA -> new Command.GetQuota(text());
            case GETQUOTAROOT -> new Command.GetQuotaRoot(mailbox());
            case SETQUOTA -> new Command.SetQuota(text(), Map.of("STORAGE", modSeq()));
            case LANGUAGE -> new Command.Language(several(() -> "de-AT"));
            case COMPRESS -> new Command.Compress("DEFLATE");
            case UNAUTHENTICATE -> new Command.Unauthenticate();
        };
    }

    private Opening opening() {
        return new Opening(
                random.nextBoolean(),
                maybe(() ->
                        new Opening.Resync(
                                1 + random.nextInt(1000),
                                modSeq(),
                                maybe(this::named),
                                maybe(() -> new Opening.Match(named(), named())))));
    }

    private Command.List list() {
        if (random.nextBoolean()) return new Command.List(new MailboxPattern("", mailbox() + "/%"));
        var selection = new TreeSet<>(several(() -> one(ListOptions.Selection.values())));
        if (selection.contains(ListOptions.Selection.RECURSIVEMATCH))
            selection.add(ListOptions.Selection.SUBSCRIBED);
        var options =
                new ListOptions(
                        selection,
                        new TreeSet<>(several(() -> one(ListOptions.Return.values()))),
                        several(this::statusItem));
        String reference = mailbox() + "/";
        return new Command.List(
                options, some(() -> new MailboxPattern(reference, mailbox() + "*")), true);
    }

    private Command.NewMessage message() {
        return new Command.NewMessage(
                several(this::flag), maybe(this::date), 0, random.nextBoolean());
    }

    private Results results() {
        var kinds = new TreeSet<>(some(() -> one(Results.Kind.values())));
        if (kinds.contains(Results.Kind.ALL)) kinds.remove(Results.Kind.PARTIAL);
        return new Results(
                kinds,
                kinds.contains(Results.Kind.PARTIAL) ? Optional.of(window()) : Optional.empty());
    }

    private Window window() {
        long one = 1L + random.nextInt(100);
        long other = one + random.nextInt(100);
        return random.nextBoolean() ? Window.of(one, other) : Window.of(-other, -one);
    }

    private Command.Fetch fetch(boolean uid) {
        Optional<Long> since = maybe(this::modSeq);
        var modifiers =
                new Command.Fetch.Modifiers(
                        since,
                        uid && since.isPresent() && random.nextBoolean(),
                        uid ? maybe(this::window) : Optional.empty());
        return new Command.Fetch(uid, set(), some(this::fetchItem), modifiers);
    }

    private long modSeq() {
        return random.nextLong(Long.MAX_VALUE);
    }

    SearchKey key(int depth) {
        if (depth > 0 && random.nextBoolean())
            return switch (random.nextInt(3)) {
                case 0 -> new SearchKey.Not(key(depth - 1));
                case 1 -> new SearchKey.Or(key(depth - 1), key(depth - 1));
                default -> {
                    var keys = new ArrayList<>(some(() -> key(depth - 1)));
                    keys.add(key(depth - 1));
                    yield new SearchKey.And(keys);
                }
            };
        return switch (random.nextInt(15)) {
            case 10 ->
                    new SearchKey.Saved(one(SearchKey.Relation.values()), LocalDate.of(2020, 2, 3));
            case 11 -> new SearchKey.Aged(random.nextBoolean(), 1 + random.nextInt(1 << 30));
            case 12 -> new SearchKey.ModSeq(modSeq());
            case 13 -> new SearchKey.EmailId("M1");
            case 14 -> new SearchKey.SavedDateSupported();
            case 0 -> new SearchKey.All();
            case 1 -> new SearchKey.Has(flag());
            case 2 ->
                    new SearchKey.Dated(
                            random.nextBoolean(),
                            one(SearchKey.Relation.values()),
                            LocalDate.of(1990 + random.nextInt(50), 2, 1 + random.nextInt(28)));
            case 3 -> new SearchKey.Larger(random.nextInt(1 << 30));
            case 4 -> new SearchKey.Smaller(random.nextInt(1 << 30));
            case 5 -> new SearchKey.Header("X-Spam", text());
            case 6 -> new SearchKey.Body(text());
            case 7 -> new SearchKey.Text(text());
            case 8 -> new SearchKey.Sequence(set());
            default -> new SearchKey.Uid(set());
        };
    }

    FetchItem fetchItem() {
        return switch (random.nextInt(5)) {
            case 3 ->
                    new FetchItem.Binary(
                            several(() -> 1 + random.nextInt(9)),
                            random.nextBoolean(),
                            maybe(() -> new FetchItem.Partial(0, 1 + random.nextInt(1000))));
            case 4 -> new FetchItem.BinarySize(several(() -> 1 + random.nextInt(9)));
            case 0 -> one(FetchItem.Attribute.values());
            case 1 -> one(FetchItem.Rfc822.values());
            default ->
                    new FetchItem.Body(
                            section(),
                            random.nextBoolean(),
                            maybe(() ->
                                    new FetchItem.Partial(
                                            random.nextInt(1000), 1 + random.nextInt(1000))));
        };
    }

    private Section section() {
        var part = several(() -> 1 + random.nextInt(99));
        Section.Text text =
                switch (random.nextInt(3)) {
                    case 0 -> one(Section.Whole.values());
                    case 1 -> new Section.Fields(random.nextBoolean(), List.of("From", "x y"));
                    default -> Section.Whole.ALL;
                };
        return new Section(
                part, part.isEmpty() && text == Section.Whole.MIME ? Section.Whole.TEXT : text);
    }

    private SequenceSet named() {
        return SequenceSet.of(1 + random.nextInt(1000));
    }

    SequenceSet set() {
        if (random.nextInt(10) == 0) return SequenceSet.SAVED;
        return new SequenceSet(
                some(() -> {
                    long one = number();
                    return SequenceSet.Range.of(one, random.nextBoolean() ? one : number());
                }));
    }

    private long number() {
        return random.nextInt(8) == 0 ? SequenceSet.STAR : 1 + random.nextLong(0xFFFF_FFFFL);
    }

    Flag flag() {
        return random.nextBoolean()
                ? new Flag("$Label" + random.nextInt(9))
                : one(List.of(Flag.SEEN, Flag.DELETED, Flag.DRAFT).toArray(Flag[]::new));
    }

    StatusItem statusItem() {
        return one(StatusItem.values());
    }

    OffsetDateTime date() {
        return OffsetDateTime.of(
                1990 + random.nextInt(50),
                1 + random.nextInt(12),
                1 + random.nextInt(28),
                random.nextInt(24),
                random.nextInt(60),
                random.nextInt(60),
                0,
                ZoneOffset.ofHoursMinutes(random.nextInt(13), 30));
    }

    MailboxName mailbox() {
        try {
            return MailboxName.of(
                    one("INBOX", "Sent", "A & B", "Entwürfe/ältere", "台北", "a\"b\\c", "nil", "&-"));
        } catch (Refusal refusal) {
            throw new AssertionError(refusal);
        }
    }

    /// Also what no quoted string can hold.
    String text() {
        return one(
                "",
                "plain",
                "two words",
                "qu\"ote\\",
                "NIL",
                "Grüße",
                "a\r\nb OK",
                "{3}",
                "x {9+}");
    }

    private <T> Optional<T> maybe(Supplier<T> make) {
        return random.nextBoolean() ? Optional.of(make.get()) : Optional.empty();
    }

    private <T> List<T> some(Supplier<T> make) {
        var list = new ArrayList<>(several(make));
        list.add(make.get());
        return list;
    }

    private <T> List<T> several(Supplier<T> make) {
        var list = new ArrayList<T>();
        for (int left = random.nextInt(3); left > 0; left--) list.add(make.get());
        return list;
    }

    @SafeVarargs
    private <T> T one(T... values) {
        return values[random.nextInt(values.length)];
    }
}
