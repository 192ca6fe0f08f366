package org.postroom.server.smtp;

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
import org.postroom.server.House;
import org.postroom.server.Port;
import org.postroom.server.Settings.Route;
import org.postroom.smtp.Refusal;
import org.postroom.smtp.Reply;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;

/// Finds the next hop of a domain: where a route of the settings leads, else where the domain's MX
/// records lead (RFC 5321 §5.1).
final class Routing {

    private final House house;
    private final Optional<InetAddress> ourselves;

    /// @param local where the caller reached us: one of our addresses
    Routing(House house, SocketAddress local) {
        this.house = house;
        this.ourselves =
                local instanceof InetSocketAddress inet
                        ? Optional.of(inet.getAddress())
                        : Optional.empty();
    }

    /// @throws Refusal there is none, or it can't be known now
    NextHop to(String domain) throws Refusal {
        var route = route(domain);
        int port = route.flatMap(Route::port).orElse(Port.SMTP.number);
        var host = route.flatMap(Route::host);
        var exchangers =
                host.isPresent() ? exchanger(host.get()) : house.resolver().exchangers(domain);
        if (exchangers instanceof Known known)
            exchangers = known.before(exchanger -> isOurs(exchanger, port, route.isPresent()));
        return switch (exchangers) {
            case Known(var inOrder) -> new NextHop(inOrder, port);
            case None(var reason) ->
                    throw new Refusal(
                            switch (reason) {
                                case NO_DOMAIN, NO_ADDRESS -> Reply.NO_SUCH_DOMAIN;
                                case NULL_MX -> Reply.NO_MAIL;
                                case OURSELVES -> Reply.LEADS_BACK;
                            });
            case Unknown(_) -> throw new Refusal(Reply.NO_DIRECTIONS);
        };
    }

    /// Whether a domain is the address, in figures, by which the caller reached us.
    boolean isOurs(String domain) {
        return Literal.is(domain) && Literal.address(domain).equals(ourselves);
    }

    private Optional<Route> route(String domain) {
        var routes = house.settings().get().routes();
        var exact = routes.stream().filter(route -> route.domain().equalsIgnoreCase(domain));
        var any = routes.stream().filter(route -> route.domain().equals("*"));
        return exact.findFirst().or(any::findFirst);
    }

    private Exchangers exchanger(String host) {
        var literal = Literal.address(Literal.is(host) ? host : "[" + host + "]");
        if (literal.isPresent())
            return new Known(List.of(new Exchanger(host, 0, List.of(literal.get()))));
        return switch (house.resolver().addresses(host)) {
            case Found(var addresses) -> new Known(List.of(new Exchanger(host, 0, addresses)));
            case NoData(), NoName() -> new None(Exchangers.Reason.NO_ADDRESS);
            case Failed(var why) -> new Unknown(why);
        };
    }

    /// RFC 5321 §5.1, TRAPS T13: a letter that would come back here is not sent. A loopback address
    /// that the name service gives, and no route, is this machine's, too; 0.0.0.0 and :: lead
    /// here.
    private boolean isOurs(Exchanger exchanger, int port, boolean routed) {
        var server = house.settings().get().server();
        if (exchanger.host().equalsIgnoreCase(server.name())) return true;
        boolean ourPort = port == Port.SMTP.number + server.portOffset();
        return exchanger.addresses().stream()
                .anyMatch(address ->
                        (!routed && isNobodyElse(address))
                                || (ourPort && ourselves.filter(address::equals).isPresent()));
    }

    private static boolean isNobodyElse(InetAddress address) {
        return address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isMulticastAddress();
    }
}
