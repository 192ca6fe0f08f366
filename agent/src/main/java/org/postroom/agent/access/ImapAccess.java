package org.postroom.agent.access;

import org.postroom.agent.account.Account;
import org.postroom.agent.account.Calls;
import org.postroom.agent.account.Hindrance;
import org.postroom.agent.account.Hindrance.Kind;
import org.postroom.agent.account.Place;
import org.postroom.imap.Capability;
import org.postroom.imap.Code;
import org.postroom.imap.Command;
import org.postroom.imap.Datum;
import org.postroom.imap.FetchItem;
import org.postroom.imap.FetchItem.Attribute;
import org.postroom.imap.Flag;
import org.postroom.imap.ImapClient;
import org.postroom.imap.MailboxName;
import org.postroom.imap.Refusal;
import org.postroom.imap.Response;
import org.postroom.imap.SearchKey;
import org.postroom.imap.Section;
import org.postroom.imap.SequenceSet;
import org.postroom.imap.StatusItem;
import org.postroom.mime.Source;
import org.postroom.mime.render.Visible;
import org.postroom.wire.Departure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/// Letters at an IMAP server. Rows of the index are fetched when they are looked at, so a mailbox of
/// any size opens at once.
public final class ImapAccess implements Access {

    /// Headers of so many letters are asked for at once.
    private static final int PAGE = 200;

    private static final int LONGEST_SET = 500; // ranges, so that a command stays short
    private static final int MOST_MAILBOXES = 100_000;
    private static final Duration SILENCE = Duration.ofMinutes(3);
    private static final Duration IDLE = Duration.ofMinutes(28);

    private static final List<String> PRESENT = List.of(Capability.PRESENCE, Capability.SHOWN);

    private static final List<FetchItem> ROW =
            List.of(
                    Attribute.UID,
                    Attribute.FLAGS,
                    Attribute.RFC822_SIZE,
                    new FetchItem.Body(
                            new Section(List.of(), new Section.Fields(false, Row.FIELDS)),
                            true,
                            Optional.empty()));

    private final Account account;
    private final Calls calls;
    private final Numbering numbering = new Numbering();
    private ImapClient client;
    private List<String> capabilities = List.of();
    private String mailbox = "";
    private boolean readOnly;
    private int arrived;
    private Optional<Moved> moved = Optional.empty();

    private ImapAccess(Account account, Calls calls) throws Hindrance {
        this.account = account;
        this.calls = calls;
        this.client = dial(account, calls, SILENCE);
        begin();
    }

    /// Signs in. No mailbox is open yet.
    public static ImapAccess of(Account account, Calls calls) throws Hindrance {
        return new ImapAccess(account, calls);
    }

    private void begin() throws Hindrance {
        client.tell(this::hear);
        capabilities = ask(ImapClient::capability);
    }

    /// A connection that is signed in.
    private static ImapClient dial(Account account, Calls calls, Duration silence)
            throws Hindrance {
        return calls.call(account.access(), silence, line -> signIn(line, calls));
    }

    /// Whoever waits for something to happen.
    public interface Listener {

        /// Letters have come.
        void letters();

        /// Somebody says something to who is there (RFC 821 §3.4). Whoever said it waits until this
        /// returns.
        void said(byte[] letter);
    }

    /// Waits on a connection of its own, and tells what happens, until the server leaves or the thread is
    /// interrupted. Meanwhile the person is there to be spoken to, where the server knows of such.
    public static void watch(Account account, Calls calls, String mailbox, Listener listener)
            throws Hindrance {
        var name = mailboxName(mailbox);
        while (!Thread.currentThread().isInterrupted())
            try (var client = dial(account, calls, IDLE)) {
                if (client.capability().containsAll(PRESENT))
                    client.enable(PRESENT.toArray(String[]::new));
                long before = client.open(name, true).exists();
                while (true)
                    switch (client.idle(response -> isTold(response, listener))) {
                        case Response.Exists(long count) -> {
                            if (count > before) listener.letters();
                            before = count;
                        }
                        default -> {}
                    }
            } catch (Refusal refusal) {
                throw refused(refusal);
            } catch (Departure gone) { // RFC 2177 §3: begun anew before 29 minutes are over
                if (gone.kind() != Departure.Kind.IDLE) throw Calls.gone(account.access(), gone);
            }
    }

