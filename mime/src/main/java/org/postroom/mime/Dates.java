package org.postroom.mime;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Dates of header fields.
public final class Dates {

    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss xx", Locale.ENGLISH);

    private static final List<String> MONTHS =
            List.of(
                    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
                    "dec");

    private static final Map<String, Integer> ZONES = // RFC 5322 §4.3: obs-zone, in hours
            Map.of(
                    "ut", 0, "gmt", 0, "est", -5, "edt", -4, "cst", -6, "cdt", -5, "mst", -7, "mdt",
                    -6, "pst", -8, "pdt", -7);

    private Dates() {}

    /// RFC 5322 §3.3's date-time, in the offset that it has.
    public static String format(OffsetDateTime date) {
        return FORM.format(date);
    }

    /// Reads a date as it is found in the wild: without the day's name, without seconds, the year in
    /// two or three digits, zones by name or missing, comments anywhere. Nothing if day, month by
    /// name, year and time are not there in this order; a leap second becomes the 59th.
    // RFC 5322 §3.3: date-time = [ day-of-week "," ] date time [CFWS], obs-date of §4.3
    public static Optional<OffsetDateTime> parse(String value) {
        return new Reader(value).date();
    }

    private static final class Reader {

        private final String value;
        private int at;

        Reader(String value) {
            this.value = value;
        }

        Optional<OffsetDateTime> date() {
            if (!word().isEmpty()) accept(','); // the day's name is not asked whether it is right
            int day = number(2);
            accept('-');
            String name = word();
            int month = name.length() < 3 ? 0 : MONTHS.indexOf(name.substring(0, 3)) + 1;
            accept('-');
            int year = year(number(4));
            int hour = number(2);
            if (month == 0 || year < 0 || !accept(':')) return Optional.empty();
            int minute = number(2);
            int second = accept(':') ? number(2) : 0;
            try {
                return Optional.of(
                        OffsetDateTime.of(
                                year, month, day, hour, minute, Math.min(second, 59), 0, zone()));
            } catch (DateTimeException outOfRange) {
                return Optional.empty();
            }
        }

        // RFC 5322 §4.3: 00 to 49 are 2000 to 2049; 50 to 999 count from 1900
        private static int year(int number) {
            if (number < 0) return -1;
            if (number < 50) return number + 2000;
            return number < 1000 ? number + 1900 : number;
        }

        // RFC 5322 §3.3: zone = (FWS ( "+" / "-" ) 4DIGIT) / obs-zone; what is not known is UTC
        private ZoneOffset zone() {
            boolean east = accept('+');
            if (east || accept('-')) {
                int number = Math.max(0, number(4));
                int minutes = number / 100 * 60 + number % 100;
                if (minutes > 18 * 60) return ZoneOffset.UTC;
                return ZoneOffset.ofTotalSeconds((east ? minutes : -minutes) * 60);
            }
            return ZoneOffset.ofHours(ZONES.getOrDefault(word(), 0));
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

        private boolean accept(char c) {
            skip();
            if (at == value.length() || value.charAt(at) != c) return false;
            at++;
            return true;
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
