package org.postroom.smtp;

import org.postroom.wire.Secret;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Makes commands, and lines that are none, from a seed.
final class Sayings {

    private static final String ATEXT = "abcXYZ019!#$%&'*+-/=?^_`{|}~";
    private static final String[] DOMAINS = {
        "example.test",
        "a",
        "3com.example",
        "x-y.example.test",
        "xn--bcher-kva.example",
        "b\u00fccher.example",
        "[192.0.2.1]",
        "[ipv6:2001:db8::1]",
        "[ipv6:::ffff:192.0.2.1]"
    };

    private final RandomGenerator random;

    Sayings(long seed) {
        this.random = new Random(seed);
    }

    Command command() {
        return switch (pick(List.of(Verb.values()))) {
            case EHLO -> new Command.Ehlo(name());
            case HELO -> new Command.Helo(name());
            case MAIL -> new Command.Mail(reversePath(), parameters());
            case RCPT -> new Command.Rcpt(flip() ? address() : new Postmaster(), rcptParameters());
            case DATA -> new Command.Data();
            case RSET -> new Command.Rset();
            case VRFY -> new Command.Vrfy(flip() ? address().toString() : "Ann Example", flip());
            case EXPN -> new Command.Expn(flip() ? address().toString() : "all-of-us", flip());
            case HELP -> new Command.Help(flip() ? Optional.of("MAIL") : Optional.empty());
            case NOOP -> new Command.Noop();
            case QUIT -> new Command.Quit();
            case SEND -> new Command.Send(reversePath());
            case SOML -> new Command.Soml(reversePath());
            case SAML -> new Command.Saml(reversePath());
            case TURN -> new Command.Turn();
            case ETRN -> etrn();
            case ATRN -> new Command.Atrn(flip() ? List.of() : List.of("a.test", "b.test"));
            case BDAT -> new Command.Bdat(random.nextLong(1L << 50), flip());
            case LHLO -> new Command.Lhlo(name());
            case STARTTLS -> new Command.Starttls();
            case AUTH ->
                    new Command.Auth(
                            "PLAIN",
                            flip() ? Optional.of(new Secret("AGEAYg==")) : Optional.empty());
        };
    }

    /// Pieces of commands in any order, and octets that belong in none.
    String rubbish() {
        var pieces =
                new String[] {
                    "MAIL",
                    "RCPT",
                    " ",
                    "FROM:",
                    "TO:",
                    "<",
                    ">",
                    "@",
                    "a",
                    ".",
                    "\"",
                    "\\",
                    "[",
                    "]",
                    "SIZE=",
                    "AUTH=",
                    "+3",
                    "BODY=",
                    "HELO",
                    "AUTH ",
                    ":",
                    ",",
                    "\0",
                    "\r",
                    "\u00ff",
                    "\u00c3\u00bc",
                    "IPv6:",
                    "::",
                    "9",
                    "\t",
                    "<>",
                    "=",
                    "postmaster"
                };
        var line = new StringBuilder();
        for (int i = random.nextInt(20); i >= 0; i--)
            line.append(pieces[random.nextInt(pieces.length)]);
        return line.toString();
    }

    private ReversePath reversePath() {
        return random.nextInt(5) == 0 ? new NullPath() : address();
    }

    Address address() {
        return new Address(localPart(), pick(List.of(DOMAINS)));
    }

    private String localPart() {
        String characters = flip() ? ATEXT : ATEXT + " .\"\\<>@,;:[]()\u00e4\u4e2d";
        var text = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--)
            text.append(characters.charAt(random.nextInt(characters.length())));
        return text.toString();
    }

    private String name() {
        var domain = pick(List.of(DOMAINS));
        return Grammar.isAscii(domain) ? domain : "under_score";
    }

    private MailParameters parameters() {
        return new MailParameters(
                flip() ? OptionalLong.of(random.nextInt(1 << 30)) : OptionalLong.empty(),
                maybe(() -> pick(List.of(MailParameters.Body.values()))),
                maybe(this::reversePath),
                maybe(() -> pick(List.of(MailParameters.Ret.values()))),
                maybe(() -> printable(20)),
                flip(),
                flip(),
                maybe(this::by),
                maybe(this::hold),
                flip() ? OptionalInt.of(random.nextInt(19) - 9) : OptionalInt.empty());
    }

    private Command.Etrn etrn() {
        var scope = pick(List.of(Command.Etrn.Scope.values()));
        boolean queue = scope == Command.Etrn.Scope.QUEUE;
        return new Command.Etrn(scope, queue ? "uucp" : "x-y.example.test");
    }

    private MailParameters.DeliverBy by() {
        var mode = pick(List.of(MailParameters.DeliverBy.Mode.values()));
        int least = mode == MailParameters.DeliverBy.Mode.RETURN ? 1 : -999_999_999;
        return new MailParameters.DeliverBy(random.nextInt(least, 1_000_000_000), mode, flip());
    }

    private MailParameters.Hold hold() {
        return flip()
                ? new MailParameters.Hold.For(random.nextInt(1_000_000_000))
                : new MailParameters.Hold.Until(Instant.ofEpochSecond(random.nextLong(1L << 36)));
    }

    private RcptParameters rcptParameters() {
        var events = new ArrayList<RcptParameters.Notify>();
        for (var event : RcptParameters.Notify.values())
            if (event != RcptParameters.Notify.NEVER && flip()) events.add(event);
        return new RcptParameters(
                random.nextInt(5) == 0 ? Set.of(RcptParameters.Notify.NEVER) : Set.copyOf(events),
                maybe(this::orcpt));
    }

    private RcptParameters.OriginalRecipient orcpt() {
        return flip()
                ? RcptParameters.OriginalRecipient.of(address())
                : new RcptParameters.OriginalRecipient("x-odd", printable(30));
    }

    private String printable(int most) {
        var text = new StringBuilder("=");
        for (int i = random.nextInt(most); i > 0; i--)
            text.append((char) random.nextInt(' ', 0x7f));
        return text.toString();
    }

    private <T> Optional<T> maybe(Supplier<? extends T> some) {
        return flip() ? Optional.of(some.get()) : Optional.empty();
    }

    private <T> T pick(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    private boolean flip() {
        return random.nextBoolean();
    }
}
