package org.postroom.smtp;

import org.postroom.wire.Line;
import org.postroom.wire.Sayable;
import org.postroom.wire.Saying;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/// What a server can answer, each named for its meaning.
///
/// @param code RFC 5321 §4.2
/// @param enhanced RFC 3463's code for the same, such as `5.1.1`, or empty: RFC 2034 §4 has none in
///     the greeting, in answers to HELO and EHLO, and in 3yz
/// @param lines of text, at least one
public record Reply(int code, String enhanced, List<String> lines) implements Sayable {

    // connection and session
    public static final Reply BEGIN_TLS = of(220, "2.0.0", "Begin TLS now"); // RFC 3207 §4
    public static final Reply NOTHING_DONE = of(250, "2.0.0", "Nothing was done");
    public static final Reply RESET = of(250, "2.0.0", "Nothing is open");
    public static final Reply TLS_ALREADY = of(503, "5.5.1", "TLS is on already");

    // signing in, RFC 4954 §6
    public static final Reply SIGNED_IN = of(235, "2.7.0", "You are signed in");
    public static final Reply LATER = of(454, "4.7.0", "Try to sign in again later");
    public static final Reply MALFORMED = of(501, "5.5.2", "This answer makes no sense here");
    public static final Reply CANCELLED = of(501, "5.7.0", "Cancelled");
    public static final Reply SIGNED_IN_ALREADY = of(503, "5.5.1", "You are signed in already");
    public static final Reply UNKNOWN_MECHANISM = of(504, "5.5.4", "This mechanism is not offered");
    public static final Reply SIGN_IN_FIRST = of(530, "5.7.0", "Sign in first");
    public static final Reply WRONG = of(535, "5.7.8", "Name or password is wrong");
    public static final Reply NOT_IN_CLEAR_TEXT =
            of(538, "5.7.11", "A password is taken under TLS only: say STARTTLS first");

    // the envelope
    public static final Reply SENDER_OK = of(250, "2.1.0", "Sender noted");
    public static final Reply RECIPIENT_OK = of(250, "2.1.5", "Recipient noted");
    public static final Reply GO_ON = of(354, "", "Go on, and end with a dot on a line of its own");
    public static final Reply MAILBOX_FULL = of(452, "4.2.2", "The mailbox is full");
    public static final Reply TOO_MANY_RECIPIENTS =
            of(452, "4.5.3", "Too many recipients, send the rest in another transaction");
    public static final Reply ONE_HOP_AT_A_TIME =
            of(452, "4.5.3", "This recipient is for another server, send again to it alone");
    public static final Reply NO_SUCH_USER = of(550, "5.1.1", "Nobody here has that name");
    public static final Reply NO_RELAY =
            of(550, "5.7.1", "That is for elsewhere: only who has signed in may send there");
    public static final Reply MEMBERS_ONLY = // RFC 3463 §3.8
            of(550, "5.7.2", "Only members may write to this list");
    public static final Reply NOT_YOURS =
            of(550, "5.7.1", "That is not an address of the account that signed in");
    public static final Reply TOO_BIG = of(552, "5.3.4", "The letter is too big"); // RFC 1870 §6.2
    public static final Reply BAD_SENDER = of(553, "5.1.7", "The sender's address is malformed");
    public static final Reply BAD_RECIPIENT =
            of(553, "5.1.3", "The recipient's address is malformed");
    public static final Reply NOT_ASCII = // RFC 6531 §3.5
            of(553, "5.6.7", "An address beyond ASCII comes with MAIL's parameter SMTPUTF8");
    public static final Reply HELD_TOO_LONG = // RFC 4865 §5
            of(501, "5.5.4", "A letter is not held for so long");
    public static final Reply NOBODY_THERE = // RFC 821 §3.4
            of(450, "4.2.0", "Nobody is there to be told now");
    public static final Reply ONE_AT_A_TIME =
            of(452, "4.5.3", "SEND is for one recipient, send again to the others");
    public static final Reply NOT_FROM_AFAR =
            of(550, "5.7.1", "Only who has signed in may speak to those who are there");

    // the letter
    public static final Reply NO_ROOM = of(452, "4.3.1", "There is no room left, try again later");
    public static final Reply BARE_CR = of(550, "5.6.0", "A line of the letter ends in CR alone");
    public static final Reply HEADER_TOO_BIG = of(552, "5.3.4", "The letter's header is too big");
    public static final Reply LOOP =
            of(554, "5.4.6", "The letter goes round in circles"); // RFC 5321 §6.3
    public static final Reply NOT_BY_DATA =
            of(503, "5.5.1", "A binary letter comes by BDAT"); // RFC 3030 §3
    public static final Reply BDAT_BEGAN =
            of(503, "5.5.1", "The letter began by BDAT: go on, or say RSET"); // RFC 3030 §2
    public static final Reply CHUNK_LOST =
            of(503, "5.5.1", "A chunk before this one was refused: say RSET"); // RFC 3030 §2
    public static final Reply NO_RECIPIENTS = of(554, "5.5.1", "No recipient was accepted");

