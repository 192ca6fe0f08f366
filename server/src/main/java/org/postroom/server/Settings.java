package org.postroom.server;

import org.postroom.ftp.Verb;

import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What an administrator has chosen, as one record that a reload replaces whole. `postroom.toml` is
/// read into it by the roof; a table of the file is a record here, a key a component.
public record Settings(Server server, Limits limits, Ftp ftp, Dns dns, List<Route> routes) {

    /// @param name what this server calls itself: in greetings, in Received fields
    /// @param listen the address that its ports are opened at
    /// @param portOffset added to each well-known port number
    public record Server(String name, String listen, int portOffset) {}

    /// @param connections how many may be connected at once
    /// @param perAddress how many of them from one address
    /// @param line the longest command line in octets; 0 for each protocol's own
    /// @param message the largest letter in octets (RFC 1870); 0 for no limit
    public record Limits(int connections, int perAddress, int line, long message) {}

    /// @param passiveFrom the first port for passive data connections; 0 lets the system choose
    /// @param passiveTo the last
    /// @param anonymous who may come without a name (RFC 1635), if anybody
    public record Ftp(int passiveFrom, int passiveTo, Optional<Anonymous> anonymous) {}

    /// @param account whose files visitors see
    /// @param commands what they may say of those in [#ANONYMOUS_COMMANDS]
    /// @param dropBox the path of a directory that they may put files into, but neither list nor read;
    ///     empty for none
    public record Anonymous(String account, Set<Verb> commands, String dropBox) {
        public Anonymous {
            commands = Set.copyOf(commands);
        }
    }

    /// What an administrator can let anonymous visitors say: nothing that changes a file that is there.
    public static final Set<Verb> ANONYMOUS_COMMANDS =
            Collections.unmodifiableSet(
                    EnumSet.of(
                            Verb.CWD, Verb.CDUP, Verb.PWD, Verb.LIST, Verb.NLST, Verb.MLSD,
                            Verb.MLST, Verb.STAT, Verb.SIZE, Verb.MDTM, Verb.RETR, Verb.REST,
                            Verb.RANG, Verb.HASH, Verb.PORT, Verb.EPRT, Verb.STOR, Verb.STOU));

    /// @param servers who is asked for names; none: those of the system
    public record Dns(List<InetSocketAddress> servers) {}

    /// Where letters for a domain go instead of where its MX records say.
    ///
    /// @param domain the recipient's domain; `*` for every one
    /// @param host the next hop; without it the MX records choose
    /// @param port the next hop's port; without it 25
    public record Route(String domain, Optional<String> host, Optional<Integer> port) {}

    /// What holds unless something else is chosen.
    public static Settings standard() {
        return new Settings(
                new Server("localhost", "127.0.0.1", 10_000),
                new Limits(10_000, 100, 0, 50L * 1024 * 1024),
                new Ftp(0, 0, Optional.empty()),
                new Dns(List.of()),
                List.of());
    }

    public Settings withServer(Server other) {
        return new Settings(other, limits, ftp, dns, routes);
    }

    public Settings withLimits(Limits other) {
        return new Settings(server, other, ftp, dns, routes);
    }

    public Settings withFtp(Ftp other) {
        return new Settings(server, limits, other, dns, routes);
    }

    public Settings withDns(Dns other) {
        return new Settings(server, limits, ftp, other, routes);
    }

    public Settings withRoutes(List<Route> other) {
        return new Settings(server, limits, ftp, dns, other);
    }
}
