package org.postroom.agent;

import org.postroom.agent.access.Row;
import org.postroom.imap.Flag;
import org.postroom.mime.render.Columns;
import org.postroom.mime.render.Visible;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// A letter in one line. What strangers wrote is made visible before it is measured.
final class IndexLine {

    private static final int AUTHOR = 20;
    private static final int LONGEST = 500;
    private static final int DEEPEST = 8; // levels of a thread that are indented

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter LONG_AGO = DateTimeFormatter.ofPattern("uuuu-MM-dd");

    private IndexLine() {}

    /// @param recipients whether whom it went to is shown, not whom it is from: of what one sent
    static String of(Row row, int depth, boolean recipients, ZonedDateTime now, int width) {
        String start =
                String.format(Locale.ROOT, "%5d %s ", row.number(), marks(row))
                        + Columns.fit(date(row, now), 10)
                        + "  "
                        + Columns.fit(person(row, recipients), AUTHOR)
                        + " "
                        + Columns.fit(Sizes.shown(row.size()), 5)
                        + " ";
        String subject =
                "  ".repeat(Math.min(depth, DEEPEST - 1))
                        + (depth > 0 ? "↳ " : "")
                        + Visible.line(row.subject(), LONGEST);
        int room = Math.max(10, width - Columns.of(start));
        return start + Columns.fit(subject, room).stripTrailing();
    }

    /// New, deleted, answered; flagged; with something attached.
    private static String marks(Row row) {
        char state =
                row.has(Flag.DELETED)
                        ? 'D'
                        : !row.has(Flag.SEEN) ? 'N' : row.has(Flag.ANSWERED) ? 'r' : ' ';
        return "" + state + (row.has(Flag.FLAGGED) ? '!' : ' ') + (row.mixed() ? '+' : ' ');
    }

    private static String person(Row row, boolean recipients) {
        return recipients
                ? "to " + Visible.line(row.recipient(), LONGEST)
                : Visible.line(row.author(), LONGEST);
    }

    private static String date(Row row, ZonedDateTime now) {
        if (row.date().isEmpty()) return "";
        var date = row.date().get().atZoneSameInstant(ZoneId.systemDefault());
        if (date.toLocalDate().equals(now.toLocalDate())) return TIME.format(date);
        return date.isAfter(now.minusMonths(10)) && date.isBefore(now.plusDays(1))
                ? DAY.format(date)
                : LONG_AGO.format(date);
    }

    /// For programs.
    static Map<String, Object> described(Row row, int depth) {
        var described = new LinkedHashMap<String, Object>();
        described.put("number", row.number());
        described.put("id", row.id());
        described.put("flags", row.flags().stream().map(Flag::atom).sorted().toList());
        row.date().ifPresent(date -> described.put("date", date.toString()));
        described.put("from", row.envelope().from().stream().map(it -> it.addrSpec()).toList());
        described.put("name", row.author());
        described.put("to", row.envelope().to().stream().map(it -> it.addrSpec()).toList());
        described.put("subject", row.subject());
        described.put("size", row.size());
        row.messageId().ifPresent(id -> described.put("message-id", id));
        if (depth > 0) described.put("depth", depth);
        return described;
    }
}
