package org.postroom.mime;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Dates of header fields.
public final class Dates {

    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss xx", Locale.ENGLISH);

    /// Each in three letters.
    private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

    /// In minutes: RFC 5322 §4.3's, and those of other places whose name means one offset.
    private static final Map<String, Integer> ZONES =
            Map.ofEntries(
                    Map.entry("est", -300),
                    Map.entry("edt", -240),
                    Map.entry("cst", -360),
                    Map.entry("cdt", -300),
                    Map.entry("mst", -420),
                    Map.entry("mdt", -360),
                    Map.entry("pst", -480),
                    Map.entry("pdt", -420),
                    Map.entry("akst", -540),
                    Map.entry("akdt", -480),
                    Map.entry("hst", -600),
                    Map.entry("nst", -210),
                    Map.entry("ndt", -150),
                    Map.entry("wet", 0),
                    Map.entry("west", 60),
                    Map.entry("bst", 60),
                    Map.entry("cet", 60),
                    Map.entry("met", 60),
                    Map.entry("cest", 120),
                    Map.entry("mest", 120),
                    Map.entry("eet", 120),
                    Map.entry("eest", 180),
                    Map.entry("msk", 180),
                    Map.entry("hkt", 480),
                    Map.entry("jst", 540),
                    Map.entry("kst", 540),
                    Map.entry("aest", 600),
                    Map.entry("aedt", 660),
                    Map.entry("nzst", 720),
                    Map.entry("nzdt", 780));

    private static final int MAX_OFFSET = 18 * 60;

    private Dates() {}

    /// RFC 5322 §3.3's date-time, in the offset that it has.
    public static String format(OffsetDateTime date) {
        return FORM.format(date);
    }

    /// Reads a date as it is found in the wild ([Tolerance#DATE_FORM]): without the day's name, the
    /// seconds, the time or the zone; the year in two or three digits or at the end; the month before
    /// the day; dots for colons; AM and PM; zones by name; comments anywhere; ISO 8601. Nothing where
    /// the month is a number and the year does not come first, since nobody knows which is the day; a
    /// leap second becomes the 59th, what is no zone UTC.
    // RFC 5322 §3.3: date-time = [ day-of-week "," ] date time [CFWS], obs-date of §4.3
    public static Optional<OffsetDateTime> parse(String value) {
        return new Reader(value).date();
    }

    private static final class Reader {

        private final String value;
        private int at;

        private int year = -1;
        private int month;
        private int day = -1;
        private int hour;
        private int minute;
        private int second;

        Reader(String value) {
            this.value = value;
        }

        Optional<OffsetDateTime> date() {
            var name = word();
            month = month(name);
            if (!name.isEmpty() && month == 0) { // the day's name is not asked whether it is right
                separator();
                month = month(word());
            }
            separator();
            int from = at;
            int first = number(4);
            if (at - from == 4 && month == 0) isoDate(first);
            else date(first);
            if (month < 1 || day < 1 || !time()) return Optional.empty();
            var zone = zone();
            if (year < 0) yearAtEnd();
            if (year < 0) return Optional.empty();
            try {
                return Optional.of(
                        OffsetDateTime.of(
                                year, month, day, hour, minute, Math.min(second, 59), 0, zone));
            } catch (DateTimeException outOfRange) {
                return Optional.empty();
            }
        }

        // RFC 5322 §3.3: date = day month year; the month may be known already: asctime's order
        private void date(int first) {
            day = first;
            if (peek() > '9') letters("st", "nd", "rd", "th");
            separator();
            if (month == 0) {
                month = month(word());
                separator();
            }
            int back = at;
            int from = skipped();
            int number = number(4);
            if (peek() == ':' || number < 0) at = back; // the time, then: the year follows it
            else year = year(number, at - from);
            separator();
        }

        // RFC 3339 §5.6: full-date = date-fullyear "-" date-month "-" date-mday
        private void isoDate(int first) {
            year = first;
            separator();
            month = number(2);
            if (month < 0) month = month(word());
            separator();
            day = number(2);
            letters("t");
            separator();
        }

