package org.postroom.agent.access;

import org.postroom.agent.account.Account;
import org.postroom.agent.account.Calls;
import org.postroom.agent.account.Folder;
import org.postroom.agent.account.Hindrance;
import org.postroom.agent.account.Hindrance.Kind;
import org.postroom.imap.Flag;
import org.postroom.imap.SearchKey;
import org.postroom.mime.Outline;
import org.postroom.mime.Source;
import org.postroom.mime.render.Visible;
import org.postroom.pop3.Pop3Client;
import org.postroom.pop3.Refusal;
import org.postroom.wire.Departure;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// A maildrop at a POP3 server: one mailbox, no flags, no search. What was read is remembered here
/// (keep mode); in delete mode a letter that was fetched is kept in a file first, and removed from the
/// server by taking leave (RFC 1939 §6).
public final class Pop3Access implements Access {

    private static final int MOST_HEADER = 1 << 20;
    private static final String INBOX = "INBOX";

    private final Account account;
    private final Calls calls;
    private final Folder folder;
    private final Numbering numbering = new Numbering();
    private final Set<String> read = new HashSet<>();
    private final Map<Integer, Long> sizes = new HashMap<>();
    private final Map<Integer, String> ids = new HashMap<>();
    private Pop3Client client;
    private boolean left;

    private Pop3Access(Account account, Calls calls, Folder folder) throws Hindrance {
        this.account = account;
        this.calls = calls;
        this.folder = folder;
        this.client = dial(account, calls);
    }

    public static Pop3Access of(Account account, Calls calls, Folder folder) throws Hindrance {
        return new Pop3Access(account, calls, folder);
    }

    private static Pop3Client dial(Account account, Calls calls) throws Hindrance {
        return calls.call(account.access(), line -> signIn(line, calls));
    }

    private static Pop3Client signIn(Calls.Line line, Calls calls) throws Departure, Hindrance {
        try {
            var client = new Pop3Client(line.wire());
            var offers = capa(client);
            if (line.wantsStarttls() && offers.contains("STLS")) {
                client.stls(line.tls(), line.host());
                offers = capa(client); // RFC 2595 §4: what was learnt before is void
            } else if (line.wantsStarttls()) line.stayInTheClear();
            authenticate(client, offers, line, calls);
            return client;
        } catch (Refusal refusal) {
            throw refused(refusal);
        }
    }

    private static void authenticate(
            Pop3Client client, List<String> offers, Calls.Line line, Calls calls)
            throws Departure, Hindrance {
        var place = line.place();
        try {
            var exchange = calls.exchange(place, Pop3Client.mechanisms(offers));
            if (exchange.isPresent()) client.authenticate(exchange.get());
            else client.signIn(place.user(), calls.secret(place));
        } catch (Refusal refusal) {
            throw calls.wrong(place, Visible.line(refusal.reply().text(), 300));
        }
    }

    /// Old servers have no CAPA.
    private static List<String> capa(Pop3Client client) throws Departure {
        try {
            return client.capa();
        } catch (Refusal none) {
            return List.of();
        }
    }

    @FunctionalInterface
    private interface Question<T> {
        T with(Pop3Client client) throws Departure, Refusal;
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
        return Hindrance.notSo("The server says: " + Visible.line(refusal.reply().text(), 300));
    }

    private String memory() {
        return "read-" + account.name().replaceAll("[^A-Za-z0-9.@_-]", "_");
    }

    @Override
    public void open(String mailbox) throws Hindrance {
        if (!mailbox.equalsIgnoreCase(INBOX))
            throw Hindrance.notSo("A POP3 server has no mailboxes but INBOX.");
        if (numbering.last() > 0 || left) { // RFC 1939 §3: what is new is seen by a new session
            if (!left) close();
            client = dial(account, calls);
            left = false;
        }
        numbering.clear();
        sizes.clear();
        ids.clear();
        numbering.exists(ask(Pop3Client::stat));
        for (var line : ask(Pop3Client::list)) pair(line, (number, size) -> sizes(number, size));
        try {
            for (var line : client.uidl()) pair(line, ids::put);
        } catch (Refusal none) { // RFC 1939 §7: optional
            ids.clear();
        } catch (Departure gone) {
            throw Calls.gone(account.access(), gone);
        }
        try {
            read.addAll(folder.lines(memory()));
        } catch (IOException e) {
            throw Hindrance.system("Reading what was read", e);
        }
    }

    @FunctionalInterface
    private interface Taking {
        void take(int number, String text);
    }

    private static void pair(String line, Taking taking) {
        int space = line.indexOf(' ');
        if (space < 1 || space > 9) return;
        String number = line.substring(0, space);
        if (number.chars().allMatch(c -> c >= '0' && c <= '9'))
            taking.take(Integer.parseInt(number), line.substring(space + 1).strip());
    }

    private void sizes(int number, String text) {
        if (text.matches("[0-9]{1,18}.*"))
            sizes.put(number, Long.parseLong(text.replaceAll("[^0-9].*", "")));
    }

    @Override
    public String mailbox() {
        return INBOX;
    }

    @Override
    public boolean isReadOnly() {
        return false;
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
        var rows = new ArrayList<Row>();
        for (var entry : numbering.between(from, to)) {
            var row = entry.row;
            if (row == null) entry.row = row = load(entry.number);
            rows.add(row);
        }
        return rows;
    }

    private Row load(int number) throws Hindrance {
        var header = new ByteArrayOutputStream();
        ask(it -> {
            it.top(number, 0, MOST_HEADER, header::write);
            return true;
        });
        String id = ids.getOrDefault(number, "");
        var flags = !id.isEmpty() && read.contains(id) ? Set.of(Flag.SEEN) : Set.<Flag>of();
        return Row.of(number, id, flags, sizes.getOrDefault(number, 0L), header.toByteArray());
    }

