package org.postroom.mime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

class MessageIdsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                // RFC 5322 §A.2
                "<1234@local.machine.example> | 1234@local.machine.example",
                "<1234@local.machine.example> <3456@example.net> |"
                        + " 1234@local.machine.example 3456@example.net",
                // RFC 5322 §A.6.3: obsolete white space and comments
                "<1234   @   local(blah)  .machine .example> | 1234@local.machine.example",
                // RFC 5256 §3
                "<\"01KF8JCEOCBS0045PS\"@xxx.yyy.com> | 01KF8JCEOCBS0045PS@xxx.yyy.com",
                "<\"a b\"@c> | \"a b\"@c",
                "<a@[127.0.0.1]> | a@[127.0.0.1]",
                // RFC 5322 §4.5.4: phrases
                "Your message of \"Mon <no@no>, 1 Jan\" <a@b> (was <x@y>) | a@b",
                "Ann's letter <a@b>; <c@d> | a@b c@d",
                // from the wild
                "a@b | a@b",
                "a@b, c@d | a@b c@d",
                "just words | ^^",
                "<a@b | a@b",
                "<a@b <c@d> | a@b c@d",
                "<a@b c@d | a@b",
                "<<a@b>> | a@b",
                "<a@b><c@d> | a@b c@d",
                "<no at sign> | noatsign",
                "<> <a@b> | a@b",
                "a@b> | a@b",
                "<\"a@b> | \"a@b",
                "(unclosed <a@b> | a@b",
                "\"unclosed <a@b> | a@b",
                "^^ | ^^",
            })
    void areRead(String value, String ids) {
        assertThat(String.join(" ", MessageIds.parse(value))).isEqualTo(ids);
    }

    @Test
    void ofTooManyTheFirstAndTheLastAreKept() {
        var value = new StringBuilder();
        for (int i = 0; i < 2_000; i++) value.append("<").append(i).append("@x> ");
        var ids = MessageIds.parse(value.toString());
        assertThat(ids).hasSize(MessageIds.MAX).startsWith("0@x").endsWith("1998@x", "1999@x");
    }

    @Test
    void blanksWithinAnIdAreNothing() {
        assertThat(MessageIds.parse("<a@b\t c>")).isEqualTo(List.of("a@bc"));
    }
}
