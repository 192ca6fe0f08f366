package org.postroom.ftp;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads what LIST prints, which RFC 959 leaves to each system and means for people: the forms of Unix, DOS
/// (IIS), VMS, MVS (z/OS: data sets, members, and its Unix) and OS/400 (IBM i). Told a line at a time, since
/// headings and broken lines mean something. Times are taken for UTC: nobody says in which zone they are.
///
/// A line that has none of these forms is no entry.
public final class ForeignListing {

    private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

    private final LocalDate today;
    private final List<Entry> entries = new ArrayList<>();
    private String begun = ""; // VMS: a name whose facts stand in the next line
    private boolean dataSets; // MVS: a heading with Dsname was seen
    private boolean members; // MVS: one with Name, and what ISPF knows

    /// @param today by which a date without a year is understood
    public ForeignListing(LocalDate today) {
        this.today = today;
    }

    /// The entries that were understood so far; the directory itself and its parent are none.
    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    /// Takes the next line.
    public void line(String line) {
        var words = words(line);
        if (words.length == 0) return;
        if (heading(words)) return;
        if (!begun.isEmpty()) {
            String name = begun;
            begun = "";
            if (vms(name, words)) return;
        }
        if (dataSets && dataSet(words)) return;
        if (members && member(words)) return;
        if (unix(line, words) || dos(line, words) || os400(words)) return;
        if (isVersioned(words[0])) {
            if (words.length == 1) begun = words[0];
            else vms(words[0], Arrays.copyOfRange(words, 1, words.length));
        }
    }

    private boolean heading(String... words) {
        boolean sets = words[0].equals("Volume") && words[words.length - 1].equals("Dsname");
        boolean inside = words[0].equals("Name") && words.length > 1;
        dataSets |= sets;
        members |= inside;
        return sets || inside || (words[0].equals("total") && words.length == 2);
    }

    // ---- Unix: -rw-r--r--   1 ann staff  1234 Jan 12 10:30 name

    private boolean unix(String line, String... words) {
        String mode = words[0];
        if (mode.length() < 10 || "-dlbcps".indexOf(mode.charAt(0)) < 0) return false;
        if ("r-".indexOf(mode.charAt(1)) < 0) return false;
        for (int i = 2; i + 2 < words.length; i++) {
            var when = date(words, i);
            if (when.isEmpty() || !isNumber(words[i - 1])) continue;
            int last = words[i].indexOf('-') > 0 ? i + 1 : i + 2;
            String name = behind(line, last);
            if (name.isEmpty()) return false;
            char kind = mode.charAt(0);
            int arrow = kind == 'l' ? name.indexOf(" -> ") : -1;
            add(
                    switch (kind) {
                        case 'd' -> Entry.Kind.DIRECTORY;
                        case '-' -> Entry.Kind.FILE;
                        default -> Entry.Kind.OTHER;
                    },
                    arrow < 0 ? name : name.substring(0, arrow),
                    kind == '-' ? size(words[i - 1]) : OptionalLong.empty(),
                    when);
            return true;
        }
        return false;
    }

