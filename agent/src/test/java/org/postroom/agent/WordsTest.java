package org.postroom.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.agent.account.Accounts;
import org.postroom.agent.account.Folder;
import org.postroom.agent.account.Hindrance;
import org.postroom.agent.account.SecretSource;
import org.postroom.agent.letter.Book;
import org.postroom.agent.letter.Draft;
import org.postroom.imap.Flag;
import org.postroom.imap.SearchKey;
import org.postroom.mime.compose.Party.Person;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// What a person types, and what it means.
final class WordsTest {

    @TempDir Path folder;

    @Test
    void optionsStandAnywhere() throws Exception {
        var given = Given.parse(List.of("-A", "work", "send", "bob", "-s", "A b", "--cc=carol"));
        assertThat(given.verb()).contains(Verb.SEND);
        assertThat(given.words()).containsExactly("bob");
        assertThat(given.value(Option.SUBJECT)).contains("A b");
        assertThat(given.value(Option.CC)).contains("carol");
        assertThat(given.value(Option.ACCOUNT)).contains("work");
    }

    @Test
    void anOptionThatAVerbDoesNotTakeIsRefused() {
        assertThatThrownBy(() -> Given.parse(List.of("list", "-s", "x")))
                .isInstanceOf(Hindrance.class)
                .hasMessageContaining("--subject");
    }

    @Test
    void aKeywordIsTakenAwayByAHyphen() throws Exception {
        assertThat(Given.parse(List.of("flag", "3", "-work")).words())
                .containsExactly("3", "-work");
    }

    @Test
    void quotesKeepWordsTogether() throws Exception {
        assertThat(Typed.split("move 3 \"Old things\"  a\\ b 'c d'"))
                .containsExactly("move", "3", "Old things", "a b", "c d");
        assertThatThrownBy(() -> Typed.split("\"open")).isInstanceOf(Hindrance.class);
    }

    @Test
    void noVerbHidesAnother() {
        for (var verb : Verb.values()) assertThat(Verb.named(verb.word)).contains(verb);
        var brief =
                java.util.Arrays.stream(Verb.values())
                        .map(verb -> verb.brief)
                        .filter(text -> !text.isEmpty())
                        .toList();
        assertThat(brief).doesNotHaveDuplicates();
    }

    @Test
    void conditionsAreWhatTheServerIsAsked() throws Exception {
        var key = Conditions.parse(List.of("from:ann", "new", "!subject:x", "since:2024"));
        assertThat(key)
                .isEqualTo(
                        new SearchKey.And(
                                List.of(
                                        new SearchKey.Header("From", "ann"),
                                        new SearchKey.Not(new SearchKey.Has(Flag.SEEN)),
                                        new SearchKey.Not(new SearchKey.Header("Subject", "x")),
                                        new SearchKey.Dated(
                                                true,
                                                SearchKey.Relation.SINCE,
                                                java.time.LocalDate.of(2024, 1, 1)))));
        assertThatThrownBy(() -> Conditions.parse(List.of("since:x")))
                .isInstanceOf(Hindrance.class);
    }

    @Test
    void namesForFilesAreNamesAndNoMore() {
        assertThat(FileNames.safe("../../etc/passwd", "x")).isEqualTo("passwd");
        assertThat(FileNames.safe("..\\..\\autorun.inf", "x")).isEqualTo("autorun.inf");
        assertThat(FileNames.safe("-rf", "x")).isEqualTo("rf");
        assertThat(FileNames.safe(".profile", "x")).isEqualTo("profile");
        assertThat(FileNames.safe("a\u0000b\u001b[2J.txt", "x")).isEqualTo("a_b_[2J.txt");
        assertThat(FileNames.safe("..", "x")).isEqualTo("x");
        assertThat(FileNames.safe("", "x")).isEqualTo("x");
        assertThat(FileNames.safe("ä".repeat(300) + ".jpeg", "x"))
                .endsWith("ä.jpeg")
                .hasSizeLessThan(121);
    }

