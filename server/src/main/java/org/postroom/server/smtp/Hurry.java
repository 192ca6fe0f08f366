package org.postroom.server.smtp;

import org.postroom.server.House;
import org.postroom.smtp.Command.Etrn;
import org.postroom.smtp.Refusal;
import org.postroom.smtp.Reply;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;

/// ETRN (RFC 1985): a host that is back asks for what waits for it here. It comes by a connection of
/// ours, so who asks learns nothing and gets nothing; all the same, who is not of this machine may ask
/// for domains that a route of the settings names, and for each once a minute (TRAPS T19).
final class Hurry {

    private static final long PAUSE = Duration.ofMinutes(1).toNanos();

    /// When strangers were last heard, of all sessions: no more domains than the settings name.
    private static final ConcurrentHashMap<String, Long> ASKED = new ConcurrentHashMap<>();

    private final House house;

    Hurry(House house) {
        this.house = house;
    }

    Reply etrn(Etrn etrn, boolean trusted) throws Refusal {
        var nodes =
                switch (etrn.scope()) {
                    case NODE -> node(etrn.node(), trusted);
                    case SUBDOMAINS -> below(etrn.node());
                    case QUEUE -> List.<String>of(); // there are none that have a name
                };
        if (nodes.isEmpty()) throw new Refusal(Reply.NODE_NOT_ALLOWED);
        var due = nodes.stream().filter(node -> trusted || isDue(node)).toList();
        if (due.isEmpty()) throw new Refusal(Reply.NODE_ASKED_LATELY);
        due.forEach(house.queue()::hurry);
        return Reply.hurried(etrn.node());
    }

    private List<String> node(String domain, boolean trusted) {
        return trusted || routes().contains(domain) ? List.of(domain) : List.of();
    }

    /// RFC 1985 §5.3
    private List<String> below(String domain) {
        return routes().stream()
                .filter(it -> it.equals(domain) || it.endsWith("." + domain))
                .toList();
    }

    private List<String> routes() {
        return house.settings().get().routes().stream()
                .filter(route -> !route.waits()) // that is ATRN's
                .map(route -> route.domain().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static boolean isDue(String domain) {
        long now = System.nanoTime();
        // one that was refused does not count, or who asks often would never be heard
        return ASKED.merge(domain, now, (before, _) -> now - before > PAUSE ? now : before) == now;
    }
}
