package org.postroom.server;

import org.postroom.ftp.Verb;
import org.postroom.queue.QueueSettings;
import org.postroom.queue.Route;
import org.postroom.wire.Network;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What an administrator has chosen, as one record that a reload replaces whole. `postroom.toml` is
/// read into it by the roof; a table of the file is a record here, a key a component.
public record Settings(
        Server server,
        Limits limits,
        Smtp smtp,
        Ftp ftp,
        Http http,
        Dns dns,
        Queueing queue,
        List<Route> routes,
        List<Fetch> fetches,
        Access access) {

    public Settings {
        routes = List.copyOf(routes);
        fetches = List.copyOf(fetches);
    }

    /// @param name what this server calls itself: in greetings, in Received fields
    /// @param listen the address that its ports are opened at
    /// @param portOffset added to each well-known port number
    /// @param proxies front ends that are believed when they say who is calling
    public record Server(String name, String listen, int portOffset, List<Network> proxies) {

        /// Without a front end.
        public Server(String name, String listen, int portOffset) {
            this(name, listen, portOffset, List.of());
        }
    }

    /// @param connections how many may be connected at once
    /// @param perAddress how many of them from one address
    /// @param line the longest command line in octets; 0 for each protocol's own
    /// @param message the largest letter in octets (RFC 1870); 0 for no limit
    public record Limits(int connections, int perAddress, int line, long message) {}

    /// @param turn whether TURN is understood: from accounts that letters wait for, under TLS
    /// @param speak whether strangers may speak to those who are there (SEND, SOML, SAML)
    public record Smtp(boolean turn, boolean speak) {}

    /// Letters of ours that wait at another server until we call for them.
    ///
    /// @param from where, and how to sign in there
    /// @param by how to ask for them
    /// @param domains which; none for all that the other server has for us
    /// @param every how often; nothing for when `queue fetch` says so
    public record Fetch(Route from, Way by, List<String> domains, Optional<Duration> every) {

        public Fetch {
            domains = List.copyOf(domains);
        }

        /// Where, as the administrator calls it.
        public String host() {
            return from.host().orElseThrow();
        }

        /// The ways to ask.
        public enum Way {
            /// RFC 2645: by the same connection, after signing in.
            ATRN(366, Route.Security.VERIFIED),
            /// RFC 821 §3.8: likewise, where the other server is older than that.
            TURN(366, Route.Security.VERIFIED),
            /// RFC 1985: by a connection of the other server's.
            ETRN(25, Route.Security.OPPORTUNISTIC);

            /// Where it is listened to.
            public final int port;

            /// What TLS it takes unless something else is chosen: where a password is said, the host's own.
            public final Route.Security tls;

            Way(int port, Route.Security tls) {
                this.port = port;
                this.tls = tls;
            }
        }
    }

    /// @param passiveFrom the first port for passive data connections; 0 lets the system choose
    /// @param passiveTo the last
    /// @param anonymous who may come without a name (RFC 1635), if anybody
    /// @param profiles what holds for an account alone, or for all
    public record Ftp(
            int passiveFrom, int passiveTo, Optional<Anonymous> anonymous, List<Profile> profiles) {

        public Ftp {
            profiles = List.copyOf(profiles);
        }
    }

    /// @param signUp the domain that people may ask for an address in, by the page; nothing for none
    public record Http(Optional<String> signUp) {}

    /// What holds for an account's sessions by FTP: a device that knows nothing newer, or somebody who is
    /// held tighter.
    ///
    /// @param account its address; `*` for all that have no profile of their own
    /// @param clearTextFrom from where passwords and files may cross in clear text
    /// @param demandsResumption whether a data connection under TLS has to resume the session's (TRAPS F18)
    /// @param rate the most octets a second of a transfer; 0 for no limit
    /// @param sessions the most at once; 0 for no limit
    /// @param dosLists whether LIST looks like DIR of MS-DOS
    public record Profile(
            String account,
            List<Network> clearTextFrom,
            boolean demandsResumption,
            long rate,
            int sessions,
            boolean dosLists) {

        /// Who is nothing special.
        public static final Profile STANDARD = new Profile("*", List.of(), false, 0, 0, false);

        public Profile {
            clearTextFrom = List.copyOf(clearTextFrom);
        }

        public boolean isForAll() {
            return account.equals("*");
        }
    }

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

    /// How letters are collected.
    ///
    /// @param marksRead whether what POP3 collected and left is marked as read for IMAP
    /// @param keeps whether POP3's clients may leave letters here once they have collected them
    /// @param loginDelay how long after a session by POP3 the next may begin
    /// @param profiles what IMAP can do for some accounts
    public record Access(
            boolean marksRead, boolean keeps, Duration loginDelay, List<ImapProfile> profiles) {

        public static final Access STANDARD = new Access(true, true, Duration.ZERO, List.of());

        public Access {
            profiles = List.copyOf(profiles);
        }

        /// The capabilities that an account's clients don't hear of: some break where they do (TRAPS T29).
        public Set<String> hidden(String account) {
            var hidden = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
            hidden.addAll(ImapProfile.HIDDEN);
            for (var profile : profiles) if (profile.account.equals("*")) profile.apply(hidden);
            for (var profile : profiles)
                if (profile.account.equalsIgnoreCase(account)) profile.apply(hidden);
            return hidden;
        }
    }

    /// Which of IMAP's capabilities an account's clients hear of.
    ///
    /// @param account its address; `*` for all
    public record ImapProfile(String account, List<String> hide, List<String> show) {

        /// Clients enable it because it is there, and break then (TRAPS T29).
        static final Set<String> HIDDEN = Set.of("UIDONLY");

        public ImapProfile {
            hide = List.copyOf(hide);
            show = List.copyOf(show);
        }

        private void apply(Set<String> hidden) {
            hidden.addAll(hide);
            show.forEach(hidden::remove);
        }
    }

    /// @param servers who is asked for names; none: those of the system
    public record Dns(List<InetSocketAddress> servers) {}

    /// @param keepFor how long a letter for elsewhere is tried
    /// @param warnAfter when its sender hears that it still is
    public record Queueing(Duration keepFor, Duration warnAfter) {}

    /// What holds unless something else is chosen.
    public static Settings standard() {
        return new Settings(
                new Server("localhost", "127.0.0.1", 10_000),
                new Limits(10_000, 100, 0, 50L * 1024 * 1024),
                new Smtp(false, false),
                new Ftp(0, 0, Optional.empty(), List.of()),
                new Http(Optional.empty()),
                new Dns(List.of()),
                new Queueing(Duration.ofDays(5), Duration.ofHours(4)), // RFC 5321 §4.5.4.1
                List.of(),
                List.of(),
                Access.STANDARD);
    }

    public Settings withAccess(Access other) {
        return new Settings(server, limits, smtp, ftp, http, dns, queue, routes, fetches, other);
    }

    public Settings withServer(Server other) {
        return new Settings(other, limits, smtp, ftp, http, dns, queue, routes, fetches, access);
    }

    public Settings withLimits(Limits other) {
        return new Settings(server, other, smtp, ftp, http, dns, queue, routes, fetches, access);
    }

    public Settings withFtp(Ftp other) {
        return new Settings(server, limits, smtp, other, http, dns, queue, routes, fetches, access);
    }

    public Settings withHttp(Http other) {
        return new Settings(server, limits, smtp, ftp, other, dns, queue, routes, fetches, access);
    }

    public Settings withDns(Dns other) {
        return new Settings(server, limits, smtp, ftp, http, other, queue, routes, fetches, access);
    }

    public Settings withQueue(Queueing other) {
        return new Settings(server, limits, smtp, ftp, http, dns, other, routes, fetches, access);
    }

    public Settings withRoutes(List<Route> other) {
        return new Settings(server, limits, smtp, ftp, http, dns, queue, other, fetches, access);
    }

    public Settings withSmtp(Smtp other) {
        return new Settings(server, limits, other, ftp, http, dns, queue, routes, fetches, access);
    }

    public Settings withFetches(List<Fetch> other) {
        return new Settings(server, limits, smtp, ftp, http, dns, queue, routes, other, access);
    }

    /// The route that names a domain, if there is one; one for all domains does not.
    public Optional<Route> route(String domain) {
        return routes.stream().filter(it -> it.domain().equalsIgnoreCase(domain)).findFirst();
    }

    /// What the queue needs to know of it.
    public QueueSettings forQueue() {
        return new QueueSettings(
                server.name(),
                server.listen(),
                Port.SMTP.number + server.portOffset(),
                queue.keepFor(),
                queue.warnAfter(),
                routes);
    }
}
