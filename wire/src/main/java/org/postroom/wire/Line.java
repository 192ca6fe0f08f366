package org.postroom.wire;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/// A line of a conversation without its CRLF, heard or to be said. Its text holds one octet a
/// character (ISO 8859-1), so nothing is lost; a grammar decodes UTF-8 where its RFC says so.
///
/// A grammar marks what is [#secret] while it reads or prints; the tap shows those stretches blank.
public final class Line implements Sayable {

    private static final int[] NO_SECRETS = {};

    private final String text;
    private final boolean tooLong;
    private int[] secrets = NO_SECRETS; // from, to, from, to …

    private Line(String text, boolean tooLong) {
        this.text = text;
        this.tooLong = tooLong;
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

    /// The text with its secrets blanked.
    public String shown() {
        if (secrets.length == 0) return text;
        var shown = new StringBuilder();
        int at = 0;
        for (int i = 0; i < secrets.length; i += 2) {
            shown.append(text, at, secrets[i]).append(Secret.BLANK);
            at = secrets[i + 1];
        }
        return shown.append(text, at, text.length()).toString();
    }

    @Override
    public void on(Saying saying) {
        int at = 0;
        for (int i = 0; i < secrets.length; i += 2) {
            saying.octets(text.substring(at, secrets[i]));
            saying.secret(text.substring(secrets[i], secrets[i + 1]));
            at = secrets[i + 1];
        }
        saying.octets(text.substring(at)).crlf();
    }

    @Override
    public String toString() {
        return shown();
    }
}