    /// Whether IDLE ends by it. What was said is shown before, so that the server knows by the end.
    private static boolean isTold(Response response, Listener listener) {
        if (response instanceof Response.Notice(var octets)) {
            listener.said(octets.getBytes(StandardCharsets.ISO_8859_1));
            return true;
        }
        return response instanceof Response.Exists;
    }

    private static ImapClient signIn(Calls.Line line, Calls calls) throws Departure, Hindrance {
        try {
            var client = new ImapClient(line.wire());
            var offers = client.capability();
            if (line.wantsStarttls() && offers(offers, "STARTTLS")) {
                client.starttls(line.tls(), line.host()); // TRAPS T4: not when signed in already
                offers = client.capability();
            } else if (line.wantsStarttls()) line.stayInTheClear();
            if (!client.isPreauthenticated()) authenticate(client, offers, line.place(), calls);
            return client;
        } catch (Refusal refusal) {
            throw refused(refusal);
        }
    }

    private static void authenticate(
            ImapClient client, List<String> offers, Place place, Calls calls)
            throws Departure, Hindrance {
        var mechanisms =
                offers.stream()
                        .filter(offer -> offer.regionMatches(true, 0, "AUTH=", 0, 5))
                        .map(offer -> offer.substring(5))
                        .toList();
        try {
            var exchange = calls.exchange(place, mechanisms);
            if (exchange.isPresent()) client.authenticate(exchange.get());
            else if (offers(offers, "LOGINDISABLED")) // RFC 3501 §6.2.3
            throw new Hindrance(Kind.NOT_ALLOWED, place + " takes no password here.");
            else client.login(place.user(), calls.secret(place));
        } catch (Refusal refusal) {
            throw calls.wrong(place, shown(refusal));
        }
    }

    private static boolean offers(List<String> capabilities, String name) {
        return capabilities.stream().anyMatch(name::equalsIgnoreCase);
    }

    @FunctionalInterface
    private interface Question<T> {
        T with(ImapClient client) throws Departure, Refusal, Hindrance;
    }

    private <T> T ask(Question<T> question) throws Hindrance {
        return Talk.ask(
                account.access(),
                client::close,
                () -> {
                    try {
                        return question.with(client);
                    } catch (Refusal refusal) {
                        throw refused(refusal);
                    }
                });
    }

    private static Hindrance refused(Refusal refusal) {
        return Hindrance.notSo("The server says: " + shown(refusal));
    }

    private static String shown(Refusal refusal) {
        return Visible.line(refusal.reply().text(), 300);
    }

    /// News of the open mailbox, which may come with any answer (RFC 3501 §5.2).
    private void hear(Response response) {
        switch (response) {
            case Response.Exists(long count) -> {
                long before = numbering.size();
                if (count < before) return; // RFC 3501 §7.3.1: only EXPUNGE makes it smaller
                try {
                    numbering.exists(count);
                } catch (Hindrance tooMany) {
                    return;
                }
                arrived += (int) (count - before);
            }
            case Response.Expunge(long sequence) -> numbering.expunge(sequence);
            case Response.Fetch fetch -> {
                var entry = numbering.sequence(fetch.sequence()).orElse(null);
                var flags = flags(fetch);
                if (entry == null || flags.isEmpty()) return;
                var row = entry.row;
                if (row != null) entry.row = row.with(flags.get());
            }
            default -> {}
        }
    }

    @Override
    public void open(String name) throws Hindrance {
        numbering.clear();
        mailbox = "";
        var opened = ask(it -> it.open(mailboxName(name), false));
        numbering.clear();
        numbering.exists(opened.exists());
        readOnly = opened.readOnly();
        mailbox = name;
        arrived = 0;
    }

    private static MailboxName mailboxName(String name) throws Hindrance {
        try {
            return MailboxName.of(name);
        } catch (Refusal refusal) {
            throw Hindrance.notSo("No mailbox can be called " + Visible.line(name, 100) + ".");
        }
    }

    @Override
    public String mailbox() {
        return mailbox;
    }

    @Override
    public boolean isReadOnly() {
        return readOnly;
    }

    @Override
    public int last() {
        return numbering.last();
    }

    @Override
    public int size() {
        return numbering.size();
    }

    @Override
    public int number(int place) {
        return numbering.sequence(place + 1L).map(entry -> entry.number).orElse(0);
    }

