package org.postroom.agent.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.agent.account.Hindrance;
import org.postroom.wire.Secret;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// What a person types, what she calls things, and what that means.
final class WordsTest {

    @TempDir Path folder;

    @Test
    void optionsStandAnywhere() throws Exception {
        var given =
                Given.parse(
                        List.of("--tls", "get", "a", "-o", "b", "--segments=3", "--", "-c"), true);
        assertThat(given.verb()).contains(Verb.GET);
        assertThat(given.words()).containsExactly("a", "-c");
        assertThat(given.value(Option.OUT)).contains("b");
        assertThat(given.number(Option.SEGMENTS, 9)).contains(3);
        for (var wrong :
                List.of(
                        List.of("ls", "--delete"),
                        List.of("ls", "--nonsense"),
                        List.of("nonsense"),
                        List.of("get", "-o")))
            assertThatThrownBy(() -> Given.parse(wrong, true)).isInstanceOf(Hindrance.class);
    }

    @Test
    void whatIsSaidAsItIsKeepsItsOptions() throws Exception {
        assertThat(Given.parse(List.of("quote", "LIST", "-la"), true).words())
                .containsExactly("LIST", "-la");
        assertThat(Given.parse(List.of("queue", "get", "-c", "x"), true).words())
                .containsExactly("get", "-c", "x");
    }

    @Test
    void fingersKnowOtherWords() {
        for (var word :
                "open user ls cd pwd lcd get put mget mput reget append delete rename mkdir rmdir ascii ebcdic binary struct mode passive active epsv hash verbose quote literal site size modtime chmod glob prompt mirror du cat jobs queue bye"
                        .split(" ", -1)) assertThat(Verb.named(word)).as(word).isPresent();
        assertThat(Verb.named("quit")).contains(Verb.BYE);
        assertThat(Verb.named("mv")).contains(Verb.RENAME);
    }

    @Test // RFC 1738 §3.2
    void urls() throws Exception {
        var url = Url.parse("ftps://ann%40example.test@[::1]:2121/a%20b/c;type=a");
        assertThat(url.kind()).isEqualTo(Url.Kind.FTPS);
        assertThat(url.user()).contains("ann@example.test");
        assertThat(url.host()).isEqualTo("::1");
        assertThat(url.port()).isEqualTo(2121);
        assertThat(url.path()).isEqualTo("a b/c");
        assertThat(url).hasToString("ftps://ann%40example.test@[::1]:2121/a%20b/c");
        assertThat(Url.parse("ftp://ann@example.test@host/%2Fetc").path()).isEqualTo("/etc");
        for (var wrong :
                List.of(
                        "gopher://x/",
                        "ftp:///x",
                        "ftp://h:0/",
                        "ftp://h:99999/",
                        "ftp://a:b@h/",
                        "ftp://h/%00",
                        "ftp://h/%0d%0aDELE%20x",
                        "ftp://h/%zz",
                        "ftp://h\n/"))
            assertThatThrownBy(() -> Url.parse(wrong)).as(wrong).isInstanceOf(Hindrance.class);
    }

    @Test
    void netrcIsReadAsItAlwaysWas() throws Exception {
        var netrc =
                Netrc.parse(
                        """
                        # mine
                        machine a.test login ann password "two words" account acct
                        machine b.test
                          login bob
                          password s\\"cret
                        macdef init
                        machine not.test login nobody

                        default login anonymous password me@
                        """);
        var ann = netrc.of("A.TEST", Optional.empty()).orElseThrow();
        assertThat(ann.login()).contains("ann");
        assertThat(ann.password()).contains(new Secret("two words"));
        assertThat(ann.account()).contains(new Secret("acct"));
        assertThat(netrc.of("b.test", Optional.of("bob")).orElseThrow().password())
                .contains(new Secret("s\"cret"));
        assertThat(netrc.of("not.test", Optional.empty()).orElseThrow().login())
                .contains("anonymous");
        assertThat(netrc.of("b.test", Optional.of("eve"))).isEmpty();
    }

