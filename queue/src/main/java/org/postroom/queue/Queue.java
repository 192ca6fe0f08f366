package org.postroom.queue;

import org.postroom.names.Resolver;
import org.postroom.smtp.Address;
import org.postroom.smtp.Refusal;
import org.postroom.smtp.ReversePath;
import org.postroom.smtp.SmtpClient;
import org.postroom.store.Account;
import org.postroom.store.Letter;
import org.postroom.store.Step;
import org.postroom.store.Store;
import org.postroom.wire.Tap;
import org.postroom.wire.Tls;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/// Letters that were accepted and are not delivered yet, and what is done so that they are. Open it
/// once the store is, close it before.
public final class Queue implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Queue.class.getName());

    /// Conversations at once, most of them with servers that hang. A descriptor each.
    private static final int MOST_CONVERSATIONS = 20_000;

    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final Supplier<QueueSettings> settings;
    private final InstantSource clock;
    private final Ledger ledger;
    private final Dispatcher dispatcher;
    private final DueReader reader;
    private final Courier.Office office;
    private final Desk desk;
    private final Absence absence;
    private final Set<String> calledFor = new HashSet<>();

    private Queue(
            Store store,
            Resolver resolver,
            Supplier<QueueSettings> settings,
            Function<SocketAddress, Tap> taps,
            Supplier<Tls.Client> verified,
            InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        var routing = new Routing(resolver, settings, interfaces());
        ledger = new Ledger(store.commits(), routing::waits);
        dispatcher =
                new Dispatcher(MOST_CONVERSATIONS, routing::destination, this::serve, this::room);
        reader = new DueReader(ledger, dispatcher, clock);
        var bookkeeper = new Bookkeeper(store, ledger, settings);
        absence = new Absence(store, settings, clock, bookkeeper::recipients, this::accept);
        office =
                new Courier.Office(
                        store,
                        ledger,
                        dispatcher,
                        bookkeeper,
                        new HomeDelivery(store, absence::delivered),
                        routing,
                        new Dialer(settings, taps, verified),
                        reader,
                        clock);
        desk = new Desk(store, ledger, clock, dispatcher::isInHand, office::expect);
    }

    /// Begins with what a crash, or the last end, left behind.
    ///
    /// @param taps whoever wants to hear the calls that are made
    public static Queue open(
            Store store,
            Resolver resolver,
            Supplier<QueueSettings> settings,
            Function<SocketAddress, Tap> taps) {
        return open(store, resolver, settings, taps, Tls::verified);
    }

    /// @param verified whose word is taken for who a next hop is; that of those whom the system trusts
    ///     otherwise
    public static Queue open(
            Store store,
            Resolver resolver,
            Supplier<QueueSettings> settings,
            Function<SocketAddress, Tap> taps,
            Supplier<Tls.Client> verified) {
        return open(store, resolver, settings, taps, verified, new Monotone());
    }

    static Queue open(
            Store store,
            Resolver resolver,
            Supplier<QueueSettings> settings,
            Function<SocketAddress, Tap> taps,
            Supplier<Tls.Client> verified,
            InstantSource clock) {
        var queue = new Queue(store, resolver, settings, taps, verified, clock);
        queue.reader.start();
        return queue;
    }

    private void serve(Destination destination) {
        new Courier(office, destination).run();
    }

    private void room() {
        reader.room();
    }

    private static Set<InetAddress> interfaces() {
        var all = new HashSet<InetAddress>();
        try {
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .forEach(all::add);
        } catch (SocketException none) {
            LOG.log(System.Logger.Level.WARNING, "this machine's addresses are not known", none);
        }
        return all;
    }

    /// Takes a letter: it is on disk when this returns, and whoever sent it may hear 250. It does not
    /// look at quota: reserve before.
    ///
    /// @param letter its draft must still be open
    public void accept(Letter letter, List<Consignment> consignments) {
        var due =
                ledger.accept(
                        letter, consignments, clock.millis(), settings.get().keepFor().toMillis());
        for (var consignment : consignments)
            if (!consignment.id().isEmpty())
                office.store()
                        .journeys()
                        .note(
                                consignment.id(),
                                Step.now(
                                        Step.What.QUEUED,
                                        "",
                                        consignment.recipients().size() + " recipients"));
        office.expect(due);
    }

    /// A letter was put into an account's mailbox without having been in the queue: whoever sent it may
    /// have to hear that its owner is away.
    ///
    /// @param to by which address it came
    public void delivered(Account account, ReversePath from, Address to, Letter letter) {
        absence.delivered(account, from, to, letter);
    }

    /// How many envelopes are there.
    public long waiting() {
        return ledger.waiting();
    }

    /// Conversations with next hops, and deliveries here, that go on.
    public int couriers() {
        return dispatcher.couriers();
    }

    /// Tries what waits for a domain now, whatever happened there before (RFC 1985 §3).
    public void hurry(String domain) {
        dispatcher.reopen(domain);
        desk.hurry(Optional.of(domain));
        reader.wake();
    }

    /// Tries all that waits now.
    ///
    /// @return how many recipients
    public int hurry() {
        dispatcher.reopenAll();
        int count = desk.hurry(Optional.empty());
        reader.wake();
        return count;
    }

    /// Takes what waits for these domains for whoever calls for it: ATRN and TURN, with the roles
    /// reversed (RFC 2645 §5.3, RFC 821 §3.8).
    ///
    /// @return nothing when somebody else is being given letters for one of them
    public Optional<Handover> handover(Set<String> domains) {
        synchronized (calledFor) {
            if (domains.stream().anyMatch(calledFor::contains)) return Optional.empty();
            calledFor.addAll(domains);
        }
        return Optional.of(
                new Handover(
                        office,
                        desk,
                        domains,
                        () -> {
                            synchronized (calledFor) {
                                calledFor.removeAll(domains);
                            }
                        }));
    }

    /// Calls the host that a route names, with the TLS that it demands, and signs in there; what is said
    /// then, and good-bye, is the caller's.
    ///
    /// @throws Refusal the host's words, or ours when it can't be reached
    public SmtpClient call(Route route) throws Refusal {
        try {
            return office.dialer().dial(office.routing().to(route)).client();
        } catch (Dialer.Unreached unreached) {
            throw new Refusal(unreached.said().reply());
        }
    }

    /// Where it is looked into and changed.
    public Desk desk() {
        return desk;
    }

    /// Takes no work up any more, lets running transactions end, and closes.
    @Override
    public void close() {
        reader.close();
        dispatcher.close(DRAIN);
    }
}
