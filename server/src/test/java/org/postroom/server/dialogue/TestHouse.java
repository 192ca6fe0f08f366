package org.postroom.server.dialogue;

import org.postroom.names.Resolver;
import org.postroom.queue.Queue;
import org.postroom.queue.Route;
import org.postroom.server.Doorkeeper;
import org.postroom.server.House;
import org.postroom.server.Journal;
import org.postroom.server.Patience;
import org.postroom.server.Port;
import org.postroom.server.Sessions;
import org.postroom.server.Settings;
import org.postroom.server.Slices;
import org.postroom.server.Taps;
import org.postroom.server.reception.Reception;
import org.postroom.store.Account;
import org.postroom.store.Addressee;
import org.postroom.store.Directory;
import org.postroom.store.Flags;
import org.postroom.store.MailingList;
import org.postroom.store.NewMessage;
import org.postroom.store.Refused;
import org.postroom.store.Store;
import org.postroom.store.StoreSettings;
import org.postroom.wire.Certificates;
import org.postroom.wire.Gate;
import org.postroom.wire.Listening;
import org.postroom.wire.Network;
import org.postroom.wire.Secret;
import org.postroom.wire.Tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A server for one test: a store of its own, ports of its own, opened when they are first called.
public final class TestHouse implements AutoCloseable {

    /// Everybody's password.
    public static final Secret PASSWORD = new Secret("letmein");

    private final Path folder;
    private final Map<Port, Listening> listeners = new EnumMap<>(Port.class);
    private final AtomicReference<Settings> settings = new AtomicReference<>(Settings.standard());
    private final List<Journal.Entry> entries = new CopyOnWriteArrayList<>();
    private final List<X509Certificate> trusted = new CopyOnWriteArrayList<>();
    public final House house;

    public TestHouse() throws IOException {
        this(Resolver.system());
    }

    /// @param resolver asked for next hops
    public TestHouse(Resolver resolver) throws IOException {
        this(resolver, new Patience(Duration.ZERO, Duration.ofMinutes(3)));
    }

    public TestHouse(Resolver resolver, Patience patience) throws IOException {
        folder = Files.createTempDirectory("postroom-test");
        house =
                make(
                        Store.inMemory(folder, StoreSettings.standard().withPasswordKib(8)),
                        new Gate(1000, 1000, _ -> false),
                        resolver,
                        patience);
    }

    private House make(Store store, Gate gate, Resolver resolver, Patience patience) {
        var taps = new Taps();
        return new House(
                store,
                settings::get,
                new Certificates(List.of(TestIdentity.of("localhost"))),
                new Doorkeeper(store, patience),
                new Journal(entries::add),
                gate,
                taps,
                Queue.open(
                        store,
                        resolver,
                        () -> settings.get().forQueue(),
                        taps::ofCall,
                        () -> Tls.trusting(trusted)),
                new Sessions(),
                new Slices(Duration.ofMillis(1)));
    }

    /// What was written down so far.
    public List<Journal.Entry> journal() {
        return entries;
    }

    public Settings settings() {
        return settings.get();
    }

    public void settings(Settings other) {
        settings.set(other);
    }

    /// Where a port listens.
    public synchronized InetSocketAddress address(Port port) {
        return (InetSocketAddress) listeners.computeIfAbsent(port, this::open).address();
    }

    /// Proves itself by a certificate for this name from now on.
    public void certify(String name) {
        house.certificates().replace(List.of(TestIdentity.of(name)));
    }

    /// Takes another's word for who it is.
    public void trust(TestHouse other) {
        trusted.add(other.house.certificates().certificate());
    }

    /// Shuts a port down as SIGTERM does.
    public synchronized void drain(Port port) {
        var listener = listeners.get(port);
        if (listener != null) listener.drain();
    }

    /// Listens again where it did before.
    public synchronized void reopen(Port port, int at) {
        var before = listeners.put(port, open(port, at));
        if (before != null) before.close();
    }

