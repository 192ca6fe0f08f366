package org.postroom.interop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.server.Port;
import org.postroom.wire.Line;
import org.postroom.wire.Wire;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// How quick the agent is beside others, in ratios of medians, the rounds of both taken in turns. Run by
/// hand, on a quiet machine: `-Dbars=100000` says how many letters the large mailbox has.
@EnabledIfSystemProperty(named = "bars", matches = "[0-9]+")
final class AgentBarsTest {

    private static final int ROUNDS = 5;
    private static final int AT_ONCE = 64; // appended letters that are not answered yet

    @TempDir Path folder;

    private Map<String, String> environment() {
        return Map.of(
                "HOME",
                folder.toString(),
                "XDG_CONFIG_HOME",
                folder.toString(),
                "LC_ALL",
                "C.UTF-8",
                "TERM",
                "screen-256color");
    }

    /// Nanoseconds until something is on the screen.
    private long until(List<String> command, String pattern, String... keys) throws Exception {
        long begin = System.nanoTime();
        try (var terminal = new Tmux(80, 24, folder, environment(), command)) {
            terminal.sees(pattern);
            long seen = System.nanoTime();
            if (keys.length == 0) return seen - begin;
            terminal.press(keys[0]).sees(keys[1]);
            return System.nanoTime() - seen;
        }
    }

    private static double median(List<Double> ratios) {
        return ratios.stream().sorted().toList().get(ratios.size() / 2);
    }

    private static void tell(String what, List<Double> ratios) {
        System.out.printf(
                Locale.ROOT,
                "%s: %.2f (%s)%n",
                what,
                median(ratios),
                String.join(
                        ", ",
                        ratios.stream()
                                .map(it -> String.format(Locale.ROOT, "%.2f", it))
                                .toList()));
    }

    private static List<String> agent(Served server, String account, String... flags) {
        var command = Served.command(List.of(flags), "mail");
        command.addAll(List.of("--home", server.home.toString(), "--as", account));
        return command;
    }

    @Test
    void theFirstPromptTakesNoMoreThanThreeTimesThatOfOneLine() throws Exception {
        var server = Served.shared();
        var agent = agent(server, server.account());
        var one = Served.command(List.of());
        one.set(one.indexOf("org.postroom.command.Main"), OneLine.class.getName());
        var ratios = new ArrayList<Double>();
        for (int i = 0; i < ROUNDS; i++) {
            double least = until(one, "one>");
            ratios.add(until(agent, "INBOX>") / least);
        }
        tell("first prompt, times that of a one-line program", ratios);
        assertThat(median(ratios)).isLessThanOrEqualTo(3);
    }

    @Test
    void aLargeMailboxOpensNoSlowerThanInMutt() throws Exception {
        Peer.require("mutt");
        int count = Integer.getInteger("bars");
        var server = Served.shared();
        String ann = server.account();
        fill(server, ann, count);
        var muttrc =
                Files.writeString(
                        folder.resolve("muttrc"),
                        """
                        set folder="imap://127.0.0.1:%d/" spoolfile="+INBOX" imap_user=%s imap_pass=%s
                        set ssl_starttls=no ssl_force_tls=no header_cache=%s/cache
                        """
                                .formatted(server.port(143), ann, Served.PASSWORD, folder));
        var mutt = List.of("mutt", "-n", "-F", muttrc.toString());
        var agent = new ArrayList<>(agent(server, ann));
        agent.add("browse");
        String last = count + " of " + count;
        String there = "Msgs:" + count;
        until(mutt, there); // its cache is filled
        var opening = new ArrayList<Double>();
        var scrolling = new ArrayList<Double>();
        String pages = "b".repeat(100);
        for (int i = 0; i < ROUNDS; i++) {
            double theirs = until(mutt, there);
            opening.add(until(agent, last) / theirs);
            // 21 letters a page in both
            double back = until(mutt, there, "Z".repeat(100), "(?m)^ *" + (count - 2100) + " ");
            scrolling.add(until(agent, last, pages, "(?m)^ *" + (count - 2100) + " ") / back);
        }
        tell("opening " + count + " letters, times mutt with its cache", opening);
        tell("a hundred pages back, times mutt", scrolling);
        var small = new ArrayList<>(agent(server, ann, "-Xmx64m"));
        small.add("browse");
        until(small, last);
        System.out.println("opens with -Xmx64m");
        assertThat(median(opening)).isLessThanOrEqualTo(1);
    }

    private static void fill(Served server, String account, int count) throws Exception {
        try (var wire = server.call(Port.IMAP)) {
            wire.line();
            wire.say(Line.of("a LOGIN " + account + " " + Served.PASSWORD));
            answered(wire, "a");
            for (int i = 0; i < count + AT_ONCE; i++) {
                if (i < count) {
                    String letter =
                            "From: Writer %d <w%d@example.com>\r\nSubject: Letter %d\r\nMessage-ID: <b%d@example.com>\r\n\r\nBody.\r\n"
                                    .formatted(i % 500, i % 500, i, i);
                    wire.say(Line.of("b APPEND INBOX (\\Seen) {" + letter.length() + "+}"));
                    for (var line : letter.split("\r\n", -1)) wire.say(Line.of(line));
                }
                if (i >= AT_ONCE) answered(wire, "b");
            }
        }
    }

    private static void answered(Wire wire, String tag) throws Exception {
        String line = wire.line().text();
        while (!line.startsWith(tag + " ")) line = wire.line().text();
        assertThat(line).contains(" OK");
    }
}
