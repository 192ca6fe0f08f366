package org.postroom.mime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.stream.Collectors;

/// Parameters in pieces, in other charsets, and as the wild has them.
class ParameterTest {

    private static String named(String parameters) {
        return Disposition.parse("attachment; " + parameters)
                .orElseThrow()
                .text("filename")
                .orElse("(none)");
    }

    // RFC 2231 §3
    @Test
    void continuations() {
        var type =
                MediaType.parse(
                                "message/external-body; access-type=URL; URL*0=\"ftp://\";"
                                    + " URL*1=\"cs.utk.edu/pub/moore/bulk-mailer/bulk-mailer.tar\"")
                        .orElseThrow();
        assertThat(type.text("url"))
                .contains("ftp://cs.utk.edu/pub/moore/bulk-mailer/bulk-mailer.tar");
        assertThat(type.text("access-type")).contains("URL");
    }

    // RFC 2231 §4
    @Test
    void charsetAndLanguage() {
        var type =
                MediaType.parse(
                                "application/x-stuff;"
                                    + " title*=us-ascii'en-us'This%20is%20%2A%2A%2Afun%2A%2A%2A")
                        .orElseThrow();
        assertThat(type.text("title")).contains("This is ***fun***");
    }

    // RFC 2231 §4.1
    @Test
    void both() {
        var type =
                MediaType.parse(
                                "application/x-stuff;"
                                    + " title*0*=us-ascii'en'This%20is%20even%20more%20;"
                                    + " title*1*=%2A%2A%2Afun%2A%2A%2A%20; title*2=\"isn't it!\"")
                        .orElseThrow();
        assertThat(type.text("title")).contains("This is even more ***fun*** isn't it!");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "filename=a.txt | a.txt",
                "filename=\"a b.txt\" | a b.txt",
                "filename=a b (1).txt | a b (1).txt",
                "filename=a (1) | a",
                "filename=\"a\\\"b\" | a\"b",
                "FILENAME=x | x",
                "filename*=utf-8''%e2%82%ac%20rates | \u20ac rates",
                "filename*=UTF-8'de'%E2%82%AC; filename=EUR | \u20ac",
                "filename=EUR; filename*=UTF-8''%E2%82%AC | \u20ac",
                "filename*=iso-8859-1'en'%A3 rates | \u00a3 rates",
                "filename*=\"utf-8''%e2%82%ac\" | \u20ac",
                "filename*1=b; filename*0=a; filename*2=c | abc",
                "filename*0*=utf-8''%e2%82; filename*1*=%ac | \u20ac",
                "filename*0=a; filename*2=c | a",
                "filename*1=b; filename=x | x",
                "filename*0=\"a%20\"; filename*1*=%20b | a%20 b",
                "filename*=''plain%20name | plain name",
                "filename*=plain%20name | plain name",
                "filename*=x-nobody''%e2%82%ac | \u20ac",
                "filename*=utf-8''100%25%zz% | 100%%zz%",
                "filename=\"=?utf-8?B?w6TDtsO8LnR4dA==?=\" | \u00e4\u00f6\u00fc.txt",
                "filename==?iso-8859-1?Q?=E4.txt?= | \u00e4.txt",
                "filename=\u00c3\u00a4.txt | \u00e4.txt",
                "filename=\u00e4.txt | \u00e4.txt",
                "filename= | ^^",
                "name=x | (none)",
                "filename=\"no end | no end",
                "filename*00=a | a",
                "filename*1000=a | (none)",
                "filename*x=a | (none)",
            })
    void fileNames(String parameters, String name) {
        assertThat(named(parameters)).isEqualTo(name);
    }

    // RFC 2231 §6
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=1; b=2 | a=1;b=2",
                "a*0=x; b=2; a*1=y | a=xy;b=2",
                "a*1=y; a*0=x | a=xy",
                "a*=utf-8''%20 | a*=utf-8''%20",
                "a*0*=utf-8''%20; a*1=\" x%\" | a*=utf-8''%20%20x%25",
                "a*0=x; a*1*=%20 | a*=''x%20",
                "a*0=x; a*2=z | a*0=x;a*2=z",
                "a*0=x; a*0=y | a=x",
            })
    void piecesArePutTogetherForImap(String parameters, String joined) {
        assertThat(
                        Parameter.joined(
                                        Disposition.parse("inline; " + parameters)
                                                .orElseThrow()
                                                .parameters())
                                .stream()
                                .map(each -> each.name() + "=" + each.value())
                                .collect(Collectors.joining(";")))
                .isEqualTo(joined);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"Attachment\"; a=b | attachment a=b",
                "; a=b | attachment a=b",
                "a=b | attachment a=b",
                "a=b; c=d | attachment a=b c=d",
                "inline; a=b (why) | inline a=b",
                "inline; a=b (1).txt | inline a=b (1).txt",
                "inline;a = \"b\" (x) ; c=(y)d(z) | inline a=b c=d",
            })
    void dispositionsAreFound(String value, String found) {
        var disposition = Disposition.parse(value).orElseThrow();
        var said = new StringBuilder(disposition.type());
        for (var each : disposition.parameters())
            said.append(' ').append(each.name()).append('=').append(each.value());
        assertThat(said).hasToString(found);
    }

    @Test
    void aPartIsNamedByItsDispositionFirst() {
        var part =
                Structure.of(
                                StructureTest.message(
                                        "Content-Type: text/plain; name=a",
                                        "Content-Disposition: inline; filename*=utf-8''%c3%a4",
                                        ""))
                        .root();
        assertThat(part.fileName()).contains("\u00e4");
        var other = Structure.of(StructureTest.message("Content-Type: text/plain; name=a", ""));
        assertThat(other.root().fileName()).contains("a");
    }

    @Test
    void ofAParameterThatIsThereTwiceTheFirstCounts() {
        var summary =
                Structure.of(StructureTest.message("Content-Type: text/plain; a=1; A=2", "", ""));
        assertThat(summary.root().type().parameter("a")).contains("1");
        assertThat(StructureTest.kinds(summary)).containsExactly(Oddity.Kind.REPEATED_PARAMETER);
    }
}
