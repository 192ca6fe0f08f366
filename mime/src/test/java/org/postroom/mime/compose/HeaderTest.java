package org.postroom.mime.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.postroom.mime.Addresses;
import org.postroom.mime.Fields;
import org.postroom.mime.MediaType;
import org.postroom.mime.Parameter;
import org.postroom.mime.Words;
import org.postroom.mime.compose.CannotCross.Obstacle;
import org.postroom.mime.compose.Party.Group;
import org.postroom.mime.compose.Party.Person;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

final class HeaderTest {

    private static final String[] WORDS = {
        "a",
        "Bob",
        "J.",
        "\"quoted\"",
        "back\\slash",
        "(comment)",
        "<x@y>",
        "grüß",
        "నమస్కారం",
        "مرحبا",
        "你好，世界",
        "😀",
        "=?utf-8?Q?no?=",
        "=?",
        "?=",
        "a,b;c:d",
        "e\u0301",
        "x".repeat(70),
        "y".repeat(300),
        "ü".repeat(90),
        "字".repeat(60),
        "@",
        "'",
        "#",
        "\u202Ertl"
    };

    private static String text(Random random, boolean runs) {
        var text = new StringBuilder();
        for (int i = 1 + random.nextInt(12); i > 0; i--) {
            text.append(WORDS[random.nextInt(WORDS.length)]);
            if (i > 1) text.append(" ".repeat(runs ? 1 + random.nextInt(3) : 1));
        }
        return text.toString();
    }

    private static NextHop hop(Random random) {
        return random.nextBoolean() ? NextHop.SEVEN_BIT : NextHop.UTF8;
    }

    /// The field's value as a reader has it, and that its lines are as they must be.
    private static String read(byte[] field, long seed, NextHop hop) {
        var text = new String(field, StandardCharsets.ISO_8859_1);
        assertThat(text).endsWith("\r\n");
        for (var line : text.substring(0, text.length() - 2).split("\r\n", -1)) {
            assertThat(line.length()).as("seed %d: %s", seed, line).isLessThanOrEqualTo(998);
            assertThat(line).as("seed %d", seed).isNotBlank().doesNotContain("\r", "\n");
            if (line.contains("=?utf-8?")) assertThat(line.length()).isLessThanOrEqualTo(76);
            if (!hop.utf8())
                assertThat(line.chars().allMatch(c -> c < 127)).as("seed %d", seed).isTrue();
        }
        return Fields.of(field).list().getFirst().value();
    }

    @Test
    void unstructuredTextIsReadAsItWasWritten() throws Exception {
        for (long seed = 0; seed < 3_000; seed++) {
            var random = new Random(seed);
            String text = text(random, true);
            var hop = hop(random);
            byte[] field = new Header.Unstructured("Subject", text).print(hop);
            assertThat(Words.decode(read(field, seed, hop))).as("seed %d", seed).isEqualTo(text);
        }
    }

    @Test
    void addressesAreReadAsTheyWereWritten() throws Exception {
        for (long seed = 0; seed < 3_000; seed++) {
            var random = new Random(seed);
            var hop = hop(random);
            var parties = new ArrayList<Party>();
            for (int i = 1 + random.nextInt(4); i > 0; i--)
                parties.add(
                        random.nextInt(4) == 0
                                ? new Group(text(random, false), people(random, hop))
                                : person(random, hop));
            byte[] field = new Header.Parties("To", parties).print(hop);
            String value = read(field, seed, hop);
            assertThat(Party.of(Addresses.parse(value)))
                    .as("seed %d: %s", seed, value)
                    .isEqualTo(parties);
        }
    }

    private static List<Person> people(Random random, NextHop hop) {
        var people = new ArrayList<Person>();
        for (int i = random.nextInt(4); i > 0; i--) people.add(person(random, hop));
        return people;
    }

    private static Person person(Random random, NextHop hop) {
        String[] locals = {
            "joe",
            "a.b+c",
            "with blank",
            "\"",
            "dot.",
            ".",
            "",
            "a@b",
            "\\",
            "<>",
            "用户",
            "two  blanks"
        };
        String[] domains = {"example.org", "[127.0.0.1]", "[IPv6:::1]", "localhost", "例え.jp"};
        String local = locals[random.nextInt(locals.length)];
        String domain = domains[random.nextInt(domains.length)];
        if (!hop.utf8() && !Clean.isAscii(local)) local = "user";
        if (!hop.utf8() && !Clean.isAscii(domain)) domain = "example.jp";
        return new Person(random.nextBoolean() ? "" : text(random, false), local, domain);
    }

