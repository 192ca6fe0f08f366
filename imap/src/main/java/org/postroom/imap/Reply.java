package org.postroom.imap;

import org.postroom.wire.Sayable;
import org.postroom.wire.Saying;

import java.util.List;
import java.util.Optional;

/// How a command, or the session, is getting on: each named for its meaning. RFC 3501 §9:
/// resp-cond-state, resp-cond-auth, resp-cond-bye.
///
/// @param text for people, in ASCII; it does not begin with `[`, which would be read as a code
///     (TRAPS T24)
public record Reply(Condition condition, Optional<Code> code, String text) {

    public enum Condition {
        OK,
        NO,
        BAD,
        BYE,
        PREAUTH
    }

    public static final Reply DONE = ok("Done");
    public static final Reply BYE = bye("Until next time");
    public static final Reply STILL_HERE = ok("Still here"); // RFC 2177 §3, TRAPS T23

    // RFC 3501 §6.2
    public static final Reply BEGIN_TLS = ok("Begin TLS now");
    public static final Reply TLS_ALREADY = bad("TLS is on already");
    public static final Reply NO_TLS = bad("TLS is not offered here");
    public static final Reply WRONG = // RFC 5530 §3
            no(Code.Word.AUTHENTICATIONFAILED, "Name or password is wrong");
    public static final Reply NOT_IN_CLEAR_TEXT =
            no(
                    Code.Word.PRIVACYREQUIRED,
                    "A password is taken under TLS only: say STARTTLS, or connect to imaps");
    public static final Reply LATER = no(Code.Word.UNAVAILABLE, "Try again later");
    public static final Reply UNKNOWN_MECHANISM = no("This mechanism is not offered");
    public static final Reply CANCELLED = bad("Cancelled"); // RFC 3501 §6.2.2
    public static final Reply BAD_RESPONSE = bad("This answer makes no sense here");

    // RFC 3501 §3
    public static final Reply SIGN_IN_FIRST = bad("Sign in first");
    public static final Reply SIGNED_IN = bad("You are signed in already");
    public static final Reply SELECT_FIRST = bad("Select a mailbox first");

    // RFC 3501 §6.3
    public static final Reply NO_SUCH_MAILBOX = no(Code.Word.NONEXISTENT, "No such mailbox");
    public static final Reply TRY_CREATE = no(Code.Word.TRYCREATE, "No such mailbox");
    public static final Reply MAILBOX_EXISTS =
            no(Code.Word.ALREADYEXISTS, "There is such a mailbox already");
    public static final Reply HAS_CHILDREN =
            no(Code.Word.CANNOT, "Mailboxes lie below it: delete those first");
    public static final Reply INBOX_STAYS = no(Code.Word.CANNOT, "INBOX can't be made or deleted");
    public static final Reply INTO_ITSELF =
            no(Code.Word.CANNOT, "A mailbox can't move below itself");
    public static final Reply BAD_NAME = no(Code.Word.CANNOT, "No mailbox can have this name");
    public static final Reply USE_TAKEN =
            no(Code.Word.USEATTR, "Another mailbox serves this use already"); // RFC 6154 §3
    public static final Reply TOO_MANY_MAILBOXES = no(Code.Word.LIMIT, "Too many mailboxes");
    public static final Reply OVER_QUOTA = no(Code.Word.OVERQUOTA, "That does not fit the quota");
    public static final Reply DISK_FULL = no(Code.Word.UNAVAILABLE, "There is no room now");
    public static final Reply BARE_CR = no("A message has CR only before LF");
    public static final Reply EMPTY_MESSAGE = no("A message can't be empty");

    public static final Reply BAD_USE = // RFC 6154 §3
            no(Code.Word.USEATTR, "No mailbox can be made for this use");
    public static final Reply NO_SUCH_ROOT = no(Code.Word.NONEXISTENT, "No such quota root");
    public static final Reply NOT_YOURS = // RFC 5530 §3
            no(Code.Word.CANNOT, "The administrator sets quotas");
    public static final Reply NO_SUCH_LANGUAGE = no("None of these languages is spoken here");
    public static final Reply UID_REQUIRED =
            new Reply(
                    Condition.BAD,
                    Optional.of(Code.Word.UIDREQUIRED),
                    "Messages have no numbers here, UIDs only");
    public static final Reply COMPRESSED_ALREADY = // RFC 4978 §3
            no(Code.Word.COMPRESSIONACTIVE, "Compression is on already");
    public static final Reply NO_SUCH_COMPRESSION = bad("Only DEFLATE is known");
    public static final Reply CLOSED = // RFC 7162 §3.2.11
            ok(Code.Word.CLOSED, "What was selected is closed");

