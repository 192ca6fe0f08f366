package org.postroom.mime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

// RFC 5256 §2.1
class BaseSubjectTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "hello | hello | false",
                "Re: hello | hello | true",
                "RE: Fwd: fw : re[2]: hello | hello | true",
                "Re [list] : hello | hello | true",
                "Re: [list] Re: [other] hello | hello | true",
                "[list] hello | hello | false",
                "[a][b] [c] hello | hello | false",
                "[a] | [a] | false",
                "[a] [b] | [b] | false",
                "Re: [a] | [a] | true",
                "hello (fwd) | hello | true",
                "hello (FWD)  (fwd) | hello | true",
                "[fwd: hello] | hello | true",
                "[Fwd: Re: [fwd: [x] hello (fwd)] (fwd)] | hello | true",
                "[fwd: a] b | b | false",
                "[fwd:] | ^^ | true",
                "re:hello: re: x | hello: re: x | true",
                "Reply: x | Reply: x | false",
                "Re : | ^^ | true",
                "(fwd) | ^^ | true",
                "^^ | ^^ | false",
                "a  b\t\tc | a b c | false",
                "[unclosed re: x | [unclosed re: x | false",
                "[a]re: [b [c] d | [b [c] d | true",
                "=?utf-8?q?Re=3A?= =?utf-8?q?_h=C3=A9?= | h\u00e9 | true",
                "AW: x | AW: x | false",
            })
    void isBase(String subject, String base, boolean reply) {
        assertThat(BaseSubject.of(subject)).isEqualTo(new BaseSubject(base, reply));
    }
}
