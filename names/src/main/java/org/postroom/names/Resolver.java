package org.postroom.names;

import org.postroom.names.Answer.Failed;
import org.postroom.names.Answer.Found;
import org.postroom.names.Answer.NoData;
import org.postroom.names.Answer.NoName;
import org.postroom.wire.Fault;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Cache;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Flags;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.dnssec.ValidatingResolver;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

/// Asks the domain name system, and remembers the answers for as long as they say. Its methods wait
/// for the answer, at most about as long as the deadline; call them from virtual threads.
///
/// Names are fully qualified, with or without the last dot, in ASCII; whatever could be no domain
/// of RFC 5321 is a name that does not exist. The system's search list and its hosts file are no
/// part of it (RFC 5321 §5.1).
public final class Resolver {

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    /// What a domain may make us ask and hold (TRAPS T13).
    private static final int MOST_EXCHANGERS = 16;

    private static final int MOST_ADDRESSES = 8;
    private static final int MOST_VALUES = 100;

    /// The keys that sign the root, by IANA's word: that of 2017 and that of 2024.
    private static final String ROOT =
            """
            . IN DS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D
            . IN DS 38696 8 2 683D2D0ACB8C9B712A1948B27F741219298D0A450D612C483AF444A4C0FB2B16
            """;

    /// Domains whose exchangers are asked for at once. A thousand would send so many datagrams that a
    /// name server's system throws most of them away.
    private static final int MOST_AT_ONCE = 100;

    /// Who waits so long asks all the same: servers that do not answer hold up nobody for long.
    private static final long TURN_MILLIS = 2_000;

    private final LookupSession session;
    private final Supplier<ValidatingResolver> validator;
    private final Duration deadline;
    private final Semaphore turns = new Semaphore(MOST_AT_ONCE);

    private Resolver(List<InetSocketAddress> servers, Duration deadline, String anchors) {
        var all = asking(servers, deadline);
        var cache = new Cache(DClass.IN);
        cache.setMaxEntries(20_000);
        cache.setMaxCache((int) Duration.ofDays(1).toSeconds());
        cache.setMaxNCache((int) Duration.ofMinutes(10).toSeconds()); // RFC 2308 §5: 1 to 3 hours
        this.session =
                LookupSession.builder()
                        .resolver(all)
                        .cache(cache)
                        .executor(Thread::startVirtualThread)
                        .build();
        this.validator = once(() -> validator(asking(servers, deadline), anchors));
        this.deadline = deadline;
    }

    private static ExtendedResolver asking(List<InetSocketAddress> servers, Duration deadline) {
        var each = new ArrayList<org.xbill.DNS.Resolver>();
        for (var server : servers) each.add(new Server(server));
        var all = new ExtendedResolver(each);
        all.setTimeout(deadline);
        // not dividedBy: it makes ready for numbers of any size, a twentieth of the start of a
        // server
        var part = Duration.ofMillis(deadline.toMillis() / 4);
        for (var one : each) one.setTimeout(part);
        all.setRetries(2);
        return all;
    }

    /// @param asked its own: it is told to ask for signatures
    private static ValidatingResolver validator(ExtendedResolver asked, String anchors) {
        try {
            var validator = new ValidatingResolver(asked);
            validator.loadTrustAnchors(
                    new ByteArrayInputStream(anchors.getBytes(StandardCharsets.US_ASCII)));
            return validator;
        } catch (IOException e) {
            throw new Fault("trust anchors of the domain name system", e);
        }
    }

    /// Made when it is needed, which most servers never do.
    private static <T> Supplier<T> once(Supplier<T> maker) {
        var made = new AtomicReference<T>();
        return () -> made.updateAndGet(it -> it == null ? maker.get() : it);
    }

    /// Asks the servers that the system asks.
    public static Resolver system() {
        return new Resolver(ResolverConfig.getCurrentConfig().servers(), DEADLINE, ROOT);
    }

    /// Asks these servers, the first first.
    ///
    /// @param servers at least one
    public static Resolver of(List<InetSocketAddress> servers) {
        return of(servers, DEADLINE);
    }

    /// @param deadline how long a question may take with all its repetitions
    public static Resolver of(List<InetSocketAddress> servers, Duration deadline) {
        if (servers.isEmpty()) throw new IllegalArgumentException("a resolver has a server");
        return new Resolver(servers, deadline, ROOT);
    }

    /// Asks these servers, and believes signatures that lead to these keys instead of the root's.
    ///
    /// @param anchors DS or DNSKEY records, as a zone file has them
    public static Resolver trusting(String anchors, List<InetSocketAddress> servers) {
        return new Resolver(servers, DEADLINE, anchors);
    }

    /// The addresses of a name, those of IPv4 first: fewer hosts refuse mail that comes by it.
    public Answer<InetAddress> addresses(String name) {
        return await(addressesOf(name));
    }

    /// The texts of a name, each put together from its pieces.
    public Answer<String> texts(String name) {
        return await(ask(name, Type.TXT, TXTRecord.class, Resolver::text));
    }

