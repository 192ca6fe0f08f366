package org.postroom.logbook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Map;

final class AccessLogTest {

    @Test
    void aRequestIsALineThatCountersOfVisitorsRead() {
        var line =
                AccessLog.line(
                        Instant.parse("2026-01-02T03:04:05Z"),
                        Map.of(
                                "peer", "192.0.2.1",
                                "account", "ann@example.test",
                                "method", "GET",
                                "path", "/files/a\" 200 9",
                                "version", "HTTP/1.1",
                                "status", 200,
                                "octets", 12));
        // the common log format: host ident user [time] "request" status bytes
        assertThat(line)
                .matches(
                        "192\\.0\\.2\\.1 - ann@example\\.test"
                                + " \\[0[12]/Jan/2026:\\d\\d:\\d\\d:05 [+-]\\d{4}]"
                                + " \"GET /files/a__200_9 HTTP/1\\.1\" 200 12\n");
    }
}