    @Override
    public int place(int number) {
        return numbering.from(number) - 1;
    }

    @Override
    public List<Row> rows(int from, int to) throws Hindrance {
        int first = numbering.from(from);
        int end = numbering.from(to + 1) - 1;
        for (int i = first; i <= end; i++)
            if (isUnknown(i)) {
                int stop = i;
                while (stop < end && stop - i < PAGE - 1 && isUnknown(stop + 1)) stop++;
                load(i, stop);
                i = stop;
            }
        var rows = new ArrayList<Row>();
        for (var entry : numbering.between(from, to)) {
            var row = entry.row;
            if (row != null) rows.add(row);
        }
        return rows;
    }

    private boolean isUnknown(int sequence) {
        return numbering.sequence(sequence).filter(entry -> entry.row == null).isPresent();
    }

    private void load(int first, int last) throws Hindrance {
        var range = new SequenceSet(List.of(new SequenceSet.Range(first, last)));
        for (var fetch : ask(it -> it.fetchNumbered(range, ROW))) {
            var entry = numbering.sequence(fetch.sequence()).orElse(null);
            if (entry == null || fetch.uid().isEmpty()) continue;
            entry.row =
                    Row.of(
                            entry.number,
                            Long.toString(fetch.uid().getAsLong()),
                            flags(fetch).orElse(Set.of()),
                            number(fetch.item("RFC822.SIZE")),
                            header(fetch));
        }
    }

    private static byte[] header(Response.Fetch fetch) {
        for (var item : fetch.items().entrySet())
            if (item.getKey().startsWith("BODY[HEADER.FIELDS")
                    && item.getValue() instanceof Datum.Text(var octets))
                return octets.getBytes(StandardCharsets.ISO_8859_1);
        return new byte[0];
    }

    private static long number(Optional<Datum> datum) {
        return datum.orElse(new Datum.Nil()) instanceof Datum.Atom(var digits)
                        && digits.length() <= 18
                        && digits.chars().allMatch(c -> c >= '0' && c <= '9')
                ? Long.parseLong(digits)
                : 0;
    }

    private static Optional<Set<Flag>> flags(Response.Fetch fetch) {
        if (!(fetch.item("FLAGS").orElse(null) instanceof Datum.Group(var items)))
            return Optional.empty();
        var flags = new HashSet<Flag>();
        for (var item : items)
            if (item instanceof Datum.Atom(var atom)) Flag.named(atom).ifPresent(flags::add);
        return Optional.of(flags);
    }

    @Override
    public List<Integer> search(SearchKey key) throws Hindrance {
        var found = new ArrayList<Integer>();
        for (var response : ask(it -> it.ask(new Command.Search(false, key))).untagged())
            if (response instanceof Response.Search(var sequences))
                for (long sequence : sequences)
                    numbering.sequence(sequence).ifPresent(entry -> found.add(entry.number));
        return found.stream().sorted().toList();
    }

    @Override
    public List<Level> threads() throws Hindrance {
        if (!offers(capabilities, "THREAD=REFERENCES") || numbering.size() == 0)
            return Threads.of(rows(1, last()));
        var places = new ArrayList<Level>();
        for (var threaded : ask(ImapClient::thread))
            numbering
                    .sequence(threaded.number())
                    .ifPresent(entry -> places.add(new Level(entry.number, threaded.depth())));
        return places;
    }

    @Override
    public Fetched fetch(Row row) throws Hindrance {
        try (var taking = new Fetched.Taking()) {
            ask(it -> {
                it.body(uid(row), Section.MESSAGE, Optional.empty(), Fetched.MOST, taking);
                return true;
            });
            return taking.end(Map.of());
        }
    }

    @Override
    public Fetched fetchToRead(Row row) throws Hindrance {
        if (row.size() <= Excerpt.WHOLE) return fetch(row);
        var structure =
                ask(it -> it.fetch(SequenceSet.of(uid(row)), List.of(Attribute.BODYSTRUCTURE)));
        var excerpt =
                structure.stream()
                        .flatMap(fetch -> fetch.item("BODYSTRUCTURE").stream())
                        .findFirst()
                        .flatMap(Excerpt::of);
        if (excerpt.isEmpty()) return fetch(row);
        try (var taking = new Fetched.Taking()) {
            ask(it -> {
                excerpt.get()
                        .write(
                                (section, window, sink) ->
                                        it.body(uid(row), section, window, Excerpt.MOST, sink),
                                taking);
                return true;
            });
            return taking.end(excerpt.get().absent());
        }
    }

