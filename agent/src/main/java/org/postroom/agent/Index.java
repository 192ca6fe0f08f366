package org.postroom.agent;

import org.postroom.agent.access.Access;
import org.postroom.agent.access.Mailbox;
import org.postroom.agent.access.Row;
import org.postroom.agent.account.Hindrance;
import org.postroom.imap.Flag;
import org.postroom.mime.render.Columns;
import org.postroom.mime.render.Visible;

import tools.jackson.databind.json.JsonMapper;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What there is: the index of a mailbox, what a search finds, the mailboxes.
final class Index {

    private static final int LAST = 20; // lines, unless all are asked for
    static final int MOST_COUNTED = 100; // mailboxes

    private final Session session;

    Index(Session session) {
        this.session = session;
    }

    void list(Given given) throws Hindrance {
        if (!given.words().isEmpty()) session.open(String.join(" ", given.words()));
        var access = session.access();
        if (given.words().isEmpty() && session.desk.hasPerson()) session.news();
        boolean all =
                given.has(Option.EVERY) || given.has(Option.JSON) || !session.desk.hasPerson();
        if (given.has(Option.THREADS)) {
            var places = access.threads();
            int from = all ? 0 : Math.max(0, places.size() - LAST);
            show(places.subList(from, places.size()), given.has(Option.JSON));
        } else {
            int last = access.last();
            int from = all ? 1 : window(last);
            int to = all ? last : Math.min(last, from + LAST - 1);
            var places = new ArrayList<Access.Level>();
            for (var row : access.rows(from, to)) places.add(new Access.Level(row.number(), 0));
            show(places, given.has(Option.JSON));
        }
        if (!given.has(Option.JSON) && session.desk.hasPerson()) summary(access);
    }

    /// Where the page begins: it holds the letter that the person is at, else it is the last.
    private int window(int last) {
        int end = session.current() == 0 ? last : Math.min(last, session.current() + LAST / 2);
        return Math.max(1, end - LAST + 1);
    }

    private void summary(Access access) {
        session.desk
                .out()
                .println(
                        session.desk
                                .paint()
                                .faint(
                                        Visible.line(access.mailbox(), 100)
                                                + ": "
                                                + count(access.last(), "letter")
                                                + (access.isReadOnly()
                                                        ? ", to be read only"
                                                        : "")));
    }

    static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private void show(List<Access.Level> places, boolean json) throws Hindrance {
        var out = session.desk.out();
        var paint = session.desk.paint();
        var rows = rows(places);
        var now = ZonedDateTime.now(ZoneId.systemDefault());
        boolean recipients = isSent(session.access());
        var mapper = json ? new JsonMapper() : null;
        for (var place : places) {
            var row = rows.get(place.number());
            if (row == null) continue;
            if (mapper != null)
                out.println(mapper.writeValueAsString(IndexLine.described(row, place.depth())));
            else {
                String line =
                        IndexLine.of(row, place.depth(), recipients, now, session.desk.width());
                String shown = row.number() == session.current() ? ">" + line.substring(1) : line;
                out.println(row.has(Flag.SEEN) ? shown : paint.bold(shown));
            }
        }
        out.flush();
    }

    private Map<Integer, Row> rows(List<Access.Level> places) throws Hindrance {
        var rows = new HashMap<Integer, Row>();
        int first = places.stream().mapToInt(Access.Level::number).min().orElse(1);
        int last = places.stream().mapToInt(Access.Level::number).max().orElse(0);
        boolean dense = last - first < 4 * places.size() + 100;
        if (dense) for (var row : session.access().rows(first, last)) rows.put(row.number(), row);
        else
            for (var place : places)
                for (var row : session.access().rows(place.number(), place.number()))
                    rows.put(row.number(), row);
        return rows;
    }

    /// Whether whom letters went to is of more use than whom they are from.
    static boolean isSent(Access access) {
        String name = access.mailbox().toLowerCase(Locale.ROOT);
        return name.contains("sent") || name.contains("draft");
    }

    /// @return whether something was found
    boolean search(Given given) throws Hindrance {
        var found = session.access().search(Conditions.parse(given.words()));
        session.found(found);
        show(
                found.stream().map(number -> new Access.Level(number, 0)).toList(),
                given.has(Option.JSON));
        if (!given.has(Option.JSON) && session.desk.hasPerson())
            session.desk
                    .out()
                    .println(session.desk.paint().faint(count(found.size(), "letter") + " found"));
        return !found.isEmpty();
    }

    void mailboxes(Given given) throws Hindrance {
        var out = session.desk.out();
        String pattern = given.words().isEmpty() ? "*" : given.words().getFirst();
        var mailboxes = session.server().mailboxes(pattern);
        var mapper = given.has(Option.JSON) ? new JsonMapper() : null;
        int counted = 0;
        for (var mailbox : mailboxes) {
            var count =
                    mailbox.selectable() && counted++ < MOST_COUNTED
                            ? session.server().count(mailbox.name())
                            : Optional.<Access.Count>empty();
            if (mapper != null) out.println(mapper.writeValueAsString(described(mailbox, count)));
            else out.println(line(mailbox, count));
        }
        out.flush();
    }

    String line(Mailbox mailbox, Optional<Access.Count> count) {
        String name = Columns.fit(Visible.line(mailbox.name(), 200), 30);
        String letters =
                count.map(it ->
                                String.format(
                                        "%7d%s",
                                        it.messages(),
                                        it.unseen() > 0 ? ", " + it.unseen() + " new" : ""))
                        .orElse("");
        boolean news = count.filter(it -> it.unseen() > 0).isPresent();
        String line = name + letters;
        return (news ? session.desk.paint().bold(line) : line).stripTrailing();
    }

    private static Map<String, Object> described(Mailbox mailbox, Optional<Access.Count> count) {
        var described = new LinkedHashMap<String, Object>();
        described.put("name", mailbox.name());
        described.put("delimiter", mailbox.delimiter());
        mailbox.use().ifPresent(use -> described.put("use", use.name().toLowerCase(Locale.ROOT)));
        count.ifPresent(it -> {
            described.put("messages", it.messages());
            described.put("unseen", it.unseen());
        });
        return described;
    }
}
