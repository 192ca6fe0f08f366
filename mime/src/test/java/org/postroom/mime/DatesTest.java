package org.postroom.mime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;

class DatesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Fri, 21 Nov 1997 09:55:06 -0600 | 1997-11-21T09:55:06-06:00",
                "Tue, 1 Jul 2003 10:52:37 +0200 | 2003-07-01T10:52:37+02:00",
                "Thu, 13 Feb 1969 23:32:54 -0330 | 1969-02-13T23:32:54-03:30",
                // RFC 5322 §A.5, §A.6.2, §A.6.3
                "Thu,    13    Feb    1969   23:32     -0330 (Newfoundland Time)"
                        + " | 1969-02-13T23:32:00-03:30",
                "21 Nov 97 09:55:06 GMT | 1997-11-21T09:55:06Z",
                "Fri, 21 Nov 1997 09(comment):   55  :  06 -0600 | 1997-11-21T09:55:06-06:00",
                // RFC 5322 §4.3
                "1 Jan 49 00:00 EST | 2049-01-01T00:00:00-05:00",
                "1 Jan 50 00:00 PDT | 1950-01-01T00:00:00-07:00",
                "1 Jan 102 00:00 Z | 2002-01-01T00:00:00Z",
                "1 Jan 2000 00:00 A | 2000-01-01T00:00:00Z",
                // from the wild
                "Sunday, 6-Nov-94 08:49:37 GMT | 1994-11-06T08:49:37Z",
                "6 November 1994 08:49:37 +0000 (a (nested) comment) | 1994-11-06T08:49:37Z",
                "Sun 6 Nov 1994 08:49 | 1994-11-06T08:49:00Z",
                "1 Jan 2000 | 2000-01-01T00:00:00Z",
                "2000-01-01T00:00:00Z | 2000-01-01T00:00:00Z",
                "2010-10-20 20:53:35.123 -04:00 | 2010-10-20T20:53:35-04:00",
                "2010/10/20 20:53 | 2010-10-20T20:53:00Z",
                "20-Oct-2010 8:53:35 PM +0200 | 2010-10-20T20:53:35+02:00",
                "Oct 20, 2010 12:05 AM | 2010-10-20T00:05:00Z",
                "Wed Oct 20 20:53:35 2010 | 2010-10-20T20:53:35Z",
                "Wed Oct 20 20:53:35 CEST 2010 | 2010-10-20T20:53:35+02:00",
                "Wed, 20 Oct 2010 20.53.35 +0530 | 2010-10-20T20:53:35+05:30",
                "Wed, 20 Oct 2010 20:53:35 GMT+0100 | 2010-10-20T20:53:35+01:00",
                "Wed, 20 Oct 2010 20:53:35 +2 | 2010-10-20T20:53:35+02:00",
                "Wed, 20 Oct 2010 20:53:35 \"GMT\" | 2010-10-20T20:53:35Z",
                "Wed, 20 Oct 2010 20:53:35 JST (Japan) | 2010-10-20T20:53:35+09:00",
                "Wednesday, October 20th, 2010 20:53 | 2010-10-20T20:53:00Z",
                "Wed,20 Oct 2010 20:53:35+0000 | 2010-10-20T20:53:35Z",
                "20 oct 110 20:53:35 -0000 | 2010-10-20T20:53:35Z",
                "31 Dec 2016 23:59:60 +0000 | 2016-12-31T23:59:59Z",
                "1 Jan 2000 00:00:00 +9900 | 2000-01-01T00:00:00Z",
            })
    void isRead(String date, String meaning) {
        assertThat(Dates.parse(date)).contains(OffsetDateTime.parse(meaning));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Textbook: Figure 23.7
                "1/5/05",
                "",
                "yesterday",
                "31 Feb 2000 00:00 +0000",
                "1 Jan 2000 25:00 +0000",
                "5-1-2005 10:00",
                "1 Jan",
                "12:00",
                "2000-13-01T00:00:00Z",
                "1 J\u00e4n 2000 00:00",
                "((((((",
            })
    void isNoDate(String date) {
        assertThat(Dates.parse(date)).isEmpty();
    }

    @Test
    void isPrinted() { // RFC 5322 §3.3
        var date = OffsetDateTime.of(1997, 11, 1, 9, 5, 6, 789, ZoneOffset.ofHoursMinutes(-3, -30));
        assertThat(Dates.format(date)).isEqualTo("Sat, 1 Nov 1997 09:05:06 -0330");
        assertThat(Dates.format(date.withOffsetSameInstant(ZoneOffset.UTC)))
                .isEqualTo("Sat, 1 Nov 1997 12:35:06 +0000");
        assertThat(Dates.parse(Dates.format(date))).contains(date.withNano(0));
    }
}
