package org.postroom.interop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.server.Port;
import org.postroom.wire.Limits;
import org.postroom.wire.Tap;
import org.postroom.wire.Wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What a mail agent is for (`tasks/services.txt`), in each of its faces, at four kinds of servers, the
/// prompt and the full screen through a terminal; docs/mail-services.md is what came of it. All of it
/// takes minutes, so only two cells are tried unless `-Dmatrix=true` asks for it, or the paper is written.
final class ServicesPaperTest {

    private static final List<String> FACES = List.of("command", "prompt", "browse");

    @TempDir Path folder;

    private final Map<String, Map<String, String>> table = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();

    /// Somebody's letters at a server.
    ///
    /// @param words whose letters, as the agent is told
    private record Desk(String name, String kind, List<String> words, Path home) {}

    private static Wire call(int port) throws Exception {
        var to = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        return Wire.connect(to, 10_000, Limits.CLIENT, Tap.NONE);
    }

    private Path home(String name) throws IOException {
        var home = Files.createDirectories(folder.resolve(name));
        Files.createDirectories(home.resolve("postroom"));
        Files.writeString(home.resolve("a.txt"), "hello\n");
        var editor =
                Files.writeString(home.resolve("editor"), "#!/bin/sh\necho Words. >> \"$1\"\n");
        Files.setPosixFilePermissions(editor, PosixFilePermissions.fromString("rwx------"));
        return home;
    }

    private static Map<String, String> environment(Path home) {
        var environment = new TreeMap<String, String>();
        environment.put("HOME", home.toString());
        environment.put("XDG_CONFIG_HOME", home.toString());
        environment.put("EDITOR", home.resolve("editor").toString());
        environment.put("VISUAL", "");
        environment.put("PRINTCMD", "cat > printed");
        environment.put("MAILCAPS", "/nonexistent");
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("TERM", "screen-256color");
        return environment;
    }

    /// Does all of it in one face.
    private void serve(Desk desk, String face, String to) throws Exception {
        Files.writeString(
                desk.home.resolve("postroom/addresses"), "team = " + to + ", " + to + "\n");
        if (face.equals("command")) commands(desk, to);
        else {
            var command = Served.command(List.of(), "mail");
            if (face.equals("browse")) command.add("browse");
            command.addAll(desk.words);
            String index = face.equals("browse") ? Steps.INDEX : "INBOX>";
            try (var terminal = new Tmux(100, 40, desk.home, environment(desk.home), command)) {
                terminal.sees("Something");
                for (var steps : Steps.read("services.txt"))
                    if (has(desk, steps)) keys(desk, terminal, steps, face, index, to);
            }
        }
    }

    private static boolean has(Desk desk, Steps steps) {
        return List.of(steps.note().split(" ")).contains(desk.kind);
    }

    private void keys(Desk desk, Tmux terminal, Steps steps, String face, String index, String to)
            throws IOException, InterruptedException {
        try {
            Steps.follow(terminal, steps.of(face).orElseThrow(), word -> word.replace("TO", to));
            steps.home(terminal, face, index);
            mark(desk, face, steps, "yes");
        } catch (AssertionError failed) {
            mark(desk, face, steps, "no");
            failures.add(
                    desk.name + ", " + face + ", " + steps.title() + ": " + failed.getMessage());
            if (face.equals("browse")) terminal.press("q").press("q");
            else terminal.press("C-c");
        }
    }

    private void commands(Desk desk, String to) throws IOException, InterruptedException {
        for (var steps : Steps.read("services.txt")) {
            if (!has(desk, steps)) continue;
            boolean well = true;
            for (var line : steps.of("command").orElseThrow().split(" ;; ")) {
                var parts = line.replace("TO", to).split(" => ", 2);
                var said = parts[0].split(" < ", 2);
                var result = command(desk, said[0], said.length > 1 ? said[1] + "\n" : "");
                boolean shown =
                        parts.length == 1
                                || Pattern.compile(parts[1]).matcher(result.output()).find();
                if (result.exit() == 0 && shown) continue;
                well = false;
                failures.add(desk.name + ", command: " + line + ": " + result);
            }
            mark(desk, "command", steps, well ? "yes" : "no");
        }
    }

    private Peer.Result command(Desk desk, String words, String input)
            throws IOException, InterruptedException {
        var all = new ArrayList<>(List.of("-c", "cd '" + desk.home + "' && \"$@\" " + words, "sh"));
        if (words.startsWith("pipe 4 cat printed")) // what was printed, looked at
        all.set(1, "cat '" + desk.home.resolve("printed") + "'");
        all.addAll(Served.command(List.of(), "mail"));
        all.addAll(desk.words);
        var peer = Peer.of("sh", all.toArray()).hears(input);
        environment(desk.home).forEach(peer::where);
        return peer.run();
    }

