package org.postroom.http.dav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.http.Status;
import org.postroom.http.dav.IfHeader.Condition;
import org.postroom.http.dav.IfHeader.Conditions;
import org.postroom.http.dav.IfHeader.Production;
import org.postroom.http.dav.IfHeader.State;
import org.postroom.http.dav.IfHeader.Tag;
import org.postroom.http.dav.IfHeader.Token;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

class GrammarTest {

    private static final String ONE = "urn:uuid:181d4fae-7d8c-11d0-a765-00a0c91e6bf2";
    private static final String OTHER = "urn:uuid:58f202ac-22cf-11d1-b12d-002035b29092";

    private static boolean holds(String header, State... now) throws DavRefusal {
        var states = Set.of(now);
        return Grammar.ifHeader(header).holds((_, state) -> states.contains(state));
    }

    /// RFC 4918 §10.4.6
    @Test
    void oneOfTheListsHasToHoldWhole() throws DavRefusal {
        String header = "(<" + ONE + ">\t[\"I am an ETag\"])  ([W/\"another (\"])";
        assertThat(holds(header)).isFalse();
        assertThat(holds(header, new Token(ONE))).isFalse();
        assertThat(holds(header, new Token(ONE), new Tag("\"I am an ETag\""))).isTrue();
        assertThat(holds(header, new Tag("W/\"another (\""))).isTrue();
        assertThat(Grammar.ifHeader(header).tokens()).containsExactly(ONE);
    }

    /// RFC 4918 §10.4.7, RFC 4918 §10.4.8
    @Test
    void notTurnsOneConditionRound() throws DavRefusal {
        String header = "(Not <" + ONE + "> <" + OTHER + ">)";
        assertThat(holds(header, new Token(OTHER))).isTrue();
        assertThat(holds(header, new Token(ONE), new Token(OTHER))).isFalse();
        String always = "(<" + ONE + ">) (Not <DAV:no-lock>)";
        assertThat(holds(always)).isTrue();
        assertThat(Grammar.ifHeader(always).tokens()).containsExactly(ONE, "DAV:no-lock");
    }

    /// RFC 4918 §10.4.9
    @Test
    void aListIsAboutTheResourceBeforeIt() throws DavRefusal {
        var read = Grammar.ifHeader("</a%20b>(<" + ONE + ">)([\"x\"])<http://H:80/c>([\"y\"])");
        var about = new ArrayList<String>();
        boolean holds =
                read.<RuntimeException>holds((resource, state) -> {
                    about.add(resource.orElseThrow() + " " + state);
                    return false;
                });
        assertThat(holds).isFalse();
        assertThat(about)
                .containsExactly(
                        "/a%20b Token[uri=" + ONE + "]",
                        "/a%20b Tag[tag=\"x\"]",
                        "http://h:80/c Tag[tag=\"y\"]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "()",
                "(Not)",
                "(<a",
                "(<a>",
                "(<>)",
                "(<a b>)",
                "([x])",
                "([\"x])",
                "([\"x\" ])",
                "</a>",
                "</a>(<b>) x",
                "(<b>) </a>(<c>)",
                "<//evil/>(<b>)",
                "</a?q>(<b>)",
                "<ftp://a/>(<b>)",
                "(<b>)\u00fc"
            })
    void whatIsNoIfIsRefused(String header) {
        refused(() -> Grammar.ifHeader(header));
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable reading) {
        assertThatThrownBy(reading)
                .isInstanceOfSatisfying(
                        DavRefusal.class,
                        refusal -> assertThat(refusal.status()).isEqualTo(Status.BAD_REQUEST));
    }

    @Test
    void manyConditionsAreRefusedAndReadInLinearTime() {
        refused(() -> Grammar.ifHeader("(" + "Not<a>".repeat(1_001) + ")"));
        refused(() -> Grammar.ifHeader("(".repeat(100_000)));
        refused(() -> Grammar.ifHeader("(" + "[\"".repeat(50_000) + ")"));
    }

