package org.postroom.wire;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/// A line of a conversation without its CRLF, heard or to be said. Its text holds one octet a
/// character (ISO 8859-1), so nothing is lost; a grammar decodes UTF-8 where its RFC says so.
///
/// A grammar marks what is [#secret] while it reads or prints; the tap shows those stretches blank. What
/// it does not understand may hold a secret anywhere: a grammar that reads commands begins with
/// [#conceal] and ends with [#reveal].
public final class Line implements Sayable {

    private static final int[] NO_SECRETS = {};

    private final String text;
    private final boolean tooLong;
    private int[] secrets = NO_SECRETS; // from, to, from, to …
    private int concealed; // from here on

    private Line(String text, boolean tooLong) {
        this.text = text;
        this.tooLong = tooLong;
        this.concealed = text.length();
    }

    public static Line of(String text) {
        return new Line(text, false);
    }

    /// What stands for a line beyond the limit, of which nothing was kept. A grammar refuses it.
    static Line tooLong() {
        return new Line("", true);
    }

    public String text() {
        return text;
    }

    /// The line was longer than the wire's limit and was swallowed to its end: one reply is due.
    public boolean isTooLong() {
        return tooLong;
    }

    /// Whether a line that is no command of this protocol is one of another: a browser was lured into
    /// posting here, or a TLS client called (ALPACA; TRAPS T41, F5). Nothing after it is to be believed.
    public boolean isForeign() {
        if (text.startsWith("\u0016\u0003")) return true; // RFC 8446 §5.1: a handshake record
        String upper = text.toUpperCase(Locale.ROOT);
        int space = upper.indexOf(' ');
        return upper.contains(" HTTP/")
                || FOREIGN.contains(space < 0 ? upper : upper.substring(0, space));
    }

    private static final Set<String> FOREIGN =
            Set.of(
                    "GET", "POST", "HEAD", "PUT", "OPTIONS", "CONNECT", "PRI", "EHLO", "HELO",
                    "LHLO");

    /// Marks the characters from (inclusive) to (exclusive) as not to be shown.
    public Line secret(int from, int to) {
        secrets = Arrays.copyOf(secrets, secrets.length + 2);
        secrets[secrets.length - 2] = from;
        secrets[secrets.length - 1] = to;
        return this;
    }

    /// Marks all of it: an answer in a SASL exchange.
    public Line secret() {
        return secret(0, text.length());
    }

    /// Nothing from here on is to be shown, unless it is understood.
    public void conceal(int from) {
        concealed = from;
    }

    /// It is understood: all is to be shown but its secrets.
    public void reveal() {
        concealed = text.length();
    }

    private int[] blanks() {
        if (concealed >= text.length()) return secrets;
        int count = 0;
        while (count < secrets.length && secrets[count + 1] <= concealed) count += 2;
        var blanks = Arrays.copyOf(secrets, count + 2);
        blanks[count] = count < secrets.length ? Math.min(concealed, secrets[count]) : concealed;
        blanks[count + 1] = text.length();
        return blanks;
    }

    /// The text with its secrets blanked.
    public String shown() {
        var blanks = blanks();
        var shown = new StringBuilder();
        int at = 0;
        for (int i = 0; i < blanks.length; i += 2) {
            shown.append(text, at, blanks[i]).append(Secret.BLANK);
            at = blanks[i + 1];
        }
        return shown.append(text, at, text.length()).toString();
    }

    @Override
    public void on(Saying saying) {
        var blanks = blanks();
        int at = 0;
        for (int i = 0; i < blanks.length; i += 2) {
            saying.octets(text.substring(at, blanks[i]));
            saying.secret(text.substring(blanks[i], blanks[i + 1]));
            at = blanks[i + 1];
        }
        saying.octets(text.substring(at)).crlf();
    }

    @Override
    public String toString() {
        return shown();
    }
}