    // what waits here, RFC 1985 §5.1
    public static final Reply NODE_NOT_ALLOWED =
            of(459, "4.7.1", "Letters for that domain are not yours to ask for");
    public static final Reply NODE_ASKED_LATELY =
            of(458, "4.7.0", "That domain was asked for a moment ago");

    // letters that are called for, RFC 2645 §7
    public static final Reply NOT_TO_BE_HAD =
            of(450, "4.7.1", "Letters for these domains are not yours to call for");
    public static final Reply CALLED_FOR_ALREADY =
            of(451, "4.3.0", "Another session is being given letters for these domains");
    public static final Reply NOTHING_WAITS = of(453, "4.3.0", "You have no mail");
    public static final Reply TURNING = of(250, "2.0.0", "Now it is your turn: greet me");
    public static final Reply NOT_SURE_OF_YOU = // RFC 5321 §F.1
            of(502, "5.5.1", "Places are changed with who has signed in under TLS");
    public static final Reply TO_BE_CALLED_FOR =
            of(450, "4.4.0", "It waits until the domain's own server calls for it");

    // the way onwards
    public static final Reply NO_ANSWER = of(451, "4.4.1", "The next server does not answer");
    public static final Reply NO_DIRECTIONS =
            of(451, "4.4.3", "The way to that domain can't be looked up now");
    public static final Reply NO_SUCH_DOMAIN = of(550, "5.1.2", "There is no such domain");
    public static final Reply LEADS_BACK =
            of(554, "5.4.6", "The way to that domain leads back here");
    public static final Reply NO_EIGHT_BIT =
            of(554, "5.6.3", "The next server does not take eight bits");
    public static final Reply NO_UTF8 = // RFC 6531 §3.5
            of(553, "5.6.7", "The next server takes no addresses beyond ASCII");
    public static final Reply NO_REQUIRETLS = // RFC 8689 §4.2.1
            of(550, "5.7.30", "The next server does not promise to keep the letter under TLS");
    public static final Reply NOBODY_VOUCHES = // RFC 8689 §4.2.1
            of(550, "5.7.30", "Nobody vouches for which server has that domain's mail");
    public static final Reply NO_TLS = // RFC 8689 §4.2.1
            of(550, "5.7.10", "The next server can't be talked with under TLS, or is another");
    public static final Reply TOO_LATE = // RFC 2852 §2, RFC 3463 §3.5
            of(554, "5.4.7", "It would be there later than its sender wants");
    public static final Reply NO_MAIL = // RFC 7505 §4.1
            of(556, "5.1.10", "That domain takes no mail");

    // asking
    public static final Reply WILL_TRY =
            of(252, "2.0.0", "Not told here, but letters are accepted"); // RFC 5321 §3.5.3
    public static final Reply NO_MEMBERS = of(250, "2.1.5", "Nobody is on that list");
    public static final Reply NEEDS_UTF8 = // RFC 6531 §3.7.4.2
            of(252, "2.6.8", "The answer is beyond ASCII: ask with SMTPUTF8");
    public static final Reply NO_SUCH_LIST = of(550, "5.1.1", "No list has that name");
    public static final Reply NO_SUCH_TOPIC = of(504, "5.5.4", "There is no help about that");

    // whatever was said
    public static final Reply LOCAL_ERROR =
            of(451, "4.3.0", "Something here went wrong, try again later");
    public static final Reply UNKNOWN_COMMAND = of(500, "5.5.1", "No such command");
    public static final Reply LINE_TOO_LONG = of(500, "5.5.2", "That line is too long");
    public static final Reply BAD_SYNTAX =
            of(501, "5.5.4", "The arguments are not what this command takes");
    public static final Reply CHUNK_OF_UNKNOWN_LENGTH = // what follows can't be told from commands
            of(501, "5.5.4", "How many octets follow can't be told, good-bye");
    public static final Reply PATH_TOO_LONG = of(501, "5.1.3", "That path is too long");
    public static final Reply NOT_OFFERED = of(502, "5.5.1", "This command is not offered here");
    public static final Reply HELLO_FIRST = of(503, "5.5.1", "Say hello first");
    public static final Reply MAIL_FIRST = of(503, "5.5.1", "Say MAIL first");
    public static final Reply RCPT_FIRST = of(503, "5.5.1", "Say RCPT first");
    public static final Reply TRANSACTION_OPEN =
            of(503, "5.5.1", "A transaction is open: end it, or say RSET");
    public static final Reply TOO_EARLY =
            of(503, "5.5.1", "You spoke before your turn"); // RFC 2920 §3.1
    public static final Reply UNKNOWN_BODY =
            of(504, "5.5.4", "BODY is 7BIT, 8BITMIME or BINARYMIME here");
    public static final Reply UNKNOWN_PARAMETER = of(555, "5.5.4", "A parameter is not known here");

    public Reply {
        lines = List.copyOf(lines);
        if (lines.isEmpty()) throw new IllegalArgumentException("a reply has a line");
    }

    /// The greeting (RFC 5321 §3.1).
    public static Reply ready(String host, String protocol) {
        return of(220, "", host + " " + protocol + " Postroom is ready");
    }