    @Override
    public Source fetchPart(Row row, String section) throws Hindrance {
        var numbers = new ArrayList<Integer>();
        for (var number : section.split("\\.", -1)) {
            var parsed = positive(number);
            if (parsed.isEmpty() || numbers.size() > 50)
                throw Hindrance.notSo("There is no part " + Visible.line(section, 60) + ".");
            numbers.add(parsed.getAsInt());
        }
        try (var taking = new Fetched.Taking()) {
            var part = new Section(numbers, Section.Whole.ALL);
            ask(it -> {
                it.body(uid(row), part, Optional.empty(), Fetched.MOST, taking);
                return true;
            });
            return taking.end(Map.of()).source();
        }
    }

    private static OptionalInt positive(String digits) {
        boolean number =
                !digits.isEmpty()
                        && digits.length() <= 5
                        && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        int value = number ? Integer.parseInt(digits) : 0;
        return value > 0 ? OptionalInt.of(value) : OptionalInt.empty();
    }

    private static long uid(Row row) {
        return Long.parseLong(row.id());
    }

    @Override
    public void mark(List<Row> rows, Flag flag, boolean on) throws Hindrance {
        var change = on ? Command.Store.Change.ADD : Command.Store.Change.REMOVE;
        for (var set : sets(rows))
            ask(it -> it.ask(new Command.Store(true, set, change, false, List.of(flag))));
    }

    @Override
    public void copy(List<Row> rows, String to) throws Hindrance {
        var target = mailboxName(to);
        for (var set : sets(rows)) ask(it -> it.ask(new Command.Copy(true, set, target)));
    }

    @Override
    public void move(List<Row> rows, String to) throws Hindrance {
        var target = mailboxName(to);
        var copies = new ArrayList<SequenceSet>();
        if (offers(capabilities, "MOVE")) { // RFC 6851 §3.1
            for (var set : sets(rows)) {
                var answer = ask(it -> it.ask(new Command.Move(true, set, target)));
                copied(answer).ifPresent(copies::add);
            }
            moved =
                    copies.isEmpty()
                            ? Optional.empty()
                            : Optional.of(new Moved(mailbox, to, copies));
        } else {
            moved = Optional.empty();
            copy(rows, to);
            mark(rows, Flag.DELETED, true);
            if (offers(capabilities, "UIDPLUS")) // RFC 4315 §2.1: these, and no others
            for (var set : sets(rows)) ask(it -> it.ask(new Command.Expunge(Optional.of(set))));
        }
    }

    /// What was moved last, as it is called where it is now.
    private record Moved(String from, String to, List<SequenceSet> uids) {}

    // RFC 6851 §4.3: COPYUID comes in an untagged OK; some servers say it with the tag
    private static Optional<SequenceSet> copied(ImapClient.Answer answer) {
        for (var response : answer.untagged())
            if (response instanceof Response.State(var reply)
                    && reply.code().orElse(null) instanceof Code.CopyUid(_, _, var copies))
                return Optional.of(copies);
        return answer.reply().code().orElse(null) instanceof Code.CopyUid(_, _, var copies)
                ? Optional.of(copies)
                : Optional.empty();
    }

    @Override
    public boolean bringBack() throws Hindrance {
        var last = moved;
        if (last.isEmpty()) return false;
        moved = Optional.empty();
        String here = mailbox;
        var target = mailboxName(last.get().from());
        open(last.get().to());
        try {
            for (var set : last.get().uids())
                ask(it -> it.ask(new Command.Move(true, set, target)));
        } finally {
            open(here);
        }
        return true;
    }

    @Override
    public int expunge() throws Hindrance {
        int before = numbering.size();
        ask(it -> it.ask(new Command.Expunge(Optional.empty())));
        return Math.max(0, before - numbering.size());
    }

