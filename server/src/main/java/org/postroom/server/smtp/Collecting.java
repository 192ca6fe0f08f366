package org.postroom.server.smtp;

import org.postroom.queue.Handover;
import org.postroom.queue.Route;
import org.postroom.server.House;
import org.postroom.smtp.Refusal;
import org.postroom.smtp.Reply;
import org.postroom.smtp.SmtpClient;
import org.postroom.store.AccountId;
import org.postroom.store.Addressee;
import org.postroom.store.Refused;
import org.postroom.wire.Departure;
import org.postroom.wire.Limits;
import org.postroom.wire.Wire;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// A server that has no name or no line of its own all day calls, signs in, and takes the letters for
/// its domains by the connection that it has opened: ATRN (RFC 2645), and TURN of old (RFC 821 §3.8).
/// Which domains an account may have the routes of the settings say.
final class Collecting {

    private static final System.Logger LOG = System.getLogger(Collecting.class.getName());

    private final House house;
    private final Wire wire;
    private final Caller caller;

    Collecting(House house, Wire wire, Caller caller) {
        this.house = house;
        this.wire = wire;
        this.caller = caller;
    }

    /// What the peer wants, once it may have it.
    @FunctionalInterface
    interface Demand {
        Handover granted(Collecting collecting) throws Refusal;
    }

    /// RFC 2645 §5.2.1.
    ///
    /// @param domains none for all that the account may have
    Handover atrn(List<String> domains) throws Refusal {
        var own = own();
        var asked = domains.isEmpty() ? own : Set.copyOf(domains);
        if (asked.isEmpty() || !own.containsAll(asked)) throw new Refusal(Reply.NOT_TO_BE_HAD);
        var handover = handover(asked);
        if (!handover.isEmpty()) return handover;
        handover.close();
        throw new Refusal(Reply.NOTHING_WAITS);
    }

    /// RFC 821 §3.8, and TRAPS T19: both know each other, the caller us by our certificate, we the
    /// caller by its password.
    Handover turn() throws Refusal {
        if (!wire.isSecured() || !caller.isSignedIn()) throw new Refusal(Reply.NOT_SURE_OF_YOU);
        var own = own();
        if (own.isEmpty()) throw new Refusal(Reply.NOT_SURE_OF_YOU);
        return handover(own);
    }

    private Set<String> own() throws Refusal {
        if (caller.who().isEmpty()) throw new Refusal(Reply.SIGN_IN_FIRST);
        var account = caller.who().get().account();
        return house.settings().get().routes().stream()
                .filter(route -> isCollector(route, account))
                .map(route -> route.domain().toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    private boolean isCollector(Route route, AccountId account) {
        try {
            if (route.collector().isEmpty()) return false;
            var collector = Addressee.of(route.collector().get());
            return house.store().directory().find(collector).filter(account::equals).isPresent();
        } catch (Refused noAddress) {
            return false;
        }
    }

    private Handover handover(Set<String> domains) throws Refusal {
        return house.queue()
                .handover(domains)
                .orElseThrow(() -> new Refusal(Reply.CALLED_FOR_ALREADY));
    }

    /// The peer greets. Whatever goes wrong now, it is no server's place to say so.
    void hand(Handover handover, String host) {
        wire.limits(Limits.CLIENT);
        try {
            var client = new SmtpClient(wire);
            client.hello(host);
            handover.over(client, caller.name());
            client.quit();
        } catch (Departure | Refusal broken) {
            LOG.log(System.Logger.Level.INFO, "{0}: {1}", caller.name(), broken.getMessage());
        }
    }
}
