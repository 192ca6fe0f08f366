package org.postroom.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The manual, the manual pages and what completes in shells are the rows of [Verb] and [Parameter], and
/// of the mail agent's, printed.
final class ManualPaperTest {

    /// What is printed, and where it lies.
    enum Paper {
        COMMANDS("docs/commands.md"),
        PAGE("share/man/man1/postroom.1"),
        MAIL_PAGE("share/man/man1/postroom-mail.1"),
        BASH("share/bash-completion/completions/postroom"),
        ZSH("share/zsh/site-functions/_postroom");

        private final String file;

        Paper(String file) {
            this.file = file;
        }

        private String text() throws Misuse {
            return switch (this) {
                case COMMANDS -> Manual.text();
                case PAGE -> Manual.roff();
                case MAIL_PAGE -> org.postroom.agent.Manual.text();
                case BASH -> Shells.script("bash");
                case ZSH -> Shells.script("zsh");
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void thePaperIsWhatTheRowsSay(Paper paper) throws IOException, Misuse {
        var file = Path.of(System.getProperty("house", "..")).resolve(paper.file);
        if ("true".equals(System.getProperty("write"))) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, paper.text());
        }
        assertThat(file)
                .as(
                        "write it anew: mvn -q -pl command -am test -Dtest='*Paper*' -Dwrite=true"
                                + " -Dsurefire.failIfNoSpecifiedTests=false")
                .hasContent(paper.text());
    }
}