    /// The names of an address, without their last dots.
    public Answer<String> names(InetAddress address) {
        return await(
                ask(
                        Optional.of(ReverseMap.fromAddress(address)),
                        Type.PTR,
                        PTRRecord.class,
                        pointer -> plain(pointer.getTarget())));
    }

    /// The hosts that offer a service, the best first.
    ///
    /// @param name `_imaps._tcp.example.org`
    /// @return [NoData], too, where the domain says that it has no such service
    public Answer<Service> services(String name) {
        return switch (await(ask(name, Type.SRV, SRVRecord.class, Function.identity()))) {
            case Found(var records) -> offered(records);
            case NoData() -> new NoData<>();
            case NoName() -> new NoName<>();
            case Failed(var why) -> new Failed<>(why);
        };
    }

    // RFC 2782: a target of "." means that the service is decidedly not available
    private static Answer<Service> offered(List<SRVRecord> records) {
        return found(
                records.stream()
                        .filter(srv -> !srv.getTarget().equals(Name.root))
                        .map(srv ->
                                new Service(
                                        plain(srv.getTarget()),
                                        srv.getPort(),
                                        srv.getPriority(),
                                        srv.getWeight()))
                        .sorted(
                                Comparator.comparingInt(Service::priority)
                                        .thenComparing(Service::weight, Comparator.reverseOrder()))
                        .toList());
    }

    /// The hosts that take the mail of a domain (RFC 5321 §5.1), or of an address literal.
    public Exchangers exchangers(String domain) {
        if (Literal.is(domain))
            return Literal.address(domain)
                    .<Exchangers>map(address ->
                            new Exchangers.Known(
                                    List.of(new Exchanger(domain, 0, List.of(address)))))
                    .orElseGet(() -> new Exchangers.None(Exchangers.Reason.NO_DOMAIN));
        boolean inTurn = takeTurn();
        try {
            return asked(domain);
        } finally {
            if (inTurn) turns.release();
        }
    }

