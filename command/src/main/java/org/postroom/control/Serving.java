package org.postroom.control;

import org.jspecify.annotations.Nullable;
import org.postroom.control.Answer.Done;
import org.postroom.control.Answer.Failed;
import org.postroom.home.BadConfiguration;
import org.postroom.home.Configuration;
import org.postroom.home.Credentials;
import org.postroom.home.Home;
import org.postroom.logbook.Logbook;
import org.postroom.names.Resolver;
import org.postroom.queue.Queue;
import org.postroom.server.Doorkeeper;
import org.postroom.server.House;
import org.postroom.server.Patience;
import org.postroom.server.Port;
import org.postroom.server.Sessions;
import org.postroom.server.Settings;
import org.postroom.server.Slices;
import org.postroom.server.Taps;
import org.postroom.server.reception.Reception;
import org.postroom.store.Directory;
import org.postroom.store.Refused;
import org.postroom.store.Store;
import org.postroom.wire.Certificates;
import org.postroom.wire.Certificates.Identity;
import org.postroom.wire.Fault;
import org.postroom.wire.Gate;
import org.postroom.wire.Listener;
import org.postroom.wire.Listening;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// A server that runs: a home's store, open; the house on it; every port of the table and the sockets
/// in the home. It is started, reloaded, drained and closed on platform threads.
public final class Serving implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Serving.class.getName());
    private static final Duration DRAIN = Duration.ofSeconds(10);
    private static final Duration FIRST_SWEEP = Duration.ofMinutes(5);
    private static final Duration SWEEP = Duration.ofHours(6);

    /// An order that is being carried out on the home is soon done.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// What a person may tell a server when it starts, instead of what the file says.
    ///
    /// @param listen the address
    /// @param portOffset see [Port]
    public record Wishes(Optional<String> listen, Optional<Integer> portOffset) {

        public static final Wishes NONE = new Wishes(Optional.empty(), Optional.empty());

        Configuration on(Configuration configuration) {
            var said = configuration.settings().server();
            return configuration.with(
                    new Settings.Server(
                            said.name(),
                            listen.orElse(said.listen()),
                            portOffset.orElse(said.portOffset()),
                            said.proxies()));
        }
    }

    private final Home home;
    private final Wishes wishes;
    private final AtomicReference<Configuration> configuration;
    private final Store store;
    private final House house;
    private final Rates rates;
    private final Fetcher fetcher;
    private final Map<Port, Listening> ports = new EnumMap<>(Port.class);
    private final List<Listener> sockets = new ArrayList<>();
    private final List<Path> paths = new ArrayList<>();
    private @Nullable Listener control;
    private final Instant since = Instant.now();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread sweeper =
            Thread.ofPlatform().daemon().name("sweeper").unstarted(this::sweep);

    private Serving(
            Home home,
            Wishes wishes,
            Configuration configuration,
            Store store,
            Certificates certificates) {
        this.home = home;
        this.wishes = wishes;
        this.configuration = new AtomicReference<>(configuration);
        this.store = store;
        var limits = configuration.settings().limits();
        var taps = new Taps();
        this.house =
                new House(
                        store,
                        () -> this.configuration.get().settings(),
                        certificates,
                        new Doorkeeper(store, Patience.standard()),
                        Logbook.journal(),
                        new Gate(limits.connections(), limits.perAddress(), _ -> false),
                        taps,
                        Queue.open(
                                store,
                                resolver(configuration.settings().dns()),
                                () -> this.configuration.get().settings().forQueue(),
                                taps::ofCall),
                        new Sessions(),
                        Slices.standard());
        house.gate().proxies(configuration.settings().server().proxies());
        this.rates = new Rates(house.journal());
        this.fetcher = new Fetcher(house);
    }

    /// Opens the home, makes what is missing in it, and listens.
    ///
    /// @param ports where to listen; nothing for where the configuration says
    /// @throws CannotServe the home is in use, a port is, the configuration is damaged
    public static Serving start(Home home, Wishes wishes, Optional<Ports> ports)
            throws CannotServe {
        Stores.demandHome(home);
        home.prepare();
        Beside.begin(() -> {
            Store.prepare(home.path());
            return true;
        });
        var configuration = wishes.on(read(home));
        Logbook.format(configuration.log());
        Logbook.transfers(configuration.transfers());
        Logbook.access(configuration.access());
        Birth.begin(home, configuration);
        Credentials.makeMissing(home, configuration);
        var credentials = Beside.begin(() -> Credentials.readAlone(configuration));
        var store = Stores.open(home, configuration.store(), PATIENCE, Serving::die);
        var identities = List.<Identity>of();
        Serving serving;
        try {
            Birth.finish(home, store);
            identities = credentials.await();
            serving = new Serving(home, wishes, configuration, store, new Certificates(identities));
            serving.listen(ports.orElse(Ports.by(configuration.settings().server())));
        } catch (BadConfiguration bad) {
            store.close();
            throw new CannotServe(Exit.CONFIGURATION, String.valueOf(bad.getMessage()));
        } catch (CannotServe | Fault e) {
            store.close();
            throw e;
        }
        serving.demandMatch(identities);
        return serving;
    }

    /// Looked at last, since nobody has to wait for it: a wrong key is rare, and to sign with it takes long.
    private void demandMatch(List<Identity> identities) throws CannotServe {
        try {
            Credentials.demandMatch(configuration.get(), identities);
        } catch (BadConfiguration bad) {
            close();
            throw new CannotServe(Exit.CONFIGURATION, String.valueOf(bad.getMessage()));
        }
    }

    /// A server whose store is broken for good would refuse all for ever. What it has promised is on
    /// disk, and whoever started it can start it again.
    private static void die() {
        LOG.log(System.Logger.Level.ERROR, "the store is broken for good; the server ends");
        Logbook.close();
        Runtime.getRuntime().halt(Exit.SOFTWARE);
    }

    static Configuration read(Home home) throws CannotServe {
        try {
            return Configuration.read(home.path());
        } catch (BadConfiguration bad) {
            throw new CannotServe(Exit.CONFIGURATION, String.valueOf(bad.getMessage()));
        }
    }

    private static Resolver resolver(Settings.Dns dns) {
        return dns.servers().isEmpty() ? Resolver.system() : Resolver.of(dns.servers());
    }

    private void listen(Ports where) throws CannotServe {
        home.link();
        try {
            for (var port : Port.values()) ports.put(port, open(port, where.of(port)));
            for (var port : List.of(Port.IMAP, Port.SUBMISSION, Port.LMTP))
                sockets.add(socket(port.title, Reception.plan(house, port)));
            var steward = new Steward(store, Optional.of(this));
            control = socket(ControlSocket.NAME, ControlSocket.plan(steward));
            sweeper.start();
            fetcher.start();
        } catch (CannotServe e) {
            conversations().forEach(Listening::close);
            rates.close();
            home.unlink();
            throw e;
        }
    }

    /// It is not interrupted, which would close the files that it works on.
    private void sweep() {
        try {
            var pause = FIRST_SWEEP;
            while (!stopping.await(pause.toSeconds(), TimeUnit.SECONDS)) {
                sweepOnce();
                pause = SWEEP;
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void sweepOnce() {
        try {
            LOG.log(System.Logger.Level.INFO, "swept: {0}", store.sweep());
        } catch (RuntimeException failed) { // the next one may go well
            LOG.log(System.Logger.Level.ERROR, "sweeping", failed);
        }
    }

    private List<Listening> conversations() {
        var all = new ArrayList<>(ports.values());
        all.addAll(sockets);
        return all;
    }

    private Listening open(Port port, InetSocketAddress at) throws CannotServe {
        try {
            return Reception.open(house, port, at);
        } catch (IOException e) {
            throw new CannotServe(Exit.SYSTEM, why(port, at, e));
        }
    }

    private static String why(Port port, InetSocketAddress at, IOException e) {
        String where =
                "Port "
                        + at.getPort()
                        + " ("
                        + port.title
                        + ") at "
                        + at.getAddress().getHostAddress();
        String said = String.valueOf(e.getMessage());
        if (e instanceof BindException && said.contains("in use"))
            return where
                    + " is in use by another program; end it, or choose other ports by"
                    + " --port-offset.";
        if (e instanceof BindException && said.contains("assign"))
            return where + ": this machine has no such address; choose another by --listen.";
        if (said.contains("ermission"))
            return where
                    + " needs a privilege, as all below 1024; grant CAP_NET_BIND_SERVICE, or choose"
                    + " other ports by --port-offset.";
        return where + " can't be opened: " + said;
    }

    /// Whoever has the home's lock may clear away a socket that a crash left.
    private Listener socket(String name, Listener.Plan plan) throws CannotServe {
        var path = home.socket(name);
        try {
            Files.deleteIfExists(path);
            var listener = Listener.unix(path, plan);
            paths.add(path);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            return listener;
        } catch (IOException e) {
            throw new CannotServe(
                    Exit.SYSTEM, "The socket " + path + " can't be opened: " + e.getMessage());
        }
    }

    Fetcher fetcher() {
        return fetcher;
    }

    public House house() {
        return house;
    }

    public Home home() {
        return home;
    }

    /// Where the first administrator chooses a password, once: as long as [#firstAdministrator] is there.
    public Optional<String> firstLink() {
        return firstAdministrator()
                .flatMap(first -> {
                    try {
                        var sent =
                                store.invitations()
                                        .invite(first.name().toString(), Duration.ofDays(1));
                        return Optional.of(site() + "/join/" + sent.token().reveal());
                    } catch (Refused domainGone) {
                        return Optional.empty();
                    }
                });
    }

    /// What the address of a page of ours begins with.
    String site() {
        int port = port(Port.HTTPS);
        return "https://"
                + house.settings().get().server().name()
                + (port == Port.HTTPS.number ? "" : ":" + port);
    }

    /// The first administrator, as long as the file with the password is there.
    public Optional<Birth.Administrator> firstAdministrator() {
        return Birth.first(home);
    }

    /// Whether anybody is administrator.
    public boolean isAdministered() {
        return store.directory().accounts().stream().anyMatch(Directory.Entry::administrator);
    }

    /// Where this protocol is spoken by TCP.
    public int port(Port port) {
        return Objects.requireNonNull(ports.get(port)).port();
    }

    public Answer.Status status() {
        var memory = Runtime.getRuntime();
        var directory = store.directory();
        return new Answer.Status(
                Release.VERSION,
                ProcessHandle.current().pid(),
                home.path().toString(),
                since,
                listening(),
                house.gate().size(),
                memory.totalMemory() - memory.freeMemory(),
                memory.maxMemory(),
                directory.accounts().size(),
                directory.domains().size(),
                house.queue().desk().size(),
                house.queue().desk().oldest(),
                house.journal().figures(),
                rates.perMinute(),
                house.journal().handshakes().warning().stream().toList());
    }

    private List<Answer.Listening> listening() {
        var all = new ArrayList<Answer.Listening>();
        ports.forEach((port, listener) -> all.add(listening(listener, port.use)));
        for (var socket : sockets) all.add(listening(socket, "for programs of this home's owner"));
        return all;
    }

    private static Answer.Listening listening(Listening listener, String use) {
        String address =
                listener.address() instanceof InetSocketAddress inet
                        ? inet.getAddress().getHostAddress() + ":" + inet.getPort()
                        : listener.address().toString();
        return new Answer.Listening(listener.name(), address, use, listener.size());
    }

    /// Reads configuration and certificates anew. A file that is wrong leaves the old one in force; no
    /// session ends by it.
    public Answer reload() {
        try {
            var before = configuration.get();
            var next = wishes.on(Configuration.read(home.path()));
            var identities = Credentials.read(next);
            house.certificates().replace(identities);
            configuration.set(next);
            var limits = next.settings().limits();
            house.gate().caps(limits.connections(), limits.perAddress());
            house.gate().proxies(next.settings().server().proxies());
            Logbook.format(next.log());
            Logbook.transfers(next.transfers());
            Logbook.access(next.access());
            LOG.log(System.Logger.Level.INFO, "configuration and certificates were read anew");
            return new Done("Reloaded." + later(before, next));
        } catch (BadConfiguration bad) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "the old configuration stays: {0}",
                    bad.getMessage());
            return new Failed(
                    Exit.CONFIGURATION,
                    bad.getMessage() + "\nThe old configuration stays in force.");
        }
    }

    private static String later(Configuration before, Configuration next) {
        var was = before.settings();
        var is = next.settings();
        boolean now =
                was.server().listen().equals(is.server().listen())
                        && was.server().portOffset() == is.server().portOffset()
                        && was.dns().equals(is.dns())
                        && before.store().equals(next.store());
        return now
                ? ""
                : " What changed of listen, port-offset, dns and store counts from the next start"
                        + " on.";
    }

    /// Asks the server to end; [#awaitStop] returns.
    public void stop() {
        stopping.countDown();
    }

    public boolean isStopping() {
        return stopping.getCount() == 0;
    }

    public void awaitStop() throws InterruptedException {
        stopping.await();
    }

    /// Lets conversations finish what they are doing, then closes. The control socket goes last, so
    /// that whoever ordered the end knows when it has come.
    @Override
    public void close() {
        stop();
        var conversations = conversations();
        conversations.forEach(Listening::drain);
        long end = System.nanoTime() + DRAIN.toNanos();
        while (conversations.stream().anyMatch(it -> it.size() > 0) && System.nanoTime() < end)
            pause();
        conversations.forEach(Listening::close);
        fetcher.close();
        rates.close();
        join(sweeper);
        house.queue().close();
        store.close();
        paths.forEach(Serving::remove);
        home.unlink();
        if (control != null) control.close();
    }

    private static void join(Thread sweeper) {
        try {
            sweeper.join(DRAIN);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private static void remove(Path socket) {
        try {
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "removing " + socket, e);
        }
    }
}