    /// Their UIDs, as few ranges as there are gaps.
    private static List<SequenceSet> sets(List<Row> rows) {
        var uids = rows.stream().mapToLong(ImapAccess::uid).sorted().distinct().toArray();
        var sets = new ArrayList<SequenceSet>();
        var ranges = new ArrayList<SequenceSet.Range>();
        for (int i = 0; i < uids.length; ) {
            int end = i;
            while (end + 1 < uids.length && uids[end + 1] == uids[end] + 1) end++;
            ranges.add(new SequenceSet.Range(uids[i], uids[end]));
            i = end + 1;
            if (ranges.size() == LONGEST_SET || i == uids.length) {
                sets.add(new SequenceSet(ranges));
                ranges.clear();
            }
        }
        return sets;
    }

    @Override
    public List<Mailbox> mailboxes(String pattern) throws Hindrance {
        var mailboxes = new ArrayList<Mailbox>();
        for (var listed : ask(it -> it.list("", pattern)))
            if (mailboxes.size() < MOST_MAILBOXES) mailboxes.add(mailbox(listed));
        mailboxes.sort((one, other) ->
                one.isInbox() != other.isInbox()
                        ? (one.isInbox() ? -1 : 1)
                        : one.name().compareToIgnoreCase(other.name()));
        return mailboxes;
    }

    private static Mailbox mailbox(Response.Listed listed) {
        Optional<Mailbox.Use> use = Optional.empty();
        for (var one : Mailbox.Use.values()) if (listed.has(one.attribute)) use = Optional.of(one);
        return new Mailbox(
                listed.mailbox().value(),
                listed.delimiter(),
                use,
                !listed.has("\\Noselect") && !listed.has("\\NonExistent"));
    }

    @Override
    public Optional<Count> count(String name) throws Hindrance {
        var items = List.of(StatusItem.MESSAGES, StatusItem.UNSEEN);
        Map<StatusItem, Long> status = ask(it -> it.status(mailboxName(name), items));
        var messages = status.get(StatusItem.MESSAGES);
        var unseen = status.get(StatusItem.UNSEEN);
        return messages == null || unseen == null
                ? Optional.empty()
                : Optional.of(new Count(messages, unseen));
    }

    @Override
    public void create(String name) throws Hindrance {
        ask(it -> it.ask(new Command.Create(mailboxName(name))));
        var subscribe = new Command.Subscribe(mailboxName(name));
        ask(it -> {
            try {
                return it.ask(subscribe).reply();
            } catch (Refusal refusal) { // it is there all the same
                return refusal.reply();
            }
        });
    }

    @Override
    public void rename(String from, String to) throws Hindrance {
        ask(it -> it.ask(new Command.Rename(mailboxName(from), mailboxName(to))));
    }

    @Override
    public void remove(String name) throws Hindrance {
        ask(it -> it.ask(new Command.Delete(mailboxName(name))));
    }

    @Override
    public Optional<String> serving(Mailbox.Use use) throws Hindrance {
        var all = mailboxes("*");
        for (var one : all)
            if (one.use().filter(use::equals).isPresent()) return Optional.of(one.name());
        for (var one : all)
            if (one.selectable() && use.isCalled(one.ownName())) return Optional.of(one.name());
        return Optional.empty();
    }

    @Override
    public OptionalLong append(String name, List<Flag> flags, Source letter) throws Hindrance {
        var to = mailboxName(name);
        try {
            long size;
            try (var in = letter.open()) {
                size = in.transferTo(java.io.OutputStream.nullOutputStream());
            }
            try (var in = letter.open()) {
                return ask(it -> it.append(to, flags, in, size)).code().orElse(null)
                                instanceof Code.AppendUid(_, var uids)
                        ? OptionalLong.of(uids.largestNamed())
                        : OptionalLong.empty();
            }
        } catch (IOException e) {
            throw Hindrance.system("Reading the letter", e);
        }
    }

    @Override
    public int news() throws Hindrance {
        ask(it -> it.ask(new Command.Noop()));
        int news = arrived;
        arrived = 0;
        return news;
    }

    /// Calls again after the line was lost, and opens what was open.
    public void again() throws Hindrance {
        String before = mailbox;
        client.close();
        client = dial(account, calls, SILENCE);
        begin();
        if (!before.isEmpty()) open(before);
    }

    /// Whether the server tells news by itself (RFC 2177).
    public boolean canIdle() {
        return offers(capabilities, "IDLE");
    }

    @Override
    public void close() {
        try {
            client.logout();
        } catch (Departure | Refusal gone) {
            // it is over either way
            return;
        } finally {
            client.close();
        }
    }
}
