package org.postroom.ftp;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// A line of a listing: a name and the facts that are known of it (RFC 3659 §7.2). MLST, MLSD, LIST
/// and NLST print the same entries, so that they agree (TRAPS F24).
///
/// @param path a name, or a path where the listing is of other directories
/// @param unique the same for the same file under any name, another for any other
/// @param perm what may be done with it (RFC 3659 §7.5.5)
public record Entry(
        Kind kind,
        String path,
        OptionalLong size,
        Optional<Instant> modified,
        Optional<String> perm,
        Optional<String> unique) {

    /// RFC 3659 §7.5.1: type-val.
    public enum Kind {
        FILE("file"),
        DIRECTORY("dir"),
        LISTED_DIRECTORY("cdir"),
        PARENT_DIRECTORY("pdir"),
        /// Of a kind that only the server's system knows, or of no told kind.
        OTHER("");

        final String value;

        Kind(String value) {
            this.value = value;
        }
    }

    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final Duration HALF_A_YEAR = Duration.ofDays(182);

    /// An entry of which nothing is known but its name.
    public static Entry named(String path) {
        return new Entry(
                Kind.OTHER,
                path,
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public boolean isDirectory() {
        return switch (kind) {
            case DIRECTORY, LISTED_DIRECTORY, PARENT_DIRECTORY -> true;
            case FILE, OTHER -> false;
        };
    }

    public boolean isFile() {
        return kind == Kind.FILE;
    }

    // RFC 3659 §7.2: entry = [ facts ] SP pathname; facts = 1*( fact ";" ); fact = factname "="
    // value
    public String mlsx(Collection<Fact> asked) {
        var line = new StringBuilder();
        for (var fact : Fact.values())
            if (asked.contains(fact))
                value(fact)
                        .ifPresent(value ->
                                line.append(fact.label).append('=').append(value).append(';'));
        return line.append(' ').append(path).toString();
    }

    private Optional<String> value(Fact fact) {
        return switch (fact) {
            case TYPE -> Optional.of(kind.value).filter(value -> !value.isEmpty());
            case SIZE ->
                    size.isPresent()
                            ? Optional.of(Long.toString(size.getAsLong()))
                            : Optional.empty();
            case MODIFY -> modified.map(Entry::timeVal);
            case PERM -> perm;
            case UNIQUE -> unique;
        };
    }

    /// As `ls -l` prints it, in UTC, which is what programs that know no MLSD expect of LIST.
    ///
    /// @param now what is older than half a year shows its year instead of the time of day
    public String list(Instant now) {
        var line = new StringBuilder(64 + path.length());
        line.append(isDirectory() ? "drwx------" : "-rw-------").append(" 1 ftp ftp ");
        String octets = Long.toString(size.orElse(0));
        line.repeat(' ', Math.max(0, 12 - octets.length())).append(octets).append(' ');
        listTime(line, modified.orElse(Instant.EPOCH), now);
        return line.append(' ').append(path).toString();
    }

    /// A line as DIR of MS-DOS has it, for devices that read no other: `05-01-26  12:00PM  <DIR>  name`.
    public String dosList() {
        var line = new StringBuilder(48 + path.length());
        var local =
                LocalDateTime.ofEpochSecond(
                        modified.orElse(Instant.EPOCH).getEpochSecond(), 0, ZoneOffset.UTC);
        digits(line, local.getMonthValue(), 10).append('-');
        digits(line, local.getDayOfMonth(), 10).append('-');
        digits(line, local.getYear() % 100, 10).append("  ");
        digits(line, (local.getHour() + 11) % 12 + 1, 10).append(':');
        digits(line, local.getMinute(), 10).append(local.getHour() < 12 ? "AM" : "PM");
        String octets = isDirectory() ? "<DIR>         " : Long.toString(size.orElse(0));
        line.repeat(' ', Math.max(1, 21 - octets.length())).append(octets).append(' ');
        return line.append(path).toString();
    }

    /// Month and day, and the time of day or the year; by hand, since a listing may be long.
    private static void listTime(StringBuilder line, Instant time, Instant now) {
        boolean recent =
                !time.isAfter(now.plus(Duration.ofDays(1))) && time.isAfter(now.minus(HALF_A_YEAR));
        var local = LocalDateTime.ofEpochSecond(time.getEpochSecond(), 0, ZoneOffset.UTC);
        line.append(MONTHS, 3 * local.getMonthValue() - 3, 3 * local.getMonthValue()).append(' ');
        digits(line, local.getDayOfMonth(), 10).append(' ');
        if (recent) {
            digits(line, local.getHour(), 10).append(':');
            digits(line, local.getMinute(), 10);
        } else digits(line.append(' '), local.getYear(), 1000);
    }

    /// @param first the unit of the first digit
    private static StringBuilder digits(StringBuilder line, int number, int first) {
        for (int unit = first; unit > 0; unit /= 10) line.append((char) ('0' + number / unit % 10));
        return line;
    }

    // RFC 3659 §2.3: time-val = 14DIGIT [ "." 1*DIGIT ], in UTC
    static String timeVal(Instant time) {
        return timeVal(new StringBuilder(18), time).toString();
    }

    private static StringBuilder timeVal(StringBuilder line, Instant time) {
        var local = LocalDateTime.ofEpochSecond(time.getEpochSecond(), 0, ZoneOffset.UTC);
        digits(line, local.getYear(), 1000);
        digits(line, local.getMonthValue(), 10);
        digits(line, local.getDayOfMonth(), 10);
        digits(line, local.getHour(), 10);
        digits(line, local.getMinute(), 10);
        digits(line, local.getSecond(), 10);
        int millis = time.getNano() / 1_000_000;
        return millis == 0 ? line : digits(line.append('.'), millis, 100);
    }

    /// Reads a line of MLSD, or the inner line of MLST's reply without its first space: the client's
    /// half. Facts that are unknown or make no sense are left out.
    public static Entry parse(String line) {
        int space = line.indexOf(' ');
        if (space < 0) return named(line);
        var entry = named(line.substring(space + 1));
        int at = 0;
        while (at < space) {
            int end = line.indexOf(';', at);
            if (end < 0 || end > space) end = space;
            int equals = line.indexOf('=', at);
            if (equals > at && equals < end)
                entry =
                        entry.with(
                                line.substring(at, equals).toLowerCase(Locale.ROOT),
                                line.substring(equals + 1, end));
            at = end + 1;
        }
        return entry;
    }

    private Entry with(String fact, String value) {
        return switch (fact) {
            case "type" -> new Entry(kind(value), path, size, modified, perm, unique);
            case "size" -> new Entry(kind, path, number(value), modified, perm, unique);
            case "modify" -> new Entry(kind, path, size, time(value), perm, unique);
            case "perm" -> new Entry(kind, path, size, modified, Optional.of(value), unique);
            case "unique" -> new Entry(kind, path, size, modified, perm, Optional.of(value));
            default -> this;
        };
    }

    private static Kind kind(String value) {
        for (var kind : Kind.values())
            if (kind != Kind.OTHER && kind.value.equalsIgnoreCase(value)) return kind;
        return Kind.OTHER;
    }

    private static OptionalLong number(String digits) {
        return isNumber(digits) && digits.length() <= 18
                ? OptionalLong.of(Long.parseLong(digits))
                : OptionalLong.empty();
    }

    static Optional<Instant> time(String value) {
        int dot = value.indexOf('.');
        String seconds = dot < 0 ? value : value.substring(0, dot);
        String fraction = dot < 0 ? "0" : value.substring(dot + 1);
        if (seconds.length() != 14 || !isNumber(seconds)) return Optional.empty();
        if (!isNumber(fraction)) return Optional.empty();
        try {
            var time =
                    LocalDateTime.of(
                                    Integer.parseInt(seconds, 0, 4, 10),
                                    Integer.parseInt(seconds, 4, 6, 10),
                                    Integer.parseInt(seconds, 6, 8, 10),
                                    Integer.parseInt(seconds, 8, 10, 10),
                                    Integer.parseInt(seconds, 10, 12, 10),
                                    Math.min(59, Integer.parseInt(seconds, 12, 14, 10)))
                            .toInstant(ZoneOffset.UTC);
            return Optional.of(
                    time.plusNanos(Long.parseLong((fraction + "00000000").substring(0, 9))));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++)
            if (text.charAt(i) < '0' || text.charAt(i) > '9') return false;
        return !text.isEmpty();
    }
}