    @Test
    void aNetrcThatOthersCanReadIsNotBelieved() throws Exception {
        var file = Files.writeString(folder.resolve("netrc"), "machine a login b password c\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> Netrc.read(file)).hasMessageContaining("chmod 600");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(Netrc.read(file).entries()).hasSize(1);
        assertThat(Netrc.read(folder.resolve("none")).entries()).isEmpty();
    }

    @Test // TRAPS F22
    void namesGoThereAndComeBack() {
        for (var names : Names.values()) {
            for (var name :
                    List.of(
                            "CON",
                            "con.txt",
                            "a:b",
                            "dots...",
                            "trail ",
                            "u\u0308",
                            "\u00fc",
                            "x".repeat(255),
                            "\033[31m",
                            "tab\there",
                            "\u201b",
                            "\u2421",
                            "|id",
                            "\udc80odd",
                            "\u28ff",
                            "＊",
                            "ＣON",
                            "a\\b",
                            "..."))
                assertThat(names.here(name).map(names::there))
                        .as(names + " " + name)
                        .contains(name);
            for (var none : List.of("", ".", "..", "a/b", "/", "a\0", "a\r", "\n"))
                assertThat(names.here(none)).as(names + " " + none).isEmpty();
        }
        assertThat(Names.POSIX.here("a:b")).contains("a:b");
        assertThat(Names.WINDOWS.here("a:b")).contains("a：b");
        assertThat(Names.WINDOWS.here("CON.txt")).contains("ＣON.txt");
        assertThat(Names.WINDOWS.here("dot.")).contains("dot．");
    }

    @Test
    void anyNameComesBack() {
        var random = new Random(9);
        for (int i = 0; i < 20_000; i++) {
            var name = new StringBuilder();
            for (int n = random.nextInt(1, 8); n > 0; n--)
                name.append(
                        (char)
                                switch (random.nextInt(5)) {
                                    case 0 -> random.nextInt(1, 128);
                                    case 1 -> 0x2400 + random.nextInt(0x30);
                                    case 2 -> 0x2800 + random.nextInt(0x100);
                                    case 3 -> 0xff00 + random.nextInt(0x60);
                                    default -> 0xdc80 + random.nextInt(0x80);
                                });
            for (var names : Names.values()) {
                var here = names.here(name.toString());
                if (here.isPresent())
                    assertThat(names.there(here.get())).isEqualTo(name.toString());
            }
        }
    }

    @Test
    void patternsAreThoseOfShells() {
        assertThat(new Glob("*.txt").matches("a.txt")).isTrue();
        assertThat(new Glob("*.txt").matches(".txt")).isFalse();
        assertThat(new Glob("a?c*").matches("abcd")).isTrue();
        assertThat(new Glob("a*b*c").matches("aXbYbZ")).isFalse();
        assertThat(new Glob("*a".repeat(50)).matches("a".repeat(20_000) + "b")).isFalse();
    }

    @Test
    void shellsCompleteWhatThereIs() throws Exception {
        var said = new StringWriter();
        Completion.print(
                new Given(Optional.of(Verb.COMPLETION), Map.of(), List.of("bash")),
                new PrintWriter(said));
        var script =
                Files.writeString(
                        folder.resolve("completion"),
                        said
                                + """
                                COMP_WORDS=(postroom ftp mir); COMP_CWORD=2; _postroom_ftp
                                echo "${COMPREPLY[@]}"
                                COMP_WORDS=(postroom ftp get --seg); COMP_CWORD=3; _postroom_ftp
                                echo "${COMPREPLY[@]}"
                                """);
        var bash = new ProcessBuilder("bash", script.toString()).redirectErrorStream(true).start();
        try (var in = bash.getInputStream()) {
            assertThat(
                            new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                                    .lines())
                    .containsExactly("mirror", "--segments");
        }
        assertThat(bash.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
}
