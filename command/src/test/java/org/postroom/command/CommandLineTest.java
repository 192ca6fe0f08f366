package org.postroom.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.control.Exit;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

final class CommandLineTest {

    @TempDir Path folder;

    private record Ended(int exit, String out, String err) {}

    private static Ended run(String... words) {
        var out = new StringWriter();
        var err = new StringWriter();
        int exit = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), words);
        return new Ended(exit, out.toString(), err.toString());
    }

    @Test
    void everyVerbHasHelpThatNamesWhatItTakes() {
        for (var verb : Verb.values()) {
            var ended = run((verb.path + " --help").split(" "));
            assertThat(ended.exit()).as(verb.path).isEqualTo(Exit.OK);
            for (var parameter : verb.parameters)
                assertThat(ended.out()).contains(parameter.spelling.replace("...", ""));
        }
    }

    @Test
    void everyVerbAndGroupSaysItsVersion() {
        for (var words : new String[] {"--version", "account --version", "serve --version"})
            assertThat(run(words.split(" ")).out()).startsWith("postroom ");
    }

    @Test
    void aMisspeltVerbIsAnsweredWithTheNearest() {
        var ended = run("acount", "list");
        assertThat(ended.exit()).isEqualTo(Exit.USAGE);
        assertThat(ended.err()).contains("acount").contains("account");
    }

    @Test
    void aCallThatMakesNoSenseSaysWhichWould() {
        assertThat(run("account").exit()).isEqualTo(Exit.USAGE);
        assertThat(run("account", "add").exit()).isEqualTo(Exit.USAGE);
        assertThat(run("alias", "add", "a@b.test").exit()).isEqualTo(Exit.USAGE);
        assertThat(run("sweep", "--older-than", "soon").err()).contains("such as 60s");
        assertThat(run("serve", "--port-offset", "many").err()).contains("from 0 to 65535");
        assertThat(run("serve", "--listen", "here").err()).contains("IP address");
    }

    @Test
    void aHomeThatIsNotThereIsNotMadeByLooking() {
        var home = folder.resolve("nowhere").toString();
        var ended = run("account", "list", "--home", home);
        assertThat(ended.exit()).isEqualTo(Exit.DATA);
        assertThat(ended.err()).contains("There is no home at " + home);
        assertThat(Path.of(home)).doesNotExist();
    }

    @Test
    void whatNeedsAServerSaysThatNoneRuns() {
        var ended = run("status", "--home", folder.toString());
        assertThat(ended.exit()).isEqualTo(Exit.UNAVAILABLE);
        assertThat(ended.err()).contains("No server runs in " + folder);
    }

    @Test
    void aDamagedConfigurationStopsTheStart() throws IOException {
        Files.writeString(folder.resolve("postroom.toml"), "[server]\nport-ofset = 1\n");
        var ended = run("serve", "--home", folder.toString());
        assertThat(ended.exit()).isEqualTo(Exit.CONFIGURATION);
        assertThat(ended.err())
                .contains(
                        "postroom.toml:2: [server] port-ofset is unknown; did you mean [server]"
                                + " port-offset?");
    }
}
