package org.postroom.checks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// docs/replies.md: SMTP's reply codes, and the dialogues with the real server in which each is heard.
/// One of the textbooks' that is heard in none fails the build.
// Textbook: M7 the reply codes 211 to 554
final class RepliesPaperTest {

    private static final Pattern HEARD =
            Pattern.compile("S\\d?[:*!] ?(\\d{3})(?:[ -]+(\\d\\.\\d{1,3}\\.\\d{1,3}))?.*");
    private static final Pattern SMTP =
            Pattern.compile("server/src/test/dialogues/(?:smtp|submission|lmtp|odmr)/.+\\.txt");
    private static final int MOST_SHOWN = 4;

    private static final Map<Integer, String> TEXTBOOK = textbook();

    // RFC 5321 §4.2.3
    private static Map<Integer, String> textbook() {
        var codes = new LinkedHashMap<Integer, String>();
        codes.put(211, "what can be said here");
        codes.put(214, "help about a verb");
        codes.put(220, "ready");
        codes.put(221, "good-bye");
        codes.put(250, "done");
        codes.put(251, "moved, and letters follow");
        codes.put(354, "go on with the letter");
        codes.put(421, "the server ends the session");
        codes.put(450, "not available now");
        codes.put(451, "something went wrong here, or is under way");
        codes.put(452, "no room, or too many");
        codes.put(500, "no such command");
        codes.put(501, "wrong arguments");
        codes.put(502, "not offered here");
        codes.put(503, "not now, in this order");
        codes.put(504, "an argument that is not offered here");
        codes.put(550, "not available");
        codes.put(551, "moved, and where to");
        codes.put(552, "too much");
        codes.put(553, "not a mailbox's name");
        codes.put(554, "it failed");
        return codes;
    }

    @Test
    void everyReplyCodeIsHeardInADialogue() throws IOException {
        Map<Integer, Heard> heard = new TreeMap<>();
        for (var source : Sources.ending(".txt"))
            if (SMTP.matcher(source.path()).matches())
                for (var line : source.lines()) {
                    var reply = HEARD.matcher(line);
                    if (reply.matches())
                        heard.computeIfAbsent(Integer.valueOf(reply.group(1)), _ -> new Heard())
                                .add(source.path(), reply.group(2));
                }
        assertThat(heard.keySet()).as("codes heard").containsAll(TEXTBOOK.keySet());
        var paper =
                new StringBuilder(
                        "# SMTP's replies, and the dialogues in which they are heard\n\n"
                                + "Made by the build from the dialogues with the real server.\n\n"
                                + "| code | what it says | with these enhanced codes | heard in |\n"
                                + "|---|---|---|---|\n");
        heard.forEach((code, all) ->
                paper.append("| ")
                        .append(code)
                        .append(" | ")
                        .append(TEXTBOOK.getOrDefault(code, "beyond the textbooks"))
                        .append(" | ")
                        .append(String.join(" ", all.enhanced))
                        .append(" | ")
                        .append(all.shown())
                        .append(" |\n"));
        Sources.paper("docs/replies.md", paper.toString());
    }

    private static final class Heard {

        private final TreeSet<String> paths = new TreeSet<>();
        private final TreeSet<String> enhanced = new TreeSet<>();

        void add(String path, @org.jspecify.annotations.Nullable String code) {
            paths.add(path.substring("server/src/test/dialogues/".length()));
            if (code != null) enhanced.add(code);
        }

        String shown() {
            var some = paths.stream().limit(MOST_SHOWN).collect(Collectors.joining("<br>"));
            int more = paths.size() - MOST_SHOWN;
            return more > 0 ? some + "<br>and " + more + " more" : some;
        }
    }
}