    private void mark(Desk desk, String face, Steps steps, String word) {
        table.computeIfAbsent(steps.title(), _ -> new LinkedHashMap<>())
                .put(desk.name + " " + face, word);
    }

    // ---- servers

    @Test
    void everyServiceAtOurServerInTheFullScreenAndByPop3AtThePrompt() throws Exception {
        var server = Served.shared();
        String to = TaskLetters.recipient(server);
        try (var web = TaskLetters.elsewhere()) {
            serve(ours("browse", server, web.url()), "browse", to);
            serve(byPop3("prompt", server, web.url()), "prompt", to);
        }
        assertThat(failures).isEmpty();
    }

    private Desk ours(String face, Served server, String web) throws Exception {
        String ann = server.account();
        TaskLetters.fill(server.call(Port.IMAP), ann, web);
        var words = List.of("--home", server.home.toString(), "--as", ann);
        return new Desk("Postroom", "imap", words, home("ours-" + face));
    }

    private Desk byPop3(String face, Served server, String web) throws Exception {
        String bea = server.account();
        TaskLetters.fill(server.call(Port.IMAP), bea, web);
        var words =
                List.of(
                        "--insecure",
                        "--password-command",
                        "echo " + Served.PASSWORD,
                        "--account",
                        "pop3://" + bea + "@127.0.0.1:" + server.port(110),
                        "--submission",
                        "submission://" + bea + "@127.0.0.1:" + server.port(587));
        return new Desk("POP3 alone", "pop3", words, home("pop3-" + face));
    }

    @Test
    @EnabledIf("isAllWanted")
    void everyServiceAtEveryServerInEveryFace() throws Exception {
        var server = Served.shared();
        String to = TaskLetters.recipient(server);
        try (var web = TaskLetters.elsewhere()) {
            for (var face : FACES) {
                serve(ours(face, server, web.url()), face, to);
                serve(byPop3(face, server, web.url()), face, to);
                String bea = server.account();
                try (var dovecot = Dovecot.start();
                        var bridge = new Bridge(dovecot.command())) {
                    TaskLetters.fill(call(bridge.port()), "ann@example.test", web.url());
                    serve(elsewhere("Dovecot", face, bridge.port(), "ann", bea, server), face, to);
                }
                try (var cyrus = Cyrus.start()) {
                    var admin = elsewhere("Cyrus", face, cyrus.port(), "cyrus", bea, server);
                    command(admin, "create user/ann", "");
                    TaskLetters.fill(call(cyrus.port()), "ann", web.url());
                    serve(elsewhere("Cyrus", face, cyrus.port(), "ann", bea, server), face, to);
                }
            }
        }
        paper();
    }

    static boolean isAllWanted() {
        return Boolean.getBoolean("matrix") || Boolean.getBoolean("write");
    }

    /// Letters are read there, and handed in at our server, by somebody who has an account at it.
    private Desk elsewhere(
            String name, String face, int port, String user, String sender, Served server)
            throws IOException {
        var words =
                List.of(
                        "--insecure",
                        "--password-command",
                        "echo " + Served.PASSWORD,
                        "--from",
                        sender,
                        "--account",
                        "imap://" + user + "@127.0.0.1:" + port,
                        "--submission",
                        "submission://" + sender + "@127.0.0.1:" + server.port(587));
        return new Desk(name, "imap", words, home(name + "-" + face));
    }

    private void paper() throws IOException {
        var servers = List.of("Postroom", "Dovecot", "Cyrus", "POP3 alone");
        var text = new StringBuilder(HEAD);
        text.append("| service |");
        for (var server : servers) text.append(" ").append(server).append(" |");
        text.append("\n|---|").append("---|".repeat(servers.size())).append('\n');
        for (var row : table.entrySet()) {
            text.append("| ").append(row.getKey()).append(" |");
            for (var server : servers) {
                var cells = new ArrayList<String>();
                for (var face : FACES)
                    cells.add(row.getValue().getOrDefault(server + " " + face, "-"));
                text.append(" ").append(String.join(" ", cells)).append(" |");
            }
            text.append('\n');
        }
        var paper = Path.of(System.getProperty("house", "..")).resolve("docs/mail-services.md");
        if ("true".equals(System.getProperty("write"))) Files.writeString(paper, text);
        assertThat(failures).isEmpty();
        assertThat(paper).hasContent(text.toString());
    }

    private static final String HEAD =
            """
            # What the mail agent does, at which server, in which face

            Made by `ServicesPaperTest`, which does all of it (`interop/src/test/resources/tasks/services.txt`):
            as a single command, at the prompt, and in the full screen, in this order; the last two through a
            terminal. Letters of all four are handed in at our submission port. A POP3 server has one mailbox
            and keeps no flags, so what needs more is `-` there.

            """;
}
