package org.postroom.server.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.postroom.mime.Fields;
import org.postroom.store.Addressee;
import org.postroom.store.MailingList;
import org.postroom.store.Refused;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// Textbook: M10 mailing list
class ListFieldsTest {

    private static MailingList list(String name, String title) throws Refused {
        return new MailingList(
                Addressee.of(name), Addressee.of("ann@example.test"), false, title, List.of());
    }

    private static Fields fields(MailingList list) {
        return Fields.of(ListFields.of(list));
    }

    private static String value(Fields fields, String name) {
        return fields.first(name).orElseThrow().value().strip();
    }

    // RFC 2919 §3, RFC 2369 §3
    @Test
    void aListSaysWhoItIsAndWhereToAsk() throws Exception {
        var fields = fields(list("staff@example.test", "Who works here"));
        assertThat(value(fields, "List-Id")).isEqualTo("Who works here <staff.example.test>");
        assertThat(value(fields, "List-Post")).isEqualTo("<mailto:staff@example.test>");
        assertThat(value(fields, "List-Owner")).isEqualTo("<mailto:staff-owner@example.test>");
        assertThat(value(fields, "List-Unsubscribe"))
                .isEqualTo("<mailto:staff-request@example.test?subject=unsubscribe>");
    }

    @Test
    void aTitleAndANameOfAnyKindMakeNoOtherField() throws Exception {
        var list =
                list("b\u00fccher&co@example.test", "Bücher, \"neue\" <x@y.test>\r\nBcc: z@y.test");
        var octets = ListFields.of(list);
        var text = new String(octets, StandardCharsets.US_ASCII);
        assertThat(text.getBytes(StandardCharsets.US_ASCII)).isEqualTo(octets);
        var fields = Fields.of(octets);
        assertThat(fields.first("Bcc")).isEmpty();
        assertThat(value(fields, "List-Id")).endsWith("<b%c3%bccher%26co.example.test>");
        assertThat(value(fields, "List-Post")).isEqualTo("<mailto:b%c3%bccher%26co@example.test>");
    }

    @Test
    void aLetterThatComesFromTheListIsKnown() throws Exception {
        var list = list("staff@example.test", "");
        assertThat(ListFields.isFrom(list, fields(list))).isTrue();
        assertThat(ListFields.isFrom(list, fields(list("other@example.test", "")))).isFalse();
        var shouting = "LIST-ID: <STAFF.Example.TEST>\r\n".getBytes(StandardCharsets.US_ASCII);
        assertThat(ListFields.isFrom(list, Fields.of(shouting))).isTrue();
    }
}
