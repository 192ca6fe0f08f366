package org.postroom.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.mime.StructureTest.message;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

class FieldsTest {

    @Test
    void fieldsHaveNamesValuesAndPlaces() {
        byte[] section =
                message("From: a@b", "Subject: one", "\ttwo", " ", "  three ", "", "To: c");
        var fields = Fields.of(section);
        assertThat(fields.list()).extracting(Field::name).containsExactly("From", "Subject");
        var subject = fields.first("SUBJECT").orElseThrow();
        assertThat(subject.raw()).isEqualTo(" one\r\n\ttwo\r\n \r\n  three ");
        assertThat(subject.value()).isEqualTo("one\ttwo   three");
        assertThat(
                        new String(
                                section,
                                subject.offset(),
                                subject.length(),
                                StandardCharsets.ISO_8859_1))
                .isEqualTo("Subject: one\r\n\ttwo\r\n \r\n  three \r\n");
    }

    @Test
    void blanksMayStandBeforeTheColon() { // RFC 5322 §4.5, RFC 7103 §7.4
        var field = Fields.of(message("MIME-Version \t: 1.0")).first("mime-version").orElseThrow();
        assertThat(field.name()).isEqualTo("MIME-Version");
        assertThat(field.value()).isEqualTo("1.0");
    }

    @Test
    void whatIsNoFieldIsPassedOverWithItsContinuations() {
        var fields = Fields.of(message("From me Thu", " more", "A: 1", "rubbish", " more", "B: 2"));
        assertThat(fields.list()).extracting(Field::name).containsExactly("A", "B");
        assertThat(fields.first("A").orElseThrow().value()).isEqualTo("1");
    }

    @Test
    void allOfANameInWhateverCase() {
        var fields = Fields.of(message("Received: 1", "X: 2", "RECEIVED: 3"));
        assertThat(fields.all("received")).extracting(Field::value).containsExactly("1", "3");
        assertThat(fields.first("Y")).isEmpty();
    }

    @Test
    void bareLfEndsALineAndTheLastNeedsNone() {
        var fields = Fields.of("A: 1\n 2\nB:\nC: 3".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(fields.list()).extracting(Field::value).containsExactly("1 2", "", "3");
    }

    @Test
    void noValueHasControlsThatEndLines() {
        var fields = Fields.of("A: 1\r2\0003\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(fields.first("A").orElseThrow().value()).isEqualTo("123");
    }

    @Test
    void octetsAbove127StayWhatTheyAre() {
        var value = Fields.of(message("A: \u00e4\u00ff")).first("A").orElseThrow().value();
        assertThat(value.getBytes(StandardCharsets.ISO_8859_1)).containsExactly(0xe4, 0xff);
    }
}