    @Test
    void parametersAreReadAsTheyWereWritten() throws Exception {
        for (long seed = 0; seed < 3_000; seed++) {
            var random = new Random(seed);
            var parameters = new ArrayList<Parameter>();
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                String value = random.nextInt(8) == 0 ? "a\r\nb\0" : text(random, true);
                parameters.add(new Parameter("name" + i, random.nextInt(9) == 0 ? "" : value));
            }
            byte[] field = new Header.Typed("Content-Type", "a/b", parameters).print(hop(random));
            var type = MediaType.parse(read(field, seed, NextHop.SEVEN_BIT)).orElseThrow();
            assertThat(type.is("a", "b")).isTrue();
            for (var parameter : parameters)
                assertThat(type.text(parameter.name()))
                        .as("seed %d: %s", seed, new String(field, StandardCharsets.UTF_8))
                        .contains(parameter.value());
        }
    }

    // RFC 2047 §8
    @Test
    void encodedWordsAreThoseOfTheRfc() {
        assertThat(new EncodedWords("Keld Jørn Simonsen", StandardCharsets.ISO_8859_1).next(75))
                .isEqualTo("=?iso-8859-1?Q?Keld_J=F8rn_Simonsen?=");
        assertThat(new EncodedWords("André", StandardCharsets.ISO_8859_1).next(75))
                .isEqualTo("=?iso-8859-1?Q?Andr=E9?=");
        assertThat(new EncodedWords("你好", StandardCharsets.UTF_8).next(75))
                .isEqualTo("=?utf-8?B?5L2g5aW9?=");
    }

    @Test
    void encodedWordsTearNoCharacter() {
        var words =
                new EncodedWords("😀".repeat(40) + "e\u0301".repeat(40), StandardCharsets.UTF_8);
        var all = new StringBuilder();
        while (words.hasNext()) {
            String word = words.next(75);
            assertThat(word.length()).isLessThanOrEqualTo(75);
            String decoded = Words.decode(word);
            assertThat(decoded).doesNotContain("\uFFFD").doesNotStartWith("\u0301");
            all.append(decoded);
        }
        assertThat(all.toString()).isEqualTo("😀".repeat(40) + "e\u0301".repeat(40));
    }

    // RFC 2231 §3, §4: and the form before it
    @Test
    void longAndForeignParametersAreInPieces() throws Exception {
        var field =
                new Header.Typed(
                        "Content-Disposition",
                        "attachment",
                        List.of(
                                new Parameter("filename", "Übung № 1.txt"),
                                new Parameter("x", "l".repeat(60)),
                                new Parameter("y", "a b")));
        assertThat(field.text(NextHop.SEVEN_BIT))
                .isEqualTo(
                        "Content-Disposition: attachment;\r\n"
                                + " filename*=utf-8''%C3%9Cbung%20%E2%84%96%201.txt;\r\n"
                                + " x*0=\""
                                + "l".repeat(56)
                                + "\";\r\n"
                                + " x*1=\"llll\"; y=\"a b\"\r\n");
    }

    @Test
    void whatIsTypedCannotEndTheFieldOrStartAnother() throws Exception {
        var subject = new Header.Unstructured("Subject", "a\r\nBcc: eve@example.org\0\u2028b");
        assertThat(subject.text(NextHop.SEVEN_BIT))
                .isEqualTo("Subject: a  Bcc: eve@example.org  b\r\n");
        assertThatThrownBy(() -> new Person("a\r\nb", "example.org"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Person("a", "example.org>, <eve@example.org"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Header.Ids("Message-ID", List.of("a>\r\nb")))
                .isInstanceOf(IllegalArgumentException.class);
        var name = new Parameter("filename", "a\";\r\n x=\"b");
        assertThat(
                        new Header.Typed("Content-Disposition", "inline", List.of(name))
                                .text(NextHop.UTF8))
                .isEqualTo(
                        "Content-Disposition: inline;"
                                + " filename*=utf-8''a%22%3B%0D%0A%20x%3D%22b\r\n");
    }

    // RFC 6531 §3.2
    @Test
    void anAddressBeyondAsciiNeedsAHopThatTakesIt() throws Exception {
        var to = new Header.Parties("To", List.of(new Person("用户", "例え.jp")));
        assertThat(to.text(NextHop.UTF8)).isEqualTo("To: 用户@例え.jp\r\n");
        assertThatThrownBy(() -> to.print(NextHop.EIGHT_BIT))
                .isInstanceOfSatisfying(
                        CannotCross.class,
                        refused -> assertThat(refused.obstacle()).isEqualTo(Obstacle.ADDRESS));
    }

    // RFC 6532 §3.2
    @Test
    void aHopThatTakesUtf8GetsTextAsItIs() throws Exception {
        assertThat(new Header.Unstructured("Subject", "Grüße aus Köln").text(NextHop.UTF8))
                .isEqualTo("Subject: Grüße aus Köln\r\n");
        assertThat(new Header.Unstructured("Subject", "Grüße aus Köln").text(NextHop.EIGHT_BIT))
                .isEqualTo("Subject: =?utf-8?B?R3LDvMOfZQ==?= aus =?utf-8?B?S8O2bG4=?=\r\n");
    }
}