    /// `Jan 12 10:30`, `Jan 12 2024`, `12 Jan 2024`, `2024-01-12 10:30`.
    private Optional<Instant> date(String[] words, int at) {
        if (words[at].length() == 10 && words[at].charAt(4) == '-')
            return at + 1 < words.length
                    ? moment(words[at].split("-", -1), 0, 1, 2, words[at + 1])
                    : Optional.empty();
        if (at + 2 >= words.length) return Optional.empty();
        int month = month(words[at]);
        String day = words[at + 1];
        if (month == 0) {
            month = month(words[at + 1]);
            day = words[at];
        }
        if (month == 0 || !isNumber(day)) return Optional.empty();
        String rest = words[at + 2];
        try {
            if (rest.indexOf(':') < 0)
                return small(rest) >= 1970
                        ? at(LocalDate.of(small(rest), month, small(day)), LocalTime.MIN)
                        : Optional.empty();
            var date = LocalDate.of(today.getYear(), month, Math.min(small(day), 28));
            int year = today.getYear() - (date.isAfter(today.plusDays(31)) ? 1 : 0);
            int most = YearMonth.of(year, month).lengthOfMonth();
            return at(LocalDate.of(year, month, Math.min(small(day), most)), time(rest));
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    private static int month(String word) {
        if (word.length() != 3) return 0;
        int at = MONTHS.indexOf(word.toLowerCase(Locale.ROOT));
        return at < 0 || at % 3 != 0 ? 0 : at / 3 + 1;
    }

    // ---- DOS: 01-12-24  10:30AM       <DIR>          name

    private boolean dos(String line, String... words) {
        if (words.length < 4) return false;
        var date = words[0].split("[-/]", -1);
        if (date.length != 3 || !isNumber(date[0])) return false;
        boolean directory = words[2].equalsIgnoreCase("<DIR>");
        boolean junction = words[2].startsWith("<") && !directory;
        if (!directory && !junction && !isNumber(words[2].replace(",", ""))) return false;
        boolean iso = date[0].length() == 4;
        add(
                directory ? Entry.Kind.DIRECTORY : junction ? Entry.Kind.OTHER : Entry.Kind.FILE,
                behind(line, 2).stripLeading(),
                directory || junction ? OptionalLong.empty() : size(words[2].replace(",", "")),
                iso ? moment(date, 0, 1, 2, words[1]) : moment(date, 2, 0, 1, words[1]));
        return true;
    }

    // ---- VMS: NAME.TXT;1    2/3   12-JAN-2024 10:30:00  [ANN]  (RWED,RWED,RE,)

    private static boolean isVersioned(String word) {
        int mark = word.lastIndexOf(';');
        return mark > 0 && isNumber(word.substring(mark + 1));
    }

    /// The newest of a file's versions is the file; it comes first.
    private boolean vms(String versioned, String... facts) {
        int mark = versioned.lastIndexOf(';');
        if (mark < 0 || facts.length == 0) return false;
        String name = versioned.substring(0, mark);
        boolean directory = name.toUpperCase(Locale.ROOT).endsWith(".DIR");
        if (directory) name = name.substring(0, name.length() - 4);
        Optional<Instant> when = Optional.empty();
        for (int i = 0; i + 1 < facts.length && when.isEmpty(); i++) {
            var date = facts[i].split("-", -1);
            if (date.length == 3 && month(date[1]) > 0)
                when =
                        moment(
                                new String[] {date[2], "" + month(date[1]), date[0]},
                                0,
                                1,
                                2,
                                facts[i + 1]);
        }
        boolean known = !entries.isEmpty() && entries.getLast().path().equals(name);
        if (!known)
            add(
                    directory ? Entry.Kind.DIRECTORY : Entry.Kind.FILE,
                    name,
                    OptionalLong.empty(), // blocks are no octets
                    when);
        return true;
    }

    // ---- MVS: SYS001 3390   2024/01/12  1   15  FB   80  8000  PO  NAME.OF.IT

    private boolean dataSet(String... words) {
        String name = words[words.length - 1];
        if (words.length < 2) return false;
        boolean away = words[0].equals("Migrated") || words[0].equals("Pseudo");
        String organisation = words[words.length - 2];
        boolean partitioned = organisation.equals("PO") || organisation.equals("PO-E");
        if (!away && !partitioned && words.length < 4) return false;
        Optional<Instant> when = Optional.empty();
        for (int i = 1; i < words.length - 1 && when.isEmpty(); i++) {
            var date = words[i].split("/", -1);
            if (date.length == 3) when = moment(date, 0, 1, 2, "00:00");
        }
        add(
                partitioned || words[0].equals("Pseudo") ? Entry.Kind.DIRECTORY : Entry.Kind.FILE,
                name.startsWith("'") && name.endsWith("'") && name.length() > 2
                        ? name.substring(1, name.length() - 1)
                        : name,
                OptionalLong.empty(),
                when);
        return true;
    }

    /// ` MEMBER   01.05 2024/01/12 2024/02/12 10:30   25   25    0 ANN`, or a name alone.
    private boolean member(String... words) {
        if (words[0].length() > 8 || (words.length > 1 && words[1].indexOf('.') < 0)) return false;
        Optional<Instant> when = Optional.empty();
        if (words.length > 4) when = moment(words[3].split("/", -1), 0, 1, 2, words[4]);
        add(Entry.Kind.FILE, words[0], OptionalLong.empty(), when);
        return true;
    }

    // ---- OS/400: ANN   4096 01/12/24 10:30:00 *DIR  NAME/

    private boolean os400(String... words) {
        int star = 1;
        while (star < words.length && !words[star].startsWith("*")) star++;
        if (star + 1 >= words.length) return false;
        String type = words[star];
        String name = String.join(" ", Arrays.copyOfRange(words, star + 1, words.length));
        boolean directory =
                switch (type) {
                    case "*DIR", "*DDIR", "*LIB", "*FLR" -> true;
                    case "*FILE" -> !name.toUpperCase(Locale.ROOT).endsWith(".SAVF");
                    default -> false;
                };
        if (name.endsWith("/")) name = name.substring(0, name.length() - 1);
        if (type.equals("*MEM")) name = name.substring(name.lastIndexOf('/') + 1);
        boolean dated = star >= 4;
        Optional<Instant> when = Optional.empty();
        if (dated) {
            var date = words[star - 2].split("[/.-]", -1);
            if (date.length == 3)
                when =
                        words[star - 2].indexOf('.') > 0
                                ? moment(date, 2, 1, 0, words[star - 1])
                                : moment(date, 2, 0, 1, words[star - 1]);
        }
        add(
                directory ? Entry.Kind.DIRECTORY : Entry.Kind.FILE,
                name,
                dated && !directory ? size(words[1]) : OptionalLong.empty(),
                when);
        return true;
    }

    // ---- words, numbers, times

    private void add(Entry.Kind kind, String name, OptionalLong size, Optional<Instant> when) {
        if (name.isEmpty() || name.equals(".") || name.equals("..")) return;
        entries.add(new Entry(kind, name, size, when, Optional.empty(), Optional.empty()));
    }

    private static String[] words(String line) {
        String stripped = line.strip();
        return stripped.isEmpty() ? new String[0] : stripped.split("\\s+");
    }

    /// What stands behind a word and the one blank that ends it: a name may begin and end with blanks.
    private static String behind(String line, int word) {
        int at = 0;
        for (int i = 0; i <= word; i++) {
            while (at < line.length() && Character.isWhitespace(line.charAt(at))) at++;
            while (at < line.length() && !Character.isWhitespace(line.charAt(at))) at++;
        }
        return at < line.length() ? line.substring(at + 1) : "";
    }

    private static OptionalLong size(String digits) {
        return isNumber(digits) && digits.length() <= 18
                ? OptionalLong.of(Long.parseLong(digits))
                : OptionalLong.empty();
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++)
            if (text.charAt(i) < '0' || text.charAt(i) > '9') return false;
        return !text.isEmpty();
    }

    /// A number of a date; one that can be none is 0, which no date takes.
    private static int small(String digits) {
        return isNumber(digits) && digits.length() <= 4 ? Integer.parseInt(digits) : 0;
    }

    private static Optional<Instant> moment(
            String[] fields, int year, int month, int day, String time) {
        if (fields.length != 3) return Optional.empty();
        try {
            int of = small(fields[year]);
            if (fields[year].length() == 2) of += of < 70 ? 2000 : 1900;
            return at(LocalDate.of(of, small(fields[month]), small(fields[day])), time(time));
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    /// `10:30`, `10:30:15`, `10:30AM`.
    private static LocalTime time(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        boolean after = upper.endsWith("PM");
        boolean half = after || upper.endsWith("AM");
        var fields = (half ? upper.substring(0, upper.length() - 2) : upper).split("[:.]", -1);
        if (fields.length < 2) return LocalTime.MIN;
        int hour = small(fields[0]);
        if (half) hour = hour % 12 + (after ? 12 : 0);
        return LocalTime.of(hour, small(fields[1]), fields.length > 2 ? small(fields[2]) : 0);
    }

    private static Optional<Instant> at(LocalDate date, LocalTime time) {
        return Optional.of(LocalDateTime.of(date, time).toInstant(ZoneOffset.UTC));
    }
}
