package org.postroom.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.postroom.wire.Saying;

import java.nio.charset.StandardCharsets;
import java.util.List;

final class ReplyTest {

    @Test
    void f4NoInnerLineLooksLikeTheEnd() { // TRAPS F4
        assertThat(said(new Reply(211, "Status", List.of("211 no", "211-no", ""))))
                .isEqualTo("211-Status\r\n 211 no\r\n 211-no\r\n \r\n211 End\r\n");
    }

    @Test
    void f22QuotesAreDoubled() { // TRAPS F22, RFC 959 Appendix II
        assertThat(said(Reply.pathname("/a \"b\"", "is it")))
                .isEqualTo("257 \"/a \"\"b\"\"\" is it\r\n");
    }

    private static String said(Reply reply) {
        var saying = new Saying();
        reply.on(saying);
        return new String(saying.toOctets(), StandardCharsets.UTF_8);
    }
}