    @Override
    public List<Integer> search(SearchKey key) throws Hindrance {
        var found = new ArrayList<Integer>();
        for (var row : rows(1, last())) {
            Sought sought =
                    Sought.of(
                            row,
                            () -> {
                                try (var fetched = fetch(row)) {
                                    return Sought.text(fetched);
                                }
                            });
            if (sought.matches(key)) found.add(row.number());
        }
        return found;
    }

    @Override
    public List<Level> threads() throws Hindrance {
        return Threads.of(rows(1, last()));
    }

    @Override
    public Fetched fetch(Row row) throws Hindrance {
        try (var taking = new Fetched.Taking()) {
            ask(it -> {
                it.retr(row.number(), Fetched.MOST, taking);
                return true;
            });
            return taking.end(Map.of());
        }
    }

    @Override
    public Fetched fetchToRead(Row row) throws Hindrance {
        var fetched = fetch(row);
        if (account.collects()) collect(row, fetched);
        return fetched;
    }

    /// Delete mode: the letter is in our file before it is marked at the server.
    private void collect(Row row, Fetched fetched) throws Hindrance {
        if (row.has(Flag.DELETED)) return;
        try {
            folder.make();
            MailFile.append(folder.file(account.name() + ".mbox"), row, fetched.source());
        } catch (IOException e) {
            throw Hindrance.system("Keeping the letter", e);
        }
        mark(List.of(row), Flag.DELETED, true);
    }

    @Override
    public Source fetchPart(Row row, String section) throws Hindrance {
        var fetched = fetch(row);
        var part = Outline.part(fetched.summary().root(), section);
        if (part.isEmpty())
            throw Hindrance.notSo("There is no part " + Visible.line(section, 60) + ".");
        return fetched.source().slice(part.get().body());
    }

    /// `\Seen` is ours to remember, `\Deleted` the server's until we leave; there are no others.
    @Override
    public void mark(List<Row> rows, Flag flag, boolean on) throws Hindrance {
        if (flag.equals(Flag.DELETED) && !on) takeBack();
        for (var row : rows) {
            if (flag.equals(Flag.SEEN)) remember(row, on);
            else if (flag.equals(Flag.DELETED)) {
                if (on)
                    ask(it -> {
                        it.dele(row.number());
                        return true;
                    });
            } else if (!flag.equals(Flag.ANSWERED))
                throw Hindrance.notSo("A POP3 server keeps no flags.");
            flag(row, flag, on);
        }
    }

    /// RFC 1939 §5: RSET takes back all marks or none.
    private void takeBack() throws Hindrance {
        ask(it -> {
            it.rset();
            return true;
        });
        for (var entry : numbering.between(1, last())) {
            var row = entry.row;
            if (row != null && row.has(Flag.DELETED)) flag(row, Flag.DELETED, false);
        }
    }

    private void flag(Row row, Flag flag, boolean on) {
        for (var entry : numbering.between(row.number(), row.number())) {
            var now = entry.row;
            if (now == null) continue;
            var flags = new HashSet<>(now.flags());
            if (on) flags.add(flag);
            else flags.remove(flag);
            entry.row = now.with(flags);
        }
    }

    private void remember(Row row, boolean on) throws Hindrance {
        if (row.id().isEmpty() || read.contains(row.id()) == on) return;
        try {
            if (on) {
                read.add(row.id());
                folder.append(memory(), row.id());
            } else {
                read.remove(row.id());
                folder.replace(memory(), List.copyOf(read));
            }
        } catch (IOException e) {
            throw Hindrance.system("Remembering what was read", e);
        }
    }

    private static Hindrance noMailboxes() {
        return Hindrance.notSo(
                "A POP3 server has no mailboxes but INBOX; `save` puts letters into files.");
    }

    @Override
    public void copy(List<Row> rows, String mailbox) throws Hindrance {
        throw noMailboxes();
    }

    @Override
    public void move(List<Row> rows, String mailbox) throws Hindrance {
        throw noMailboxes();
    }

    @Override
    public boolean bringBack() {
        return false;
    }

    @Override
    public int expunge() throws Hindrance {
        int marked = 0;
        for (var entry : numbering.between(1, last())) {
            var row = entry.row;
            if (row != null && row.has(Flag.DELETED)) marked++;
        }
        if (marked > 0) open(INBOX);
        return marked;
    }

    @Override
    public List<Mailbox> mailboxes(String pattern) {
        return List.of(new Mailbox(INBOX, "", Optional.empty(), true));
    }

    @Override
    public Optional<Count> count(String mailbox) {
        return Optional.empty();
    }

    @Override
    public void create(String mailbox) throws Hindrance {
        throw noMailboxes();
    }

    @Override
    public void rename(String from, String to) throws Hindrance {
        throw noMailboxes();
    }

    @Override
    public void remove(String mailbox) throws Hindrance {
        throw noMailboxes();
    }

    @Override
    public Optional<String> serving(Mailbox.Use use) {
        return Optional.empty();
    }

    @Override
    public OptionalLong append(String mailbox, List<Flag> flags, Source letter) throws Hindrance {
        throw noMailboxes();
    }

    /// A session sees what was there when it began.
    @Override
    public int news() {
        return 0;
    }

    @Override
    public void close() throws Hindrance {
        left = true;
        try {
            client.quit();
        } catch (Refusal refusal) {
            throw new Hindrance(
                    Kind.NOT_SO,
                    "Not all was removed: " + Visible.line(refusal.reply().text(), 300));
        } catch (Departure gone) {
            throw Calls.gone(account.access(), gone);
        } finally {
            client.close();
        }
    }
}
