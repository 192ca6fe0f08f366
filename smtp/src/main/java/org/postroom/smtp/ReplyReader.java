package org.postroom.smtp;

import org.postroom.wire.Departure;
import org.postroom.wire.Line;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Hears replies, and no more of one than a reply needs: what a server says is input, too.
final class ReplyReader {

    private static final int MOST_LINES = 100;
    private static final int MOST_OCTETS = 64 * 1024;

    /// Where lines come from: a wire.
    @FunctionalInterface
    interface Source {
        Line line() throws Departure;
    }

    private final Source source;

    ReplyReader(Source source) {
        this.source = source;
    }

    // RFC 5321 §4.2: Reply-line = *( Reply-code "-" [ textstring ] CRLF ) Reply-code [ SP
    // textstring ]
    // CRLF; Reply-code = %x32-35 %x30-35 %x30-39
    /// Waits for a whole reply.
    ///
    /// @throws Departure when what comes is none, as well
    Reply hear() throws Departure {
        var lines = new ArrayList<String>();
        int code = 0;
        int octets = 0;
        while (true) {
            var line = source.line();
            String text = line.text();
            octets += text.length();
            if (line.isTooLong() || octets > MOST_OCTETS || lines.size() == MOST_LINES)
                throw nonsense("a reply without an end");
            int read = code(text);
            if (read < 0 || (code != 0 && read != code)) throw nonsense("that is no reply");
            code = read;
            lines.add(text.length() > 4 ? shown(text.substring(4)) : "");
            if (text.length() == 3 || text.charAt(3) != '-') return reply(code, lines);
        }
    }

    private static int code(String text) {
        boolean formed =
                text.length() >= 3
                        && text.charAt(0) >= '2'
                        && text.charAt(0) <= '5'
                        && Grammar.isDigit(text.charAt(1))
                        && Grammar.isDigit(text.charAt(2))
                        && (text.length() == 3 || " -".indexOf(text.charAt(3)) >= 0);
        return formed ? Integer.parseInt(text, 0, 3, 10) : -1;
    }

    // RFC 2034 §4: the enhanced code stands at the beginning of each line's text
    private static Reply reply(int code, List<String> lines) {
        String enhanced = enhanced(code, lines.getFirst());
        if (!enhanced.isEmpty())
            lines.replaceAll(line ->
                    line.startsWith(enhanced)
                            ? line.substring(enhanced.length()).stripLeading()
                            : line);
        return new Reply(code, enhanced, lines);
    }

    // RFC 3463 §2: status-code = class "." subject "." detail; class = "2"/"4"/"5"; subject =
    // 1*3digit;
    // detail = 1*3digit
    private static String enhanced(int code, String text) {
        int space = text.indexOf(' ');
        String word = space < 0 ? text : text.substring(0, space);
        var numbers = word.length() > 9 ? new String[0] : word.split("\\.", -1);
        if (code / 100 == 3
                || numbers.length != 3
                || !numbers[0].equals(Integer.toString(code / 100))) return "";
        for (var number : numbers)
            if (number.isEmpty()
                    || number.length() > 3
                    || !number.chars().allMatch(Grammar::isDigit)) return "";
        return word;
    }

    /// The text as it may be shown and passed on: UTF-8, without control characters.
    private static String shown(String octets) {
        String text =
                new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        var shown = new StringBuilder(text);
        for (int i = 0; i < shown.length(); i++)
            if (Character.isISOControl(shown.charAt(i))) shown.setCharAt(i, ' ');
        return shown.toString();
    }

    private static Departure nonsense(String what) {
        return new Departure(Departure.Kind.GONE, what);
    }
}
