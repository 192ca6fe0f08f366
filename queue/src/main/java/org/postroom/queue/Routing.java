package org.postroom.queue;

import org.postroom.names.Answer.Failed;
import org.postroom.names.Answer.Found;
import org.postroom.names.Answer.NoData;
import org.postroom.names.Answer.NoName;
import org.postroom.names.Exchanger;
import org.postroom.names.Exchangers;
import org.postroom.names.Exchangers.Known;
import org.postroom.names.Exchangers.None;
import org.postroom.names.Exchangers.Unknown;
import org.postroom.names.Literal;
import org.postroom.names.Resolver;
import org.postroom.smtp.Refusal;
import org.postroom.smtp.Reply;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/// Finds the next hop of a domain: where a route of the settings leads, else where the domain's MX
/// records lead (RFC 5321 §5.1).
final class Routing {

    private static final int SMTP = 25; // RFC 5321 §4.5.4.2

    private final Resolver resolver;
    private final Supplier<QueueSettings> settings;
    private final Set<InetAddress> interfaces;

    /// @param interfaces this machine's addresses
    Routing(Resolver resolver, Supplier<QueueSettings> settings, Set<InetAddress> interfaces) {
        this.resolver = resolver;
        this.settings = settings;
        this.interfaces = interfaces;
    }

    /// What a domain's letters wait together with: those for all domains that one smarthost takes.
    String destination(String domain) {
        return settings.get()
                .route(domain)
                .flatMap(route -> route.host().map(host -> host + ":" + route.port().orElse(SMTP)))
                .orElse(domain);
    }

    /// Whether letters for a domain go nowhere of themselves: its own server calls for them.
    boolean waits(String domain) {
        return settings.get().route(domain).filter(Route::waits).isPresent();
    }

    /// The hop that a route names, whatever the name service says.
    ///
    /// @throws Refusal its host has no address
    NextHop to(Route route) throws Refusal {
        return hop(exchanger(route.host().orElse(route.domain())), Optional.of(route));
    }

    /// @throws Refusal there is none, or it can't be known now
    NextHop to(String domain) throws Refusal {
        return to(domain, resolver::exchangers);
    }

    /// The same for a letter that goes under TLS only, and to the right host (RFC 8689 §4.2.1): one
    /// that a route names, or MX records that DNSSEC vouches for.
    NextHop assured(String domain) throws Refusal {
        return to(domain, resolver::signedExchangers).assure();
    }

    private NextHop to(String domain, Function<String, Exchangers> lookup) throws Refusal {
        var now = settings.get();
        var route = now.route(domain);
        int port = route.flatMap(Route::port).orElse(SMTP);
        var host = route.flatMap(Route::host);
        var exchangers = host.isPresent() ? exchanger(host.get()) : lookup.apply(domain);
        if (exchangers instanceof Known known)
            exchangers = known.before(exchanger -> isOurs(now, exchanger, port, route.isPresent()));
        return hop(exchangers, route);
    }

    private static NextHop hop(Exchangers exchangers, Optional<Route> route) throws Refusal {
        return switch (exchangers) {
            case Known(var inOrder) ->
                    new NextHop(
                            inOrder,
                            route.flatMap(Route::port).orElse(SMTP),
                            route.map(Route::tls).orElse(Route.Security.OPPORTUNISTIC),
                            route.flatMap(Route::credentials),
                            false);
            case None(var reason) ->
                    throw new Refusal(
                            switch (reason) {
                                case NO_DOMAIN, NO_ADDRESS -> Reply.NO_SUCH_DOMAIN;
                                case NULL_MX -> Reply.NO_MAIL;
                                case OURSELVES -> Reply.LEADS_BACK;
                                case UNSIGNED -> Reply.NOBODY_VOUCHES;
                            });
            case Unknown(_) -> throw new Refusal(Reply.NO_DIRECTIONS);
        };
    }

    private Exchangers exchanger(String host) {
        var literal = Literal.address(Literal.is(host) ? host : "[" + host + "]");
        if (literal.isPresent())
            return new Known(List.of(new Exchanger(host, 0, List.of(literal.get()))));
        return switch (resolver.addresses(host)) {
            case Found(var addresses) -> new Known(List.of(new Exchanger(host, 0, addresses)));
            case NoData(), NoName() -> new None(Exchangers.Reason.NO_ADDRESS);
            case Failed(var why) -> new Unknown(why);
        };
    }

    /// RFC 5321 §5.1, TRAPS T13: a letter that would come back here is not sent. A loopback address
    /// that the name service gives, and no route, is this machine's, too; 0.0.0.0 and :: lead
    /// here.
    private boolean isOurs(QueueSettings now, Exchanger exchanger, int port, boolean routed) {
        if (exchanger.host().equalsIgnoreCase(now.name())) return true;
        return exchanger.addresses().stream()
                .anyMatch(address ->
                        (!routed && isNobodyElse(address))
                                || (port == now.port() && isListenedAt(now.listen(), address)));
    }

    private boolean isListenedAt(String listen, InetAddress address) {
        var at = InetAddress.ofLiteral(listen);
        return at.isAnyLocalAddress() ? interfaces.contains(address) : at.equals(address);
    }

    private static boolean isNobodyElse(InetAddress address) {
        return address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isMulticastAddress();
    }
}
