package org.postroom.imap;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/// Dates as IMAP writes them: `17-Jul-1996 02:44:25 -0700`.
final class DateTimes {

    private static final List<String> MONTHS =
            List.of(
                    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov",
                    "Dec");

    private DateTimes() {}

    // RFC 3501 §9: date-text = date-day "-" date-month "-" date-year
    static LocalDate dateText(Lexer in) throws Refusal {
        String day = in.digits();
        if (day.length() > 2) throw Lexer.bad();
        in.expect('-');
        int month = month(in.letters(3));
        in.expect('-');
        int year = in.digits(4);
        try {
            return LocalDate.of(year, month, Integer.parseInt(day));
        } catch (DateTimeException e) {
            throw Lexer.bad();
        }
    }

    // RFC 3501 §9: date-time = DQUOTE date-day-fixed "-" date-month "-" date-year SP time SP zone
    // DQUOTE
    static OffsetDateTime dateTime(Lexer in) throws Refusal {
        in.expect('"');
        in.accept(' '); // or not: Tolerance.SHORT_DAY
        var date = dateText(in);
        in.sp();
        int hour = in.digits(2);
        in.expect(':');
        int minute = in.digits(2);
        in.expect(':');
        int second = in.digits(2);
        in.sp();
        int sign = in.accept('-') ? -1 : 1;
        if (sign > 0) in.expect('+');
        int zone = in.digits(4);
        in.expect('"');
        try {
            return OffsetDateTime.of(
                    date,
                    LocalTime.of(hour, minute, Math.min(second, 59)), // a leap second
                    ZoneOffset.ofHoursMinutes(sign * (zone / 100), sign * (zone % 100)));
        } catch (DateTimeException e) {
            throw Lexer.bad();
        }
    }

    private static int month(String name) throws Refusal {
        for (int i = 0; i < MONTHS.size(); i++)
            if (MONTHS.get(i).equalsIgnoreCase(name)) return i + 1;
        throw Lexer.bad();
    }

    static void printDate(LocalDate date, Printer out) {
        out.number(date.getDayOfMonth()).atom("-" + MONTHS.get(date.getMonthValue() - 1) + "-");
        out.atom(digits(date.getYear(), 4));
    }

    static void printDateTime(OffsetDateTime date, Printer out) {
        out.atom(date.getDayOfMonth() < 10 ? "\" " : "\"");
        printDate(date.toLocalDate(), out);
        out.atom(" " + digits(date.getHour(), 2));
        out.atom(":" + digits(date.getMinute(), 2));
        out.atom(":" + digits(date.getSecond(), 2));
        int zone = date.getOffset().getTotalSeconds() / 60;
        out.atom(zone < 0 ? " -" : " +");
        out.atom(digits(Math.abs(zone) / 60 * 100 + Math.abs(zone) % 60, 4)).atom("\"");
    }

    private static String digits(int number, int width) {
        String text = Integer.toString(Math.max(0, number));
        return "0".repeat(Math.max(0, width - text.length())) + text;
    }
}
