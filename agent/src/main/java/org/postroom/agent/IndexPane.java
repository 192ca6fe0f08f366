package org.postroom.agent;

import org.postroom.agent.access.Access.Level;
import org.postroom.agent.access.Row;
import org.postroom.agent.account.Hindrance;
import org.postroom.imap.Flag;
import org.postroom.mime.render.Visible;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The index on the screen: which letters, in which order, and where the person is. A row is fetched when
/// it is scrolled to.
final class IndexPane {

    private final Session session;
    private Order order;
    private String title = "";
    private boolean recipients; // of what one sent, whom it went to
    private int cursor;
    private int top;

    IndexPane(Session session) throws Hindrance {
        this.session = session;
        this.order = new Order.Plain(session.access());
    }

    // ---- which letters

    /// All of the open mailbox.
    void all() throws Hindrance {
        var access = session.access();
        show(new Order.Plain(access), access.mailbox());
        recipients = Index.isSent(access);
    }

    void show(Order other, String called) {
        order = other;
        title = called;
        top = Math.max(0, Math.min(top, order.size() - 1));
    }

    boolean isAll() {
        return order instanceof Order.Plain;
    }

    int size() {
        return order.size();
    }

    List<Integer> numbers() {
        return java.util.stream.IntStream.range(0, order.size())
                .mapToObj(i -> order.at(i).number())
                .toList();
    }

    // ---- where the person is

    int cursor() {
        return cursor;
    }

    boolean isAtEnd() {
        return cursor >= order.size() - 1;
    }

    void at(int index) {
        cursor = Math.max(0, Math.min(index, order.size() - 1));
    }

    /// @return whether it moved
    boolean move(int by) {
        int before = cursor;
        at(cursor + by);
        return cursor != before;
    }

    void last() {
        at(order.size() - 1);
    }

    /// Goes to a letter by its number, or to the one behind where it would be.
    void atNumber(int number) {
        at(order.place(number));
    }

    /// Letters may have gone: the cursor stays, at the one behind.
    void sweep() {
        order = order.swept();
        at(cursor);
    }

    int number() {
        at(cursor); // others may have removed some
        return order.size() == 0 ? 0 : order.at(cursor).number();
    }

    Optional<Row> current() throws Hindrance {
        int number = number();
        return number == 0 ? Optional.empty() : row(order.at(cursor));
    }

    private Optional<Row> row(Level level) throws Hindrance {
        return session.access().rows(level.number(), level.number()).stream().findFirst();
    }

    // ---- on the screen

    void draw(List<String> lines, int room, Screen screen, Canvas canvas) throws Hindrance {
        at(cursor);
        if (cursor < top) top = cursor;
        if (cursor >= top + room) top = cursor - room + 1;
        top = Math.max(0, Math.min(top, order.size() - room));
        if (isAll() && order.size() > 0) // all that is shown in one question
        session.access()
                    .rows(
                            order.at(top).number(),
                            order.at(Math.min(order.size(), top + room) - 1).number());
        var now = ZonedDateTime.now(ZoneId.systemDefault());
        for (int i = top; i < top + room; i++)
            lines.add(i < order.size() ? line(i, now, screen, canvas) : "");
    }

    private String line(int index, ZonedDateTime now, Screen screen, Canvas canvas)
            throws Hindrance {
        var level = order.at(index);
        var row = row(level);
        String line =
                row.map(it -> IndexLine.of(it, level.depth(), recipients, now, screen.width()))
                        .orElse(String.format(Locale.ROOT, "%5d (gone)", level.number()));
        if (session.tagged().contains(level.number())) line = "*" + line.substring(1);
        if (index == cursor) return canvas.bar(line);
        boolean fresh = row.filter(it -> !it.has(Flag.SEEN)).isPresent();
        return fresh ? screen.paint().bold(line) : line;
    }

    /// Where that is, for the bar.
    String place() {
        var place = new StringBuilder(Visible.line(title, 60));
        if (order.size() == 0) return place.append(", no letters").toString();
        place.append("  ").append(cursor + 1).append(" of ").append(order.size());
        int tagged = session.tagged().size();
        if (tagged > 0) place.append("  ").append(tagged).append(" tagged");
        return place.toString();
    }
}
