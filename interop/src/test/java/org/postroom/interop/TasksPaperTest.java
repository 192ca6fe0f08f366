package org.postroom.interop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.server.Port;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The thirty-odd tasks of `tasks/tasks.txt`, done in the agent and in mutt through a terminal, keys
/// counted; docs/mail-tasks.md is what came of it.
final class TasksPaperTest {

    @TempDir Path folder;

    /// What came of a task in a program.
    private record Done(int keys, String screen) {}

    // ---- what both begin with

    private Map<String, String> environment(Path home) throws IOException {
        Files.createDirectories(home.resolve("postroom"));
        Files.writeString(
                home.resolve("postroom/addresses"),
                "team = bob@example.test, carol@example.test\n");
        Files.writeString(home.resolve("a.txt"), "hello\n");
        var editor = home.resolve("editor");
        Files.writeString(editor, "#!/bin/sh\necho 'My words.' >> \"$1\"\n");
        Files.setPosixFilePermissions(editor, PosixFilePermissions.fromString("rwx------"));
        return Map.of(
                "HOME", home.toString(),
                "XDG_CONFIG_HOME", home.toString(),
                "EDITOR", editor.toString(),
                "VISUAL", "",
                "MAILCAPS", "/nonexistent",
                "LC_ALL", "C.UTF-8",
                "TERM", "screen-256color");
    }

    private static void muttrc(Path home, Served server, String account) throws IOException {
        Files.writeString(
                home.resolve("muttrc"),
                """
                set folder="imap://127.0.0.1:%1$d/" spoolfile="+INBOX"
                set imap_user=%2$s imap_pass=%3$s ssl_starttls=no ssl_force_tls=no
                set smtp_url="smtp://%4$s@127.0.0.1:%5$d/" smtp_pass=%3$s
                set from=%2$s postponed="+Drafts" record="+Sent" header_cache=%6$s/cache
                set editor=%6$s/editor
                alias team bob@example.test, carol@example.test
                subscribe l@example.test
                """
                        .formatted(
                                server.port(143),
                                account,
                                Served.PASSWORD,
                                account.replace("@", "%40"),
                                server.port(587),
                                home));
    }

    // ---- done

    private static List<Done> doAll(Tmux terminal, String program, String index)
            throws IOException, InterruptedException {
        var all = new ArrayList<Done>();
        terminal.sees("Something");
        for (var task : Steps.read("tasks.txt")) {
            var steps = task.of(program);
            if (steps.isEmpty()) {
                all.add(new Done(0, ""));
                continue;
            }
            terminal.press(task.note()).sees("(?i)letter: |jump to message: ");
            terminal.press("Enter").sees(index);
            int before = terminal.pressed();
            try {
                Steps.follow(terminal, steps.get(), word -> word);
            } catch (AssertionError e) {
                throw new AssertionError(program + ": " + task.title(), e);
            }
            all.add(new Done(terminal.pressed() - before, terminal.screen()));
            task.home(terminal, program, index);
        }
        return all;
    }

    @Test
    void nothingNeedsAnotherProgramAndNoMoreKeysThanMutt() throws Exception {
        Peer.require("mutt");
        var server = Served.shared();
        try (var web = TaskLetters.elsewhere()) {
            TaskLetters.recipient(server);
            var ours = agent(server, web.url());
            var theirs = mutt(server, web.url());
            compare(ours, theirs);
        }
    }

    private List<Done> agent(Served server, String url) throws Exception {
        String ann = server.account();
        TaskLetters.fill(server.call(Port.IMAP), ann, url);
        var home = Files.createDirectories(folder.resolve("agent"));
        var command = new ArrayList<>(Served.command(List.of(), "mail", "browse"));
        command.addAll(List.of("--home", server.home.toString(), "--as", ann));
        try (var terminal = new Tmux(80, 24, home, environment(home), command)) {
            return doAll(terminal, "agent", Steps.INDEX);
        }
    }

    private List<Done> mutt(Served server, String url) throws Exception {
        String ann = server.account();
        TaskLetters.fill(server.call(Port.IMAP), ann, url);
        var home = Files.createDirectories(folder.resolve("mutt"));
        var environment = environment(home);
        muttrc(home, server, ann);
        var command = List.of("mutt", "-n", "-F", home.resolve("muttrc").toString());
        try (var terminal = new Tmux(80, 24, home, environment, command)) {
            return doAll(terminal, "mutt", "q:Quit  d:Del");
        }
    }

    private static void compare(List<Done> ours, List<Done> theirs) throws IOException {
        var table = new StringBuilder("| task | agent | mutt |\n|---|---|---|\n");
        var screens = new StringBuilder();
        int noMore = 0;
        var tasks = Steps.read("tasks.txt");
        for (int i = 0; i < tasks.size(); i++) {
            boolean can = tasks.get(i).of("mutt").isPresent();
            if (!can || ours.get(i).keys <= theirs.get(i).keys) noMore++;
            String title = tasks.get(i).title();
            table.append("| " + title + " | " + ours.get(i).keys + " | ")
                    .append(can ? Integer.toString(theirs.get(i).keys) : "can't")
                    .append(" |\n");
            screens.append("\n### " + title + "\n\n```\n" + ours.get(i).screen + "```\n");
        }
        String text =
                HEAD
                        + table
                        + "\nNo more keys than mutt in "
                        + noMore
                        + " of "
                        + tasks.size()
                        + ".\n\n## Screens\n";
        var paper = Path.of(System.getProperty("house", "..")).resolve("docs/mail-tasks.md");
        if ("true".equals(System.getProperty("write"))) Files.writeString(paper, text + screens);
        assertThat(tasks).hasSizeGreaterThanOrEqualTo(30);
        assertThat(noMore).isGreaterThanOrEqualTo(20);
        assertThat(Files.readString(paper)).contains(text);
    }

    private static final String HEAD =
            """
            # Thirty tasks, in the agent and in mutt

            Made by `TasksPaperTest`, which does each of them in both programs, through a terminal of 80
            columns and 24 lines, at one server, with the same letters, and counts the keys; both as they
            come, with the same editor, which writes a line and ends. The tasks were written down first
            (`interop/src/test/resources/tasks/tasks.txt`). What mutt can't do without another program or a
            setting says so. None of them needs leaving the agent.

            """;
}
