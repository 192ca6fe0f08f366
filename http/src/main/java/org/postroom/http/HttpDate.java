package org.postroom.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Dates as HTTP has them, to the second (RFC 9110 §5.6.7).
public final class HttpDate {

    private static final DateTimeFormatter FIXDATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    /// RFC 9110 §5.6.7: a recipient takes all three. The year of the second has two digits.
    private static final List<DateTimeFormatter> TAKEN =
            List.of(
                    FIXDATE,
                    DateTimeFormatter.ofPattern("EEEE, dd-MMM-yy HH:mm:ss 'GMT'", Locale.ROOT)
                            .withZone(ZoneOffset.UTC),
                    DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ROOT)
                            .withZone(ZoneOffset.UTC));

    private HttpDate() {}

    public static String print(Instant instant) {
        return FIXDATE.format(instant);
    }

    /// Nothing where it is no date.
    public static Optional<Instant> of(String text) {
        if (text.length() > 40) return Optional.empty();
        for (var form : TAKEN)
            try {
                var date = ZonedDateTime.parse(text.strip(), form);
                // RFC 9110 §5.6.7: more than 50 years ahead is the last century's
                boolean ahead =
                        form.equals(TAKEN.get(1))
                                && date.isAfter(ZonedDateTime.now(ZoneOffset.UTC).plusYears(50));
                return Optional.of((ahead ? date.minusYears(100) : date).toInstant());
            } catch (DateTimeException other) {
                // the next form
            }
        return Optional.empty();
    }

    /// To the second, as it is told and compared.
    public static Instant seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS);
    }
}