    // RFC 3501 §6.4
    public static final Reply READ_ONLY_HERE =
            no(Code.Word.CANNOT, "The mailbox was opened for reading only");
    public static final Reply TOO_MANY_KEYWORDS =
            no(Code.Word.LIMIT, "The account has as many keywords as it can have");
    public static final Reply TOO_MANY_COPIES = // RFC 5530 §3
            no(Code.Word.LIMIT, "A message has as many copies as it can have");
    public static final Reply BAD_FLAG = bad("There is no such system flag");
    public static final Reply NO_SUCH_MESSAGE = bad("No message has this number");
    public static final Reply SOME_GONE = // RFC 5530 §3
            no(Code.Word.EXPUNGEISSUED, "Some of these messages are gone");
    public static final Reply UNKNOWN_ENCODING = // RFC 3516 §4.3
            no(Code.Word.UNKNOWN_CTE, "The encoding of this part is not known here");
    public static final Reply BAD_CHARSET =
            no(new Code.BadCharset(List.of("US-ASCII", "UTF-8")), "This charset is not known here");

    // whatever was said
    public static final Reply UNKNOWN_COMMAND = bad("No such command");
    public static final Reply BAD_SYNTAX = bad("The arguments are not what this command takes");
    public static final Reply BAD_TAG = bad("A command begins with a tag");
    public static final Reply TOO_DEEP = bad("These conditions nest too deep");
    public static final Reply TOO_BIG = no(Code.Word.TOOBIG, "That is too big");
    public static final Reply OUR_FAULT = no(Code.Word.SERVERBUG, "Something broke here");

    // farewells
    public static final Reply BUSY = bye(Code.Word.UNAVAILABLE, "Too many connections");
    public static final Reply MAILBOX_GONE = bye("The selected mailbox was deleted");
    public static final Reply ACCOUNT_GONE = bye("The account was removed");
    public static final Reply BROKEN = bye(Code.Word.SERVERBUG, "Something broke here");
    public static final Reply IDLE = bye("Nothing was said for too long");
    public static final Reply DRAINING = bye(Code.Word.UNAVAILABLE, "The server is shutting down");
    public static final Reply TOO_MANY = bye("Too many refused commands");
    public static final Reply TOO_BIG_TO_DRAIN = // RFC 7888 §4
            bye(Code.Word.TOOBIG, "A literal is too big");

    /// What follows it can't be told from a literal announced at its end, so this ends the session.
    public static final Reply LINE_TOO_LONG = bye(Code.Word.TOOBIG, "A line is too long");

    /// RFC 3501 §7.5: it may go on.
    public static final Sayable GO_ON = saying -> saying.octets("+ Go on").crlf();

    /// RFC 2177 §3
    public static final Sayable IDLING = saying -> saying.octets("+ Idling").crlf();

    /// RFC 3501 §6.2.2: what the server says in an exchange, in base64; nothing is a blank.
    public static Sayable challenge(String base64) {
        return saying -> saying.octets("+ ").octets(base64).crlf();
    }

    public static Reply ok(String text) {
        return new Reply(Condition.OK, Optional.empty(), text);
    }

    public static Reply ok(Code code, String text) {
        return new Reply(Condition.OK, Optional.of(code), text);
    }

    public static Reply no(Code code, String text) {
        return new Reply(Condition.NO, Optional.of(code), text);
    }

    public static Reply no(String text) {
        return new Reply(Condition.NO, Optional.empty(), text);
    }

    static Reply bad(String text) {
        return new Reply(Condition.BAD, Optional.empty(), text);
    }

    static Reply bye(String text) {
        return new Reply(Condition.BYE, Optional.empty(), text);
    }

    static Reply bye(Code code, String text) {
        return new Reply(Condition.BYE, Optional.of(code), text);
    }

    public boolean isOk() {
        return condition == Condition.OK || condition == Condition.PREAUTH;
    }

    public boolean isBye() {
        return condition == Condition.BYE;
    }

    /// The same in other words for people.
    public Reply saying(String other) {
        return new Reply(condition, code, other);
    }

    /// RFC 3501 §9: response-tagged = tag SP resp-cond-state CRLF
    public Sayable tagged(String tag) {
        return saying -> print(tag, saying);
    }

    /// RFC 3501 §7.1: told without being asked, or before the tagged one.
    public Sayable untagged() {
        return tagged("*");
    }

    private void print(String tag, Saying saying) {
        saying.octets(tag).octets(" ").octets(condition.name());
        code.ifPresent(known -> {
            saying.octets(" [");
            known.print(new Printer(saying));
            saying.octets("]");
        });
        saying.octets(" ").octets(text).crlf();
    }
}
