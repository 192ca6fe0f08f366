package org.postroom.wire;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/// Counts the connections of a server, over all its listeners, and holds them to their caps.
public final class Gate {

    /// Why a caller is not let in.
    public enum Answer {
        COME_IN,
        TOO_MANY,
        TOO_MANY_FROM_THERE
    }

    private volatile int most;
    private volatile int mostPerAddress;
    private final Predicate<InetAddress> exempt;
    private volatile List<Network> proxies = List.of();
    private final AtomicInteger count = new AtomicInteger();
    private final ConcurrentHashMap<InetAddress, Integer> perAddress = new ConcurrentHashMap<>();
    private final java.util.Set<Wire> wires = ConcurrentHashMap.newKeySet();

    /// @param exempt addresses that the cap per address does not count
    public Gate(int most, int mostPerAddress, Predicate<InetAddress> exempt) {
        this.most = most;
        this.mostPerAddress = mostPerAddress;
        this.exempt = exempt;
    }

    /// New caps; who is in stays.
    public void caps(int newMost, int newMostPerAddress) {
        this.most = newMost;
        this.mostPerAddress = newMostPerAddress;
    }

    /// The front ends that are believed when they say, by the PROXY protocol, who is calling. They have to
    /// say it then.
    public void proxies(List<Network> networks) {
        this.proxies = List.copyOf(networks);
    }

    /// Whether this is such a front end.
    public boolean isProxy(SocketAddress from) {
        return from instanceof InetSocketAddress inet
                && proxies.stream().anyMatch(network -> network.contains(inet.getAddress()));
    }

    /// How many are connected now.
    public int size() {
        return count.get();
    }

    /// Counts a caller, unless there is no room for it; whoever came in leaves once.
    public Answer enter(SocketAddress from) {
        if (count.incrementAndGet() > most) {
            count.decrementAndGet();
            return Answer.TOO_MANY;
        }
        if (counted(from)
                .map(address -> perAddress.merge(address, 1, Integer::sum) > mostPerAddress)
                .orElse(false)) {
            leave(from);
            return Answer.TOO_MANY_FROM_THERE;
        }
        return Answer.COME_IN;
    }

    public void leave(SocketAddress from) {
        count.decrementAndGet();
        counted(from)
                .ifPresent(address ->
                        perAddress.computeIfPresent(address, (_, n) -> n == 1 ? null : n - 1));
    }

    void add(Wire wire) {
        wires.add(wire);
    }

    void remove(Wire wire) {
        wires.remove(wire);
    }

    /// All that are connected now.
    public List<Wire> wires() {
        return new ArrayList<>(wires);
    }

    /// Closes the connection that has been silent longest, if one has been for a second: descriptors
    /// have run out (TRAPS T18).
    boolean shedIdlest() {
        long now = System.nanoTime();
        var idlest =
                wires.stream()
                        .max(Comparator.comparingLong(wire -> wire.idleFor(now)))
                        .filter(wire -> wire.idleFor(now) > 1_000_000_000L);
        idlest.ifPresent(Wire::abort);
        return idlest.isPresent();
    }

    private Optional<InetAddress> counted(SocketAddress from) {
        return from instanceof InetSocketAddress inet
                ? Optional.of(inet.getAddress())
                        .filter(address -> !exempt.test(address))
                        .map(Gate::network)
                : Optional.empty();
    }

    /// Whose address it is, as far as can be told: who has one of IPv6 has 2^64 of them
    /// (RFC 4291 §2.5.4).
    public static InetAddress network(InetAddress address) {
        if (!(address instanceof Inet6Address)) return address;
        byte[] octets = Arrays.copyOf(address.getAddress(), 8);
        try {
            return InetAddress.getByAddress(Arrays.copyOf(octets, 16));
        } catch (UnknownHostException never) {
            throw new Fault("sixteen octets are an address", never);
        }
    }
}