    /// The answer to HELO; EHLO's is [Extensions#reply].
    public static Reply hello(String host) {
        return of(250, "", host);
    }

    public static Reply bye(String host) {
        return of(221, "2.0.0", host + " Bye");
    }

    // farewells that nobody asked for, RFC 5321 §3.8
    public static Reply idle(String host) {
        return of(421, "4.4.2", host + " Nothing was said for too long");
    }

    public static Reply draining(String host) {
        return of(421, "4.3.2", host + " The server is shutting down");
    }

    public static Reply tooMany(String host) {
        return of(421, "4.7.0", host + " Too many refused commands");
    }

    public static Reply broken(String host) {
        return of(421, "4.3.0", host + " Something here went wrong, try again later");
    }

    /// Instead of a greeting.
    public static Reply busy(String host) {
        return of(421, "", host + " Too many connections, try again later");
    }

    /// The letter is on disk here.
    public static Reply accepted(String id) {
        return of(250, "2.0.0", "Accepted as " + id);
    }

    /// What waits for a domain is tried now (RFC 1985 §5.1).
    public static Reply hurried(String node) {
        return of(250, "2.0.0", "What waits for " + node + " is on its way");
    }

    /// A chunk that is not the last (RFC 3030 §2).
    public static Reply chunk(long octets) {
        return of(250, "2.0.0", octets + " octets are here");
    }

    /// VRFY and EXPN, truthfully: an address a line (RFC 5321 §3.5.2).
    public static Reply addresses(Collection<String> addresses) {
        return new Reply(
                250, "2.1.5", addresses.stream().map(address -> "<" + address + ">").toList());
    }

    /// VRFY of a name that several have (RFC 5321 §3.5.1).
    public static Reply ambiguous(Collection<String> addresses) {
        var lines = new ArrayList<String>();
        lines.add("Several have that name:");
        for (var address : addresses) lines.add("<" + address + ">");
        return new Reply(553, "5.1.4", lines);
    }

    /// A recipient who has another address now, where letters follow (RFC 5321 §3.4).
    public static Reply forwarding(String to) {
        return of(251, "2.1.5", "Not here any more, will forward to <" + to + ">");
    }

    /// The same, where they do not.
    public static Reply moved(String to) {
        return of(551, "5.1.6", "Not here any more, please try <" + to + ">");
    }

    /// HELP without a topic: the verbs that this port takes.
    public static Reply help(Collection<Verb> verbs) {
        var lines = new ArrayList<String>();
        lines.add("These are understood:");
        for (var verb : verbs) lines.add(verb.syntax());
        return new Reply(211, "2.0.0", lines);
    }

    /// HELP about a verb.
    public static Reply help(Verb verb) {
        return of(
                214,
                "2.0.0",
                verb.syntax(),
                "To be said " + verb.when.words,
                "See " + verb.section.replace("§", "section "));
    }

    /// RFC 4954 §4: what the server says in an exchange, in base64.
    public static Sayable challenge(String base64) {
        return Line.of("334 " + base64);
    }

    public static Reply of(int code, String enhanced, String... lines) {
        return new Reply(code, enhanced, Arrays.asList(lines));
    }

    /// 2yz.
    public boolean isPositive() {
        return code / 100 == 2;
    }

    /// 3yz: go on.
    public boolean isIntermediate() {
        return code / 100 == 3;
    }

    /// 4yz: the same may be taken later.
    public boolean isTransient() {
        return code / 100 == 4;
    }

    /// 5yz: the same will never be taken.
    public boolean isPermanent() {
        return code / 100 == 5;
    }

    public String text() {
        return String.join(" ", lines);
    }

    // RFC 5321 §4.2: Reply-line = *( Reply-code "-" [ textstring ] CRLF ) Reply-code [ SP
    // textstring ]
    // CRLF; RFC 2034 §4: the enhanced code stands in each line
    @Override
    public void on(Saying saying) {
        for (int i = 0; i < lines.size(); i++) start(i, saying).octets(ascii(lines.get(i))).crlf();
    }

    // RFC 6531 §3.7.4.2
    /// The same in UTF-8, for who has said that this will be understood.
    public Sayable inUtf8() {
        return saying -> {
            for (int i = 0; i < lines.size(); i++) start(i, saying).utf8(lines.get(i)).crlf();
        };
    }

    private Saying start(int line, Saying saying) {
        saying.number(code).octet(line < lines.size() - 1 ? '-' : ' ');
        if (!enhanced.isEmpty()) saying.octets(enhanced).octet(' ');
        return saying;
    }

    public boolean isAscii() {
        return lines.stream().allMatch(Grammar::isAscii);
    }

    // RFC 5321 §4.2: textstring = 1*(%d09 / %d32-126)
    private static String ascii(String text) {
        var octets = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            octets.append(c == '\t' || (c >= ' ' && c < 0x7f) ? c : '?');
        }
        return octets.toString();
    }

    @Override
    public String toString() {
        return code + (enhanced.isEmpty() ? " " : " " + enhanced + " ") + text();
    }
}
