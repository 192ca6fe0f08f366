package org.postroom.pop3;

import org.postroom.wire.Line;
import org.postroom.wire.Sayable;
import org.postroom.wire.Saying;

/// What a server can answer, each named for its meaning.
///
/// @param code the response code of RFC 2449 §8, or empty
public record Reply(boolean positive, String code, String text) implements Sayable {

    public static final Reply READY = ok("Postroom is ready");
    public static final Reply BYE = ok("Bye");
    public static final Reply NOTHING_DONE = ok("Nothing was done");

    // RFC 1939 §7: the same for a name that nobody has (§13)
    public static final Reply WANT_PASSWORD = ok("Now the password");
    public static final Reply WRONG = err("AUTH", "Name or password is wrong"); // RFC 3206 §4
    public static final Reply NAME_FIRST = err("", "Give USER before PASS");
    public static final Reply IN_USE = // RFC 2449 §8.1.2
            err("IN-USE", "Another POP3 session has this maildrop");
    public static final Reply LATER = err("SYS/TEMP", "Try again later"); // RFC 3206 §4
    public static final Reply NOT_IN_CLEAR_TEXT =
            err("AUTH", "A password is taken under TLS only: say STLS, or connect to pop3s");
    public static final Reply TOO_SOON = // RFC 2449 §8.1.1
            err("LOGIN-DELAY", "The last session is too short ago");
    public static final Reply SIGN_IN_FIRST = err("", "Sign in first");
    public static final Reply SIGNED_IN = err("", "You are signed in already");

    // RFC 5034 §4
    public static final Reply UNKNOWN_MECHANISM = err("AUTH", "This mechanism is not offered");
    public static final Reply CANCELLED = err("", "Cancelled");
    public static final Reply BAD_RESPONSE = err("AUTH", "This answer makes no sense here");
    public static final Reply MECHANISMS = ok("These mechanisms");

    // RFC 2595 §4
    public static final Reply BEGIN_TLS = ok("Begin TLS now");
    public static final Reply TLS_ALREADY = err("", "TLS is on already");
    public static final Reply NO_TLS = err("", "TLS is not offered here");

    public static final Reply CAPABILITIES = ok("What this server can do"); // RFC 2449 §5
    public static final Reply UTF8 = ok("UTF-8 it is"); // RFC 6856 §2
    public static final Reply LANGUAGES = ok("These languages"); // RFC 6856 §3
    public static final Reply NO_SUCH_LANGUAGE = err("", "That language is not spoken here");
    public static final Reply ENGLISH = ok("en Now in English");
    public static final Reply GERMAN = ok("de Now in German");
    public static final Reply BODY_FOLLOWS = ok("It follows");
    public static final Reply MARKED = ok("Marked");
    public static final Reply UNMARKED = ok("Nothing is marked");
    public static final Reply LISTING = ok("They follow");
    public static final Reply NO_SUCH_MESSAGE = err("", "No such message");
    public static final Reply NOTHING_REMOVED = err("SYS/TEMP", "Nothing was removed");

    public static final Reply UNKNOWN_COMMAND = err("", "No such command");
    public static final Reply BAD_SYNTAX = err("", "The arguments are not what this command takes");
    public static final Reply LINE_TOO_LONG = err("", "That line is too long");
    public static final Reply BUSY = err("SYS/TEMP", "Too many connections, try again later");

    // farewells
    public static final Reply IDLE = err("", "Nothing was said for too long");
    public static final Reply DRAINING = err("SYS/TEMP", "The server is shutting down");
    public static final Reply TOO_MANY = err("", "Too many refused commands");

    /// The line that ends a listing (RFC 1939 §3).
    public static final Sayable END = Line.of(".");

    /// RFC 1939 §5: the form of STAT's answer, and of LIST's for one message, is fixed.
    public static Reply two(long first, long second) {
        return ok(first + " " + second);
    }

    /// RFC 1939 §7: a message-number and its unique-id.
    public static Reply unique(int message, String id) {
        return ok(message + " " + id);
    }

    /// RFC 5034 §4: what the server says in an exchange, in base64.
    public static Sayable challenge(String base64) {
        return Line.of("+ " + base64);
    }

    static Reply ok(String text) {
        return new Reply(true, "", text);
    }

    static Reply err(String code, String text) {
        return new Reply(false, code, text);
    }

    @Override
    public void on(Saying saying) {
        saying.octets(positive ? "+OK" : "-ERR");
        if (!code.isEmpty()) saying.octets(" [").octets(code).octets("]");
        if (!text.isEmpty()) saying.octets(" ").utf8(text);
        saying.crlf();
    }
}