        private void yearAtEnd() {
            int from = skipped();
            int number = number(4);
            if (at - from == 4) year = number;
        }

        // RFC 5322 §4.3: 00 to 49 are 2000 to 2049; 50 to 999 count from 1900
        private static int year(int number, int digits) {
            if (digits > 3) return number;
            return number < 50 && digits < 3 ? number + 2000 : number + 1900;
        }

        // RFC 5322 §3.3: time-of-day = hour ":" minute [ ":" second ]
        private boolean time() {
            if (skipped() == value.length()) return true;
            hour = number(2);
            if (hour < 0) return false;
            if (!accept(':') && !accept('.')) return false;
            minute = number(2);
            if (minute < 0) return false;
            if (accept(':') || accept('.')) second = Math.max(0, number(2));
            if (accept('.') || accept(',')) number(9); // parts of a second
            int back = at;
            String half = word();
            if (half.equals("pm") && hour < 12) hour += 12;
            else if (half.equals("am") && hour == 12) hour = 0;
            else if (!half.equals("am") && !half.equals("pm")) at = back;
            return true;
        }

        // RFC 5322 §3.3: zone = (FWS ( "+" / "-" ) 4DIGIT) / obs-zone; what is not known is UTC
        private ZoneOffset zone() {
            accept('"');
            String name = word();
            accept('"');
            skip();
            if (peek() == '+' || peek() == '-') {
                int sign = value.charAt(at++) == '+' ? 1 : -1;
                int from = skipped();
                int number = Math.max(0, number(4));
                int digits = at - from;
                int minutes = digits <= 2 ? number * 60 : number / 100 * 60 + number % 100;
                if (digits <= 2 && accept(':')) minutes += Math.max(0, number(2));
                return minutes > MAX_OFFSET
                        ? ZoneOffset.UTC
                        : ZoneOffset.ofTotalSeconds(sign * minutes * 60);
            }
            return ZoneOffset.ofTotalSeconds(ZONES.getOrDefault(name, 0) * 60);
        }

        private static int month(String name) {
            if (name.length() < 3) return 0;
            for (int i = 0; i < MONTHS.length(); i += 3)
                if (MONTHS.regionMatches(i, name, 0, 3)) return i / 3 + 1;
            return 0;
        }

        /// The number that comes next, of so many digits at most, or -1.
        private int number(int digits) {
            skip();
            int number = -1;
            for (int i = 0; i < digits && at < value.length(); i++, at++) {
                char c = value.charAt(at);
                if (!Ascii.digit(c)) break;
                number = Math.max(number, 0) * 10 + c - '0';
            }
            return number;
        }

        /// The letters that come next, in lower case.
        private String word() {
            skip();
            int from = at;
            while (at < value.length()
                    && (value.charAt(at) | 0x20) >= 'a'
                    && (value.charAt(at) | 0x20) <= 'z') at++;
            return Ascii.lower(value.substring(from, at));
        }

        /// One of these endings, if it stands here.
        private void letters(String... endings) {
            for (String ending : endings)
                if (value.regionMatches(true, at, ending, 0, ending.length())) {
                    at += ending.length();
                    return;
                }
        }

        private void separator() {
            skip();
            while (at < value.length() && ",-./".indexOf(value.charAt(at)) >= 0) {
                at++;
                skip();
            }
        }

        private boolean accept(char c) {
            skip();
            if (at == value.length() || value.charAt(at) != c) return false;
            at++;
            return true;
        }

        private char peek() {
            return at < value.length() ? value.charAt(at) : 0;
        }

        /// Where the next thing begins.
        private int skipped() {
            skip();
            return at;
        }

        private void skip() {
            int depth = 0;
            for (; at < value.length(); at++) {
                char c = value.charAt(at);
                if (c == '(') depth++;
                else if (c == ')' && depth > 0) depth--;
                else if (depth == 0 && !Ascii.blank(c)) return;
            }
        }
    }
}
