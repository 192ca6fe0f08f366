package org.postroom.server.dialogue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A transcript, read. The form:
///
///     # RFC 1939 §6: what this shows        (comments; the first is the claim)
///     account bob@example.test with 2 messages
///     alias all@example.test = bob@example.test, ann@example.test
///     list staff@example.test of ann@example.test = bob@example.test, out@elsewhere.example
///     closed-list …                         (the same, members only)
///     moved bob@example.test to bob@example.org
///     forwarded bob@example.test to bob@example.org
///     domain example.net for example.test   (its second name)
///     app-password bob@example.test         (its secret is {app})
///     second-factor bob@example.test        (its code now is {code})
///     removal of bob@example.test           (of the account)
///     administrator bob@example.test        (an account that is there)
///     quota bob@example.test 1000           (in octets)
///     letters bob@example.test 2            (at most)
///     collected example.org by bob@example.test (letters for it wait until they are called for)
///     session 2 at pop3                     (where C2: and S2: are spoken)
///     letter for bob@example.test           (what follows, indented by `|`, is the letter)
///     | Subject: one
///     |
///     | text
///     setting message 1000                  (also: connections N, per-address N)
///     setting proxies 127.0.0.0/8           (who says PROXY first; also: turn on, speak on)
///     setting anonymous a@b.test,/box,RETR  (whose files, the drop box, the commands)
///
///     S: +OK                                (the line begins so, and a word ends there)
///     S: +OK 2 /[0-9]+/                     (patterns between slashes)
///     S: +OK /(?<digest>.+)/                (named groups are kept: {digest} afterwards)
///     S! exactly this line
///     S* +OK                                (skips lines until one fits)
///     S~ raw \r\n \x00                      (exactly these octets)
///     C: USER bob@example.test              (CRLF is added)
///     C~ raw \r\n \x00 \u20ac               (sent as it is, escapes undone, no CRLF added)
///     C2: …  S2: …                          (a second session beside the first)
///     (the client hangs up)  (the server hangs up)  (TLS begins)  (nothing comes)
///     (the queue is empty)  (the house is empty)
///     (9: the client connects to {port})    (session 9 is a data connection: C9: and S9: are said there)
///     (9: the client listens)               ({port} is where, {p1} and {p2} its octets)
///     (9: the server connects)  (9: the client ends)
///     (the server fetches by ATRN)          (from whom the client listens for; also TURN, ETRN)
///     (the other server has no mail for us) (what came of that)
///     again                                 (a new first session; the same house)
///
/// Lines of `C:` that follow each other go out in one write: they are pipelined.
final class Dialogue {

    /// One step, with the line it stands in.
    record Step(int line, Kind kind, int session, String text) {}

    enum Kind {
        SETUP,
        LETTER_LINE,
        SAY,
        SAY_RAW,
        HEAR,
        HEAR_EXACTLY,
        HEAR_SOMETIME,
        HEAR_RAW,
        EVENT,
        AGAIN
    }

    private static final Pattern SPEECH = Pattern.compile("([CS])(\\d?)([:~!*])( ?)(.*)");

    private static final Pattern EVENT = Pattern.compile("\\((?:(\\d): )?([^)]*)\\)");

    final Path file;
    final List<Step> steps = new ArrayList<>();

    private Dialogue(Path file) {
        this.file = file;
    }

    static Dialogue read(Path file) throws IOException {
        var dialogue = new Dialogue(file);
        int number = 0;
        for (var line : Files.readAllLines(file, StandardCharsets.UTF_8))
            dialogue.add(++number, line);
        if (dialogue.steps.stream().noneMatch(step -> step.kind() == Kind.HEAR))
            throw new IOException(file + " claims nothing");
        return dialogue;
    }

    private void add(int number, String line) throws IOException {
        if (line.isBlank() || line.startsWith("#")) return;
        var speech = SPEECH.matcher(line);
        if (speech.matches()) {
            int session = speech.group(2).isEmpty() ? 1 : Integer.parseInt(speech.group(2));
            var kind =
                    switch (speech.group(1) + speech.group(3)) {
                        case "C:" -> Kind.SAY;
                        case "C~" -> Kind.SAY_RAW;
                        case "S:" -> Kind.HEAR;
                        case "S!" -> Kind.HEAR_EXACTLY;
                        case "S*" -> Kind.HEAR_SOMETIME;
                        case "S~" -> Kind.HEAR_RAW;
                        default -> throw new IOException(file + ":" + number + ": " + line);
                    };
            steps.add(new Step(number, kind, session, speech.group(5)));
        } else if (line.startsWith("|"))
            steps.add(
                    new Step(
                            number,
                            Kind.LETTER_LINE,
                            0,
                            line.length() > 1 ? line.substring(2) : ""));
        else if (line.startsWith("(")) {
            var event = EVENT.matcher(line);
            if (!event.lookingAt()) throw new IOException(file + ":" + number + ": " + line);
            int session = event.group(1) == null ? 1 : Integer.parseInt(event.group(1));
            steps.add(new Step(number, Kind.EVENT, session, event.group(2)));
        } else if (line.strip().equals("again")) steps.add(new Step(number, Kind.AGAIN, 1, ""));
        else steps.add(new Step(number, Kind.SETUP, 0, line.strip()));
    }

    @Override
    public String toString() {
        return file.getFileName().toString().replace(".txt", "").replace('-', ' ');
    }
}