    // Textbook: group lists, expanded by the agent
    @Test
    void aNicknameStandsForMany() throws Exception {
        var book = Book.of(new Folder(folder));
        book.put("ann", "Ann Example <ann@example.test>");
        book.put("team", "ann, bob@example.test, \"Carol, C.\" <carol@example.test>");
        book.put("all", "team, dan@example.test, ANN");
        var people = Book.of(new Folder(folder)).people("all, ann@example.test");
        assertThat(people.stream().map(Person::address))
                .containsExactly(
                        "ann@example.test",
                        "bob@example.test",
                        "carol@example.test",
                        "dan@example.test");
        assertThatThrownBy(() -> book.people("nobody"))
                .isInstanceOf(Hindrance.class)
                .hasMessageContaining("nobody");
    }

    @Test
    void whatTheEditorHadComesBack() throws Exception {
        var file = Files.writeString(folder.resolve("a b.txt"), "x");
        var draft = new Draft();
        draft.to = "ann@example.test";
        draft.subject = "Re: Grüße";
        draft.text = "One\n\nTwo: not a header\n";
        draft.files.add(Draft.Enclosure.parse(file + " text/x-note; what it is"));
        var again = new Draft();
        again.edited(draft.editable());
        assertThat(again.editable()).isEqualTo(draft.editable());
        assertThat(again.files.getFirst().description()).isEqualTo("what it is");
    }

    @Test
    void aUrlSaysWhereAndAsWhom() throws Exception {
        var account =
                Accounts.of(
                        "imaps://ann@example.test@mail.example.test:10993/Archive%202024",
                        Optional.empty(), Optional.empty(), new SecretSource.Asked());
        assertThat(account.person().address()).isEqualTo("ann@example.test");
        assertThat(account.access().toString()).contains("mail.example.test:10993");
        assertThat(account.mailbox()).contains("Archive 2024");
        assertThat(account.submission().toString()).contains("mail.example.test:465");
    }

    @Test
    void aPasswordInAUrlIsRefusedAndNotRepeated() {
        assertThatThrownBy(() ->
                        Accounts.of(
                                "imap://ann:geheim@mail.example.test",
                                Optional.empty(),
                                Optional.empty(),
                                new SecretSource.Asked()))
                .isInstanceOf(Hindrance.class)
                .satisfies(no -> assertThat(no.getMessage()).doesNotContain("geheim"));
    }

    @Test
    void theFileOfAccountsIsRead() throws Exception {
        Files.writeString(
                folder.resolve("accounts.toml"),
                """
                default = "work"
                [account.home]
                address = "ann@example.test"
                home = "/srv/postroom"
                [account.work]
                address = "Ann <ann@example.org>"
                also = ["a.example@example.org"]
                access = "pop3s://ann@mail.example.org"
                submission = "submission://ann@out.example.org"
                password-command = "echo letmein"
                collect = "delete"
                """);
        var accounts =
                Accounts.read(new Folder(folder), (home, name) -> home.orElseThrow().resolve(name));
        var work = accounts.first().orElseThrow();
        assertThat(work.collects()).isTrue();
        assertThat(work.own()).hasSize(2);
        assertThat(work.secret().get(work.access(), new TestDesk(false)).reveal())
                .isEqualTo("letmein");
        assertThat(accounts.named("ann@example.test").orElseThrow().access().toString())
                .contains("/srv/postroom/imap");
    }

    @Test
    void aWrongKeyIsNamed() throws Exception {
        Files.writeString(folder.resolve("accounts.toml"), "[account.x]\npasword = \"x\"\n");
        assertThatThrownBy(() -> Accounts.read(new Folder(folder), (_, name) -> Path.of(name)))
                .isInstanceOf(Hindrance.class)
                .hasMessageContaining("account.x.pasword");
    }

    @Test
    void shellsCanReadWhatCompletesThem() throws Exception {
        for (var shell : List.of("bash", "zsh")) {
            var script = new StringWriter();
            Completion.print(
                    new Given(Optional.empty(), Map.of(), List.of(shell)), new PrintWriter(script));
            for (var verb : Verb.values()) assertThat(script.toString()).contains(verb.word);
            if (!Files.isExecutable(Path.of("/bin/" + shell))) continue;
            var file = Files.writeString(folder.resolve(shell), script.toString());
            var checked = new ProcessBuilder("/bin/" + shell, "-n", file.toString()).start();
            assertThat(checked.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(checked.exitValue()).isZero();
        }
    }
}
