package org.postroom.logbook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;

final class XferlogTest {

    private static final Instant NOON =
            LocalDateTime.of(2026, 5, 1, 12, 0, 9).atZone(ZoneId.systemDefault()).toInstant();

    private static Map<String, Object> transfer(String verb, int result) {
        var fields = new HashMap<String, Object>();
        fields.put("peer", "192.0.2.7");
        fields.put("account", "ann@example.test");
        fields.put("verb", verb);
        fields.put("path", "/a file\n.txt");
        fields.put("type", "image");
        fields.put("octets", 1234L);
        fields.put("millis", 1501L);
        fields.put("result", result);
        return fields;
    }

    @Test
    void aTransferIsALineOfWuFtpd() { // xferlog(5), field by field
        assertThat(Xferlog.line(NOON, transfer("RETR", 226)))
                .isEqualTo(
                        "Fri May  1 12:00:09 2026 2 192.0.2.7 1234 /a_file_.txt b _ o r"
                                + " ann@example.test ftp 0 * c\n");
        assertThat(Xferlog.line(NOON, transfer("APPE", 426)))
                .endsWith(" b _ i r ann@example.test ftp 0 * i\n");
    }

    @Test
    void aGuestIsToldApartAndAListingLeftOut() {
        var guest = transfer("STOU", 250);
        guest.put("account", "anonymous");
        guest.put("type", "ascii");
        assertThat(Xferlog.line(NOON, guest)).endsWith(" a _ i a anonymous ftp 0 * c\n");
        assertThat(Xferlog.line(NOON, transfer("LIST", 226))).isEmpty();
    }
}
