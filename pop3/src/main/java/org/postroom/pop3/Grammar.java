package org.postroom.pop3;

import org.postroom.pop3.Command.Auth;
import org.postroom.pop3.Command.Capa;
import org.postroom.pop3.Command.Dele;
import org.postroom.pop3.Command.Lang;
import org.postroom.pop3.Command.List;
import org.postroom.pop3.Command.Noop;
import org.postroom.pop3.Command.Pass;
import org.postroom.pop3.Command.Quit;
import org.postroom.pop3.Command.Retr;
import org.postroom.pop3.Command.Rset;
import org.postroom.pop3.Command.Stat;
import org.postroom.pop3.Command.Stls;
import org.postroom.pop3.Command.Top;
import org.postroom.pop3.Command.Uidl;
import org.postroom.pop3.Command.User;
import org.postroom.pop3.Command.Utf8;
import org.postroom.wire.Line;
import org.postroom.wire.Octets;
import org.postroom.wire.Secret;

import java.util.Optional;
import java.util.OptionalInt;

/// Reads and prints what is said, one method a production, the ABNF above it. Knows no session.
public final class Grammar {

    private final Line heard;
    private final String line;
    private int at;

    private Grammar(Line heard) throws Refusal {
        if (heard.isTooLong()) throw new Refusal(Reply.LINE_TOO_LONG);
        this.heard = heard;
        this.line = heard.text();
        heard.conceal(0);
    }

    /// RFC 2449 §4: command = keyword *(SP param) CRLF    ;255 octets maximum
    public static Command command(Line heard) throws Refusal {
        var in = new Grammar(heard);
        var command =
                switch (in.keyword()) {
                    case STAT -> new Stat();
                    case LIST -> new List(in.optionalMsg());
                    case RETR -> new Retr(in.msg());
                    case DELE -> new Dele(in.msg());
                    case NOOP -> new Noop();
                    case RSET -> new Rset();
                    case QUIT -> new Quit();
                    case TOP -> new Top(in.msg(), in.n());
                    case UIDL -> new Uidl(in.optionalMsg());
                    case USER -> new User(in.string());
                    case PASS -> new Pass(in.secret());
                    case CAPA -> new Capa();
                    case STLS -> new Stls();
                    case AUTH -> in.auth();
                    case UTF8 -> new Utf8();
                    case LANG -> new Lang(in.at == in.line.length() ? Optional.empty() : in.tag());
                };
        in.end();
        heard.reveal();
        return command;
    }

    /// What [#command] reads: the client's half.
    public static Line print(Command command) {
        return switch (command) {
            case Stat() -> Line.of("STAT");
            case List(var message) -> Line.of("LIST" + optional(message));
            case Retr(int message) -> Line.of("RETR " + message);
            case Dele(int message) -> Line.of("DELE " + message);
            case Noop() -> Line.of("NOOP");
            case Rset() -> Line.of("RSET");
            case Quit() -> Line.of("QUIT");
            case Top(int message, int lines) -> Line.of("TOP " + message + " " + lines);
            case Uidl(var message) -> Line.of("UIDL" + optional(message));
            case User(var name) -> Line.of("USER " + Octets.of(name));
            case Pass(var secret) -> secret("PASS ", secret);
            case Capa() -> Line.of("CAPA");
            case Stls() -> Line.of("STLS");
            case Utf8() -> Line.of("UTF8");
            case Lang(var tag) -> Line.of("LANG" + tag.map(it -> " " + it).orElse(""));
            case Auth(var mechanism, var initial) -> {
                String start = "AUTH" + mechanism.map(name -> " " + name).orElse("");
                yield initial.map(secret -> secret(start + " ", secret)).orElse(Line.of(start));
            }
        };
    }

    private static Line secret(String start, Secret secret) {
        String text = start + Octets.of(secret.reveal());
        return Line.of(text).secret(start.length(), text.length());
    }

    private static String optional(OptionalInt message) {
        return message.isPresent() ? " " + message.getAsInt() : "";
    }

    // RFC 2449 §4: keyword = 3*4VCHAR
    private Verb keyword() throws Refusal {
        int space = line.indexOf(' ');
        String word = space < 0 ? line : line.substring(0, space);
        at = word.length();
        for (var verb : Verb.values())
            if (verb.name().equalsIgnoreCase(word)) {
                heard.conceal(at);
                return verb;
            }
        throw new Refusal(Reply.UNKNOWN_COMMAND);
    }

    // RFC 1939 §7: a name, or a password; PASS has one argument, so spaces are part of it
    private String string() throws Refusal {
        sp();
        String rest = line.substring(at);
        if (rest.isEmpty() || rest.indexOf(0) >= 0) throw new Refusal(Reply.BAD_SYNTAX);
        at = line.length();
        return Octets.text(rest).orElseThrow(() -> new Refusal(Reply.BAD_SYNTAX));
    }

    private Secret secret() throws Refusal {
        int from = Math.min(at + 1, line.length());
        var secret = new Secret(string());
        heard.secret(from, line.length());
        return secret;
    }

    // RFC 1939 §5: a message-number, "if not specified" all
    private OptionalInt optionalMsg() throws Refusal {
        return at == line.length() ? OptionalInt.empty() : OptionalInt.of(msg());
    }

    // RFC 1939 §5: a message-number; the first is 1 (TRAPS T33)
    private int msg() throws Refusal {
        int number = n();
        if (number == 0) throw new Refusal(Reply.NO_SUCH_MESSAGE);
        return number;
    }

    // RFC 1939 §7: a non-negative number
    private int n() throws Refusal {
        sp();
        int from = at;
        while (at < line.length() && line.charAt(at) >= '0' && line.charAt(at) <= '9') at++;
        if (at == from || at - from > 9) throw new Refusal(Reply.BAD_SYNTAX);
        return Integer.parseInt(line, from, at, 10);
    }

    // RFC 5034 §6: auth-command = "AUTH" SP sasl-mech [SP initial-response] *(CRLF [base64]) [CRLF
    // cancel-response] CRLF; the form without arguments is RFC 1734's clients' question
    private Auth auth() throws Refusal {
        if (at == line.length()) return new Auth(Optional.empty(), Optional.empty());
        sp();
        int from = at;
        while (at < line.length() && line.charAt(at) != ' ') at++;
        var mechanism = Optional.of(line.substring(from, at));
        if (at == line.length()) return new Auth(mechanism, Optional.empty());
        return new Auth(mechanism, Optional.of(secret()));
    }

    // RFC 6856 §3.2: lang-range = "*" / a language tag (RFC 5646 §2.1)
    private Optional<String> tag() throws Refusal {
        sp();
        int from = at;
        while (at < line.length() && line.charAt(at) > ' ' && line.charAt(at) < 127) at++;
        if (at == from) throw new Refusal(Reply.BAD_SYNTAX);
        return Optional.of(line.substring(from, at));
    }

    private void sp() throws Refusal {
        if (at == line.length() || line.charAt(at) != ' ') throw new Refusal(Reply.BAD_SYNTAX);
        at++;
    }

    // Blanks at the end are forgiven: old clients send them
    private void end() throws Refusal {
        while (at < line.length() && line.charAt(at) == ' ') at++;
        if (at < line.length()) throw new Refusal(Reply.BAD_SYNTAX);
    }
}