    @Test
    void whatIsPrintedIsRead() throws DavRefusal {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            var header = new IfHeader(productions(random));
            assertThat(Grammar.ifHeader(header.toString())).as("seed " + seed).isEqualTo(header);
        }
    }

    private static List<Production> productions(Random random) {
        if (random.nextBoolean()) return List.of(new Production(Optional.empty(), lists(random)));
        var tagged = new ArrayList<Production>();
        for (int n = random.nextInt(3) + 1; n > 0; n--) {
            Optional<String> origin =
                    random.nextBoolean() ? Optional.of("https://h:1") : Optional.empty();
            var resource = new SimpleRef(origin, "/" + random.nextInt());
            tagged.add(new Production(Optional.of(resource), lists(random)));
        }
        return tagged;
    }

    private static List<Conditions> lists(Random random) {
        var lists = new ArrayList<Conditions>();
        for (int n = random.nextInt(3) + 1; n > 0; n--) {
            var all = new ArrayList<Condition>();
            for (int m = random.nextInt(3) + 1; m > 0; m--)
                all.add(new Condition(random.nextBoolean(), state(random)));
            lists.add(new Conditions(all));
        }
        return lists;
    }

    private static State state(Random random) {
        if (random.nextBoolean()) return new Token("urn:" + random.nextInt());
        return new Tag((random.nextBoolean() ? "W/" : "") + "\"]) (" + random.nextInt() + "\"");
    }

    @Test
    void depthOverwriteTimeoutAndTokenAreRead() throws DavRefusal {
        assertThat(Grammar.depth("0")).isEqualTo(Depth.ZERO);
        assertThat(Grammar.depth(" Infinity ")).isEqualTo(Depth.INFINITY);
        assertThat(Grammar.overwrite("F")).isFalse();
        assertThat(Grammar.overwrite("T")).isTrue();
        assertThat(Grammar.timeout("Extend, Second-30, Infinite")).contains(Duration.ofSeconds(30));
        assertThat(Grammar.timeout("Infinite, Second-4100000000")).isEmpty();
        assertThat(Grammar.timeout("Second-99999999999999999999"))
                .contains(Duration.ofSeconds(0xffff_ffffL));
        assertThat(Grammar.timeout("Second-x")).isEmpty();
        assertThat(Grammar.lockToken("<" + ONE + ">")).isEqualTo(ONE);
        for (var bad : List.of("2", "", "1,noroot")) refused(() -> Grammar.depth(bad));
        for (var bad : List.of("", "maybe")) refused(() -> Grammar.overwrite(bad));
        for (var bad : List.of(ONE, "<a><b>", "<a> x")) refused(() -> Grammar.lockToken(bad));
    }

    /// Attack: to make us write elsewhere, or believe that elsewhere is here.
    @Test
    void aDestinationIsOursOrElsewhere() throws DavRefusal {
        var absolute = Grammar.destination("http://Files.Example.test:80/files/a%2Fb");
        assertThat(absolute.path()).isEqualTo("/files/a%2Fb");
        assertThat(absolute.isAt("files.example.test")).isTrue();
        assertThat(absolute.isAt("files.example.test:8080")).isFalse();
        assertThat(Grammar.destination("/x").isAt("anywhere")).isTrue();
        assertThat(Grammar.destination("https://host").path()).isEqualTo("/");
        for (var elsewhere :
                List.of("http://evil.test/", "http://host.evil.test/x", "https://host:81/x"))
            assertThat(Grammar.destination(elsewhere).isAt("host")).isFalse();
        for (var bad :
                List.of(
                        "",
                        "x",
                        "../x",
                        "//evil.test/x",
                        "file:///etc/passwd",
                        "http:///x",
                        "http://host@evil.test/x",
                        "http://host/x#y",
                        "http://host/x\r\nEvil: 1",
                        "/" + "x".repeat(20_000))) refused(() -> Grammar.destination(bad));
    }
}