    private boolean takeTurn() {
        try {
            return turns.tryAcquire(TURN_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Exchangers asked(String domain) {
        return switch (await(ask(domain, Type.MX, MXRecord.class, Function.identity()))) {
            case Found(var records) -> named(records);
            case NoData() -> implicit(domain);
            case NoName() -> new Exchangers.None(Exchangers.Reason.NO_DOMAIN);
            case Failed(var why) -> new Exchangers.Unknown(why);
        };
    }

    /// The same, if DNSSEC vouches for the domain's MX records, or for there being none (RFC 4035 §4.3):
    /// nobody on the way can lead letters astray. Where the records are not signed there are none,
    /// [Exchangers.Reason#UNSIGNED]; signatures that are wrong are trouble, and may be mended (TRAPS T13).
    public Exchangers signedExchangers(String domain) {
        var name = absolute(domain);
        if (Literal.is(domain) || name.isEmpty())
            return new Exchangers.None(Exchangers.Reason.UNSIGNED);
        var question = Message.newQuery(Record.newRecord(name.get(), Type.MX, DClass.IN));
        return switch (await(vouched(question))) {
            case Found(var answers) -> vouched(domain, answers.getFirst());
            case NoData(), NoName() -> new Exchangers.None(Exchangers.Reason.UNSIGNED);
            case Failed(var why) -> new Exchangers.Unknown(why);
        };
    }

    private CompletableFuture<Answer<Message>> vouched(Message question) {
        return validator
                .get()
                .sendAsync(question, Thread::startVirtualThread)
                .toCompletableFuture()
                .<Answer<Message>>thenApply(answer -> new Found<>(List.of(answer)))
                .exceptionally(_ -> new Failed<>("no name server could answer"));
    }

    private Exchangers vouched(String domain, Message answer) {
        if (answer.getRcode() == Rcode.SERVFAIL)
            return new Exchangers.Unknown("what is said about " + domain + " is signed wrongly");
        if (!answer.getHeader().getFlag(Flags.AD))
            return new Exchangers.None(Exchangers.Reason.UNSIGNED);
        if (answer.getRcode() == Rcode.NXDOMAIN)
            return new Exchangers.None(Exchangers.Reason.NO_DOMAIN);
        var records =
                answer.getSection(Section.ANSWER).stream()
                        .filter(MXRecord.class::isInstance)
                        .map(MXRecord.class::cast)
                        .limit(MOST_VALUES)
                        .toList();
        return records.isEmpty() ? implicit(domain) : named(records);
    }

    /// RFC 5321 §5.1: without an MX the domain's own host, with a preference of 0.
    private Exchangers implicit(String domain) {
        return switch (addresses(domain)) {
            case Found(var found) ->
                    new Exchangers.Known(List.of(new Exchanger(host(domain), 0, found)));
            case NoData(), NoName() -> new Exchangers.None(Exchangers.Reason.NO_ADDRESS);
            case Failed(var why) -> new Exchangers.Unknown(why);
        };
    }

    private Exchangers named(List<MXRecord> records) {
        // RFC 7505 §3: a single MX whose host is the root; beside others it is nobody's host
        if (records.stream().allMatch(mx -> mx.getTarget().equals(Name.root)))
            return new Exchangers.None(Exchangers.Reason.NULL_MX);
        var sorted = new ArrayList<>(records);
        Collections.shuffle(sorted); // RFC 5321 §5.1: among equals, MUST randomize
        sorted.sort(Comparator.comparingInt(MXRecord::getPriority)); // which keeps equals in order
        var asked =
                sorted.stream()
                        .filter(mx -> !mx.getTarget().equals(Name.root))
                        .limit(MOST_EXCHANGERS)
                        .map(mx -> new Asked(mx, addressesOf(plain(mx.getTarget()))))
                        .toList();
        var usable = new ArrayList<Exchanger>();
        var failed = new ArrayList<String>();
        for (var each : asked)
            switch (await(each.addresses)) {
                case Found(var found) ->
                        usable.add(
                                new Exchanger(
                                        plain(each.mx.getTarget()), each.mx.getPriority(), found));
                case Failed(var why) -> failed.add(why);
                case NoData(), NoName() -> {} // not usable; another may be
            }
        if (!usable.isEmpty()) return new Exchangers.Known(usable);
        return failed.isEmpty()
                ? new Exchangers.None(Exchangers.Reason.NO_ADDRESS)
                : new Exchangers.Unknown(failed.get(0));
    }

    private record Asked(MXRecord mx, CompletableFuture<Answer<InetAddress>> addresses) {}

    private CompletableFuture<Answer<InetAddress>> addressesOf(String name) {
        var old = ask(name, Type.A, ARecord.class, ARecord::getAddress);
        var young = ask(name, Type.AAAA, AAAARecord.class, AAAARecord::getAddress);
        return old.thenCombine(young, Resolver::together);
    }

    private static Answer<InetAddress> together(
            Answer<InetAddress> old, Answer<InetAddress> young) {
        var all = new ArrayList<InetAddress>();
        if (old instanceof Found(var found)) all.addAll(found);
        if (young instanceof Found(var found)) all.addAll(found);
        if (!all.isEmpty())
            return new Found<>(all.subList(0, Math.min(all.size(), MOST_ADDRESSES)));
        return old instanceof Failed ? old : young;
    }

    private <R extends Record, T> CompletableFuture<Answer<T>> ask(
            String name, int type, Class<R> kind, Function<R, T> value) {
        return ask(absolute(name), type, kind, value);
    }

    private <R extends Record, T> CompletableFuture<Answer<T>> ask(
            Optional<Name> name, int type, Class<R> kind, Function<R, T> value) {
        if (name.isEmpty()) return CompletableFuture.completedFuture(new NoName<>());
        return session.lookupAsync(name.get(), type)
                .toCompletableFuture()
                .thenApply(result ->
                        Resolver.<T>found(
                                result.getRecords().stream()
                                        .filter(kind::isInstance)
                                        .limit(MOST_VALUES)
                                        .map(record -> value.apply(kind.cast(record)))
                                        .toList()))
                .exceptionally(failure -> failed(name.get(), failure));
    }

    private static <T> Answer<T> found(List<T> values) {
        return values.isEmpty() ? new NoData<>() : new Found<>(values);
    }

    private static <T> Answer<T> failed(Name name, Throwable failure) {
        var cause = failure.getCause() == null ? failure : failure.getCause();
        if (cause instanceof NoSuchDomainException) return new NoName<>();
        if (cause instanceof NoSuchRRSetException) return new NoData<>();
        return new Failed<>("no name server could answer for " + plain(name));
    }

    private <T> Answer<T> await(CompletableFuture<Answer<T>> answer) {
        try {
            return answer.get(deadline.toMillis() * 2, TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            return new Failed<>("no name server answered in time");
        } catch (ExecutionException e) {
            throw new Fault("asking the domain name system", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault("interrupted while asking the domain name system", e);
        }
    }

    // RFC 5321 §4.1.2: Domain = sub-domain *("." sub-domain); the underscore is for _dmarc and its
    // kin
    private static Optional<Name> absolute(String name) {
        boolean plain =
                name.chars()
                        .allMatch(c ->
                                (c >= 'a' && c <= 'z')
                                        || (c >= 'A' && c <= 'Z')
                                        || (c >= '0' && c <= '9')
                                        || c == '-'
                                        || c == '_'
                                        || c == '.');
        if (!plain || name.isEmpty() || name.startsWith(".")) return Optional.empty();
        try {
            return Optional.of(Name.fromString(name, Name.root));
        } catch (TextParseException invalid) {
            return Optional.empty();
        }
    }

    private static String plain(Name name) {
        return host(name.toString(true));
    }

    private static String host(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    private static String text(TXTRecord txt) {
        var text = new StringBuilder();
        for (var piece : txt.getStringsAsByteArrays())
            text.append(new String(piece, StandardCharsets.UTF_8));
        return text.toString();
    }
}
