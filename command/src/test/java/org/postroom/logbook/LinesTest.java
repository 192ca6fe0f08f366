package org.postroom.logbook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.Map;

final class LinesTest {

    private static Map<String, Object> fields() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("event", "session");
        fields.put("octets", 42L);
        fields.put("tls", true);
        fields.put("name", "a b");
        return fields;
    }

    @Test
    void logfmtQuotesWhatItMust() {
        assertThat(Lines.print(fields(), Format.LOGFMT))
                .isEqualTo("event=session octets=42 tls=true name=\"a b\"\n");
    }

    @Test
    void jsonKeepsNumbersAndTruths() {
        assertThat(Lines.print(fields(), Format.JSON))
                .isEqualTo("{\"event\":\"session\",\"octets\":42,\"tls\":true,\"name\":\"a b\"}\n");
    }

    @Test
    void nobodyForgesALineOrCommandsATerminal() {
        var evil = "x\r\nevent=letter \u001b[2J \"\\ \u202e\u2028";
        for (var format : Format.values()) {
            var line = Lines.print(Map.of("name", evil), format);
            assertThat(line.strip().lines()).hasSize(1);
            assertThat(line)
                    .contains("\\r\\nevent=letter \\u001b[2J \\\"\\\\ \\u202e\\u2028")
                    .doesNotContain("\u001b", "\u202e");
        }
    }
}