    private Listening open(Port port) {
        return open(port, 0);
    }

    private Listening open(Port port, int at) {
        try {
            return Reception.open(
                    house, port, new InetSocketAddress(InetAddress.getLoopbackAddress(), at));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// Makes an account whose password is [#PASSWORD]; its domain, too, if it is new.
    public Account account(String address) throws Refused {
        var name = Addressee.of(address);
        var directory = house.store().directory();
        if (!directory.domains().contains(name.domain())) directory.addDomain(name.domain());
        var id = directory.add(name);
        house.store().passwords().set(id, PASSWORD);
        return house.store().account(id);
    }

    public Account find(String address) throws Refused {
        var id = house.store().directory().find(Addressee.of(address)).orElseThrow();
        return house.store().account(id);
    }

    void remove(String address) throws Refused {
        house.store().directory().remove(Addressee.of(address));
    }

    void appoint(String address) throws Refused {
        var id = house.store().directory().find(Addressee.of(address)).orElseThrow();
        house.store().directory().appoint(id);
    }

    public String appPassword(String address) throws Refused {
        var id = house.store().directory().find(Addressee.of(address)).orElseThrow();
        return house.store().passwords().issue(id, "test").secret().reveal();
    }

    /// Gives an account a second factor.
    ///
    /// @return its code now, as RFC 6238 §4.2 has it
    public String secondFactor(String address) throws Refused {
        var id = house.store().directory().find(Addressee.of(address)).orElseThrow();
        var seed = unBase32(house.store().secondFactors().add(id).reveal());
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(seed, "RAW"));
            long step = System.currentTimeMillis() / 1000 / 30;
            var hash = ByteBuffer.wrap(mac.doFinal(ByteBuffer.allocate(8).putLong(step).array()));
            int number = hash.getInt(hash.get(19) & 15) & Integer.MAX_VALUE;
            return String.format("%06d", number % 1_000_000);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] unBase32(String text) {
        var octets = new byte[text.length() * 5 / 8];
        for (int bit = 0; bit < octets.length * 8; bit++) {
            int value = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(text.charAt(bit / 5));
            if ((value >> (4 - bit % 5) & 1) == 1) octets[bit / 8] |= (byte) (0x80 >> bit % 8);
        }
        return octets;
    }

    /// `account,sessions,rate` and `dos` or `resumption` behind them.
    private void profile(String value) {
        var words = List.of(value.split(","));
        var before = settings.get().ftp();
        var profile =
                new Settings.Profile(
                        words.get(0),
                        List.of(),
                        words.contains("resumption"),
                        Long.parseLong(words.get(2)),
                        Integer.parseInt(words.get(1)),
                        words.contains("dos"));
        settings.set(
                settings.get()
                        .withFtp(new Settings.Ftp(0, 0, before.anonymous(), List.of(profile))));
    }

    public void alias(String alias, String... members) throws Refused {
        house.store().directory().setAlias(Addressee.of(alias), addressees(members));
    }

    public void list(String list, String owner, boolean membersOnly, String... members)
            throws Refused {
        house.store()
                .directory()
                .setList(
                        new MailingList(
                                Addressee.of(list),
                                Addressee.of(owner),
                                membersOnly,
                                "",
                                addressees(members)));
    }

    void move(String from, String to, boolean forwards) throws Refused {
        house.store()
                .directory()
                .move(new Directory.Move(Addressee.of(from), Addressee.of(to), forwards));
    }

    private static List<Addressee> addressees(String... texts) throws Refused {
        var all = new ArrayList<Addressee>();
        for (var text : texts) all.add(Addressee.of(text));
        return all;
    }

    /// Puts so many short letters into the inbox.
    public void fill(String address, int count) throws Refused {
        for (int i = 1; i <= count; i++)
            deliver(
                    address,
                    "From: ann@example.test\r\nTo: %s\r\nSubject: letter %d\r\n\r\nHello, this is %d.\r\n.dot\r\n"
                            .formatted(address, i, i));
    }

    /// Puts a letter into the inbox as it is.
    public void deliver(String address, String letter) throws Refused {
        var account = find(address);
        try (var draft = house.store().draft()) {
            var octets = letter.getBytes(StandardCharsets.UTF_8);
            draft.write(octets, 0, octets.length);
            account.append(
                    account.inbox().id(),
                    List.of(new NewMessage(draft.seal(), new byte[0], Flags.NONE, Instant.now())));
        }
    }

    private void access(UnaryOperator<Settings.Access> change) {
        settings(settings().withAccess(change.apply(settings().access())));
    }

    /// One of the settings that a transcript may name.
    public void set(String key, String value) throws Refused {
        var now = settings.get();
        switch (key) {
            case "imap-show" ->
                    access(it ->
                            new Settings.Access(
                                    it.marksRead(),
                                    it.keeps(),
                                    it.loginDelay(),
                                    List.of(
                                            new Settings.ImapProfile(
                                                    "*", List.of(), List.of(value)))));
            case "imap-hide" ->
                    access(it ->
                            new Settings.Access(
                                    it.marksRead(),
                                    it.keeps(),
                                    it.loginDelay(),
                                    List.of(
                                            new Settings.ImapProfile(
                                                    "bob@example.test",
                                                    List.of(value),
                                                    List.of()))));
            case "pop3-mark-read" ->
                    access(it ->
                            new Settings.Access(
                                    value.equals("on"),
                                    it.keeps(),
                                    it.loginDelay(),
                                    it.profiles()));
            case "pop3-keep" ->
                    access(it ->
                            new Settings.Access(
                                    it.marksRead(),
                                    value.equals("on"),
                                    it.loginDelay(),
                                    it.profiles()));
            case "pop3-login-delay" ->
                    access(it ->
                            new Settings.Access(
                                    it.marksRead(),
                                    it.keeps(),
                                    Duration.ofSeconds(Long.parseLong(value)),
                                    it.profiles()));
            case "message" ->
                    settings.set(
                            now.withLimits(
                                    new Settings.Limits(
                                            now.limits().connections(),
                                            now.limits().perAddress(),
                                            now.limits().line(),
                                            Long.parseLong(value))));
            case "turn" -> settings.set(now.withSmtp(new Settings.Smtp(true, now.smtp().speak())));
            case "speak" -> settings.set(now.withSmtp(new Settings.Smtp(now.smtp().turn(), true)));
            case "anonymous" -> anonymous(value);
            case "ftp-profile" -> profile(value);
            case "proxies" -> house.gate().proxies(List.of(Network.of(value).orElseThrow()));
            case "connections" -> house.gate().caps(Integer.parseInt(value), 1000);
            case "per-address" -> house.gate().caps(1000, Integer.parseInt(value));
            default -> throw new AssertionError("no such setting: " + key);
        }
    }

    /// Lets an account's server call for a domain's letters.
    public void collected(String domain, String by) {
        var routes = new ArrayList<>(settings.get().routes());
        routes.add(Route.collected(domain, by));
        settings.set(settings.get().withRoutes(routes));
    }

    /// @param value account, drop box and commands, commas between
    private void anonymous(String value) {
        var words = List.of(value.split(","));
        var verbs = java.util.EnumSet.noneOf(org.postroom.ftp.Verb.class);
        for (var word : words.subList(2, words.size()))
            verbs.add(org.postroom.ftp.Verb.valueOf(word));
        settings.set(
                settings.get()
                        .withFtp(
                                new Settings.Ftp(
                                        0,
                                        0,
                                        java.util.Optional.of(
                                                new Settings.Anonymous(
                                                        words.get(0), verbs, words.get(1))),
                                        List.of())));
    }

    @Override
    public void close() throws IOException {
        listeners.values().forEach(Listening::close);
        house.queue().close();
        house.store().close();
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList())
                Files.deleteIfExists(file);
        }
    }
}
