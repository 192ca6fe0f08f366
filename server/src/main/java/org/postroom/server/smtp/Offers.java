package org.postroom.server.smtp;

import org.postroom.sasl.Mechanism;
import org.postroom.server.Door;
import org.postroom.smtp.Extension;
import org.postroom.smtp.Extensions;
import org.postroom.smtp.MailParameters.Hold;
import org.postroom.smtp.Refusal;
import org.postroom.smtp.Reply;
import org.postroom.smtp.Verb;
import org.postroom.wire.Wire;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/// What this server can do for who is calling, as EHLO announces it: nothing that does not work here
/// and now, and nothing works that is not announced.
final class Offers {

    private static final Duration LONGEST_HOLD = Duration.ofDays(30);

    private final Service service;
    private final Wire wire;
    private final Door door;
    private final BooleanSupplier turns;

    /// @param turns whether the administrator lets others change places with us
    Offers(Service service, Wire wire, Door door, BooleanSupplier turns) {
        this.service = service;
        this.wire = wire;
        this.door = door;
        this.turns = turns;
    }

    /// @param mostOctets the largest letter that is taken; 0 for no bound
    Extensions to(boolean signedIn, long mostOctets) {
        var offers = new EnumMap<Extension, String>(Extension.class);
        for (var extension : Extension.values())
            if (has(extension, signedIn)) offers.put(extension, words(extension, mostOctets));
        return new Extensions(offers);
    }

    private boolean has(Extension extension, boolean signedIn) {
        return switch (extension) {
            case PIPELINING, ENHANCED_STATUS_CODES, HELP -> true;
            case SIZE, EIGHT_BIT_MIME, CHUNKING, BINARY_MIME, SMTPUTF8, LIMITS -> takesLetters();
            case DSN, DELIVERBY, MT_PRIORITY -> takesLetters();
            case FUTURE_RELEASE -> service == Service.SUBMISSION; // RFC 4865 §4
            case STARTTLS -> !wire.isSecured();
            case REQUIRETLS -> wire.isSecured() && takesLetters(); // RFC 8689 §2
            case AUTH -> service.knowsAccounts() && !signedIn && !mechanisms().isEmpty();
            case VRFY, EXPN -> signedIn && takesLetters(); // RFC 5321 §3.5.2
            case ETRN -> service.offers(Verb.ETRN);
            case ATRN -> service.offers(Verb.ATRN);
            case TURN ->
                    turns.getAsBoolean()
                            && signedIn
                            && wire.isSecured()
                            && service.offers(Verb.TURN);
        };
    }

    private boolean takesLetters() {
        return service.offers(Verb.MAIL);
    }

    private String words(Extension extension, long mostOctets) {
        return switch (extension) {
            case SIZE -> Long.toString(mostOctets);
            case AUTH -> mechanisms();
            case LIMITS -> "RCPTMAX=" + Transaction.MOST_RECIPIENTS; // RFC 9422 §4
            case FUTURE_RELEASE -> {
                var last = Instant.now().plus(LONGEST_HOLD).truncatedTo(ChronoUnit.SECONDS);
                yield LONGEST_HOLD.toSeconds() + " " + last;
            }
            default -> "";
        };
    }

    private String mechanisms() {
        var names = door.mechanisms().stream();
        return names.map((Mechanism mechanism) -> mechanism.saslName)
                .collect(Collectors.joining(" "));
    }

    /// A client that only said HELO may use what EHLO would have told it.
    ///
    /// @param needs what the parameters of a command belong to
    /// @throws Refusal 555, when something of it is not offered (RFC 5321 §4.1.1.11)
    void demand(Set<Extension> needs, boolean signedIn) throws Refusal {
        for (var extension : needs)
            if (!has(extension, signedIn)) throw new Refusal(Reply.UNKNOWN_PARAMETER);
    }

    /// @throws Refusal 501, when it is to be kept longer than was announced (RFC 4865 §5)
    static void demandShort(Hold hold) throws Refusal {
        var now = Instant.now();
        var end =
                switch (hold) {
                    case Hold.For(long seconds) -> now.plusSeconds(seconds);
                    case Hold.Until(var when) -> when;
                };
        if (end.isAfter(now.plus(LONGEST_HOLD).plusSeconds(60)))
            throw new Refusal(Reply.HELD_TOO_LONG);
    }
}
