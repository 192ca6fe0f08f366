package org.postroom.imap;

import org.postroom.wire.Secret;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
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
            case SELECT -> new Command.Select(mailbox());
            case EXAMINE -> new Command.Examine(mailbox());
            case CREATE -> new Command.Create(mailbox());
            case DELETE -> new Command.Delete(mailbox());
            case RENAME -> new Command.Rename(mailbox(), mailbox());
            case SUBSCRIBE -> new Command.Subscribe(mailbox());
            case UNSUBSCRIBE -> new Command.Unsubscribe(mailbox());
            case LIST -> new Command.List(new MailboxPattern("", mailbox() + "/%"));
            case LSUB -> new Command.Lsub(new MailboxPattern(mailbox() + "/", "*"));
            case STATUS -> new Command.Status(mailbox(), some(this::statusItem));
            case APPEND -> new Command.Append(mailbox(), several(this::flag), maybe(this::date), 0);
            case CHECK -> new Command.Check();
            case CLOSE -> new Command.Close();
            case EXPUNGE -> new Command.Expunge(maybe(this::set));
            case SEARCH -> new Command.Search(random.nextBoolean(), key(4));
            case FETCH -> new Command.Fetch(false, set(), some(this::fetchItem));
            case UID -> new Command.Fetch(true, set(), some(this::fetchItem));
            case STORE ->
                    new Command.Store(
                            random.nextBoolean(),
                            set(),
                            one(Command.Store.Change.values()),
                            random.nextBoolean(),
                            several(this::flag));
            case COPY -> new Command.Copy(random.nextBoolean(), set(), mailbox());
            case MOVE -> new Command.Move(random.nextBoolean(), set(), mailbox());
            case IDLE -> new Command.Idle();
            case NAMESPACE -> new Command.Namespace();
            case ID ->
                    new Command.Id(several(() -> new Command.Id.Field(text(), maybe(this::text))));
            case UNSELECT -> new Command.Unselect();
            case ENABLE -> new Command.Enable(some(() -> "X-ONE"));
        };
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
        return switch (random.nextInt(10)) {
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
        return switch (random.nextInt(3)) {
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

    SequenceSet set() {
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
