package org.postroom.server.smtp;

import org.postroom.names.Literal;
import org.postroom.queue.Consignment;
import org.postroom.queue.Recipient;
import org.postroom.queue.Route;
import org.postroom.server.Admission.Admitted;
import org.postroom.server.House;
import org.postroom.smtp.Address;
import org.postroom.smtp.Command;
import org.postroom.smtp.ForwardPath;
import org.postroom.smtp.MailParameters;
import org.postroom.smtp.MailParameters.Body;
import org.postroom.smtp.NullPath;
import org.postroom.smtp.Postmaster;
import org.postroom.smtp.RcptParameters.Notify;
import org.postroom.smtp.RcptParameters.OriginalRecipient;
import org.postroom.smtp.Refusal;
import org.postroom.smtp.Reply;
import org.postroom.store.Account;
import org.postroom.store.AccountId;
import org.postroom.store.Addressee;
import org.postroom.store.DeliveryId;
import org.postroom.store.Directory;
import org.postroom.store.Flags;
import org.postroom.store.Letter;
import org.postroom.store.MailingList;
import org.postroom.store.NewMessage;
import org.postroom.store.Refused;
import org.postroom.store.Reservation;
import org.postroom.store.Resolution;
import org.postroom.store.Resolution.Alias;
import org.postroom.store.Resolution.Local;
import org.postroom.store.Resolution.Members;
import org.postroom.store.Resolution.Moved;
import org.postroom.store.Resolution.NoSuchUser;
import org.postroom.store.Resolution.NotHere;
import org.postroom.store.Step;
import org.postroom.store.Step.What;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// What MAIL opened: a sender, the recipients that were accepted, the room that each has for the
/// letter. It exists or it does not; closing it gives everything back.
final class Transaction implements AutoCloseable {

    private static final int MOST_MOVES = 10;
    static final int MOST_RECIPIENTS = 1000; // RFC 5321 §4.5.3.1.8, TRAPS T10

    /// A recipient that was answered 250.
    ///
    /// @param rcpt as the client said it
    /// @param list which it is, if it is one
    /// @param here the accounts that it stands for
    /// @param elsewhere those whose domain is not ours
    record Named(
            Command.Rcpt rcpt,
            Optional<MailingList> list,
            List<Local> here,
            List<Address> elsewhere) {

        /// As the client wrote it.
        String path() {
            return rcpt.to().toString();
        }

        /// An alias that stands for several, and is no list.
        private boolean isForSeveral() {
            return list.isEmpty() && here.size() + elsewhere.size() > 1;
        }

        /// RFC 3461 §5.2.7.3: that it went to several is told once, and of none of them.
        private Named withoutSuccess() {
            var when = EnumSet.copyOf(rcpt.parameters().when());
            when.remove(Notify.SUCCESS);
            if (when.isEmpty()) when.add(Notify.NEVER);
            return new Named(
                    new Command.Rcpt(rcpt.to(), rcpt.parameters().withWhen(when)),
                    list,
                    here,
                    elsewhere);
        }

        /// What an account is known by, and what is to be told of it: on a list, by its own name.
        private Command.Rcpt told(Local local) {
            return list.isPresent() ? new Command.Rcpt(address(local.name())) : rcpt;
        }

        /// As it is said to the next hop. RFC 3461 §5.2.7: who the letter was first for is told, where
        /// it is another, but for a list.
        private Command.Rcpt to(Address address) {
            if (list.isPresent()) return new Command.Rcpt(address);
            var parameters = rcpt.parameters();
            if (parameters.orcpt().isEmpty()
                    && rcpt.to() instanceof Address first
                    && !first.equals(address))
                parameters = parameters.withOrcpt(OriginalRecipient.of(first));
            return new Command.Rcpt(address, parameters);
        }
    }

    /// What an account keeps free for the letter.
    private static final class Room {

        final Account account;
        final Reservation reservation;
        long octets;

        Room(Account account, long octets) throws Refused {
            this.account = account;
            this.reservation = account.reserveMessage(octets);
            this.octets = octets;
        }

        void fit(long other) throws Refused {
            if (other > octets) reservation.grow(other - octets);
            octets = Math.max(octets, other);
        }
    }

    private final House house;
    private final Optional<InetAddress> ourselves;
    private final Command.Mail mail;
    private final Manner manner;
    private final Caller caller;
    private final List<Named> recipients = new ArrayList<>();
    private final Map<AccountId, Room> rooms = new LinkedHashMap<>();
    private final Set<AccountId> served = new HashSet<>();
    private boolean asked;

    /// @param local where the caller reached us: one of our addresses
    /// @param caller who may send to whom he likes once he has signed in
    Transaction(House house, SocketAddress local, Command.Mail mail, Manner manner, Caller caller) {
        this.house = house;
        this.ourselves =
                local instanceof InetSocketAddress inet
                        ? Optional.of(inet.getAddress())
                        : Optional.empty();
        this.mail = mail;
        this.manner = manner;
        this.caller = caller;
    }

    Command.Mail mail() {
        return mail;
    }

    Manner manner() {
        return manner;
    }

    List<Named> recipients() {
        return recipients;
    }

    /// @throws Refusal why this recipient is not taken; those before it stay
    Reply rcpt(Command.Rcpt rcpt) throws Refusal {
        asked = true;
        if (recipients.size() == MOST_RECIPIENTS) throw new Refusal(Reply.TOO_MANY_RECIPIENTS);
        var reply = Reply.RECIPIENT_OK;
        var resolution = resolve(rcpt.to());
        for (int i = 0; resolution instanceof Moved(var there, var forwards); i++) {
            if (!forwards) throw new Refusal(Reply.moved(there.toString()));
            if (i == MOST_MOVES) throw new Refusal(Reply.LOOP);
            reply = Reply.forwarding(there.toString());
            resolution = house.store().directory().resolve(there);
            if (resolution instanceof NotHere) resolution = new Alias(List.of(), List.of(there));
        }
        var recipient =
                switch (resolution) {
                    case Local local ->
                            new Named(rcpt, Optional.empty(), List.of(local), List.of());
                    case Alias(var here, var elsewhere) ->
                            new Named(rcpt, Optional.empty(), here, addresses(elsewhere));
                    case NotHere() -> {
                        if (!(rcpt.to() instanceof Address address) || !maySend(address))
                            throw new Refusal(Reply.NO_RELAY);
                        yield new Named(rcpt, Optional.empty(), List.of(), List.of(address));
                    }
                    case Members(var list, var here, var elsewhere) -> {
                        if (!house.store().directory().mayWrite(list, sender()))
                            throw new Refusal(Reply.MEMBERS_ONLY);
                        yield new Named(rcpt, Optional.of(list), here, addresses(elsewhere));
                    }
                    case Moved _, NoSuchUser _ -> throw new Refusal(Reply.NO_SUCH_USER);
                };
        if (manner == Manner.SEND) demandListener(recipient);
        // a list is not shut by one full mailbox: what that member can't have, its owner hears of
        else if (recipient.list().isEmpty())
            for (var local : recipient.here()) makeRoom(local.account());
        recipients.add(recipient);
        return reply;
    }

    /// Who has signed in may send anywhere, strangers where this server is a domain's backup.
    private boolean maySend(Address address) throws Refusal {
        if (caller.isSignedIn()) return true;
        var route = house.settings().get().route(addressee(address).domain());
        return route.filter(Route::accepted).isPresent();
    }

    /// RFC 821 §3.4: somebody who is there, and in one transaction nobody else: one reply could not say
    /// what became of two.
    private void demandListener(Named recipient) throws Refusal {
        if (!recipients.isEmpty()) throw new Refusal(Reply.ONE_AT_A_TIME);
        new Speaking(house.store().watch()).demandSomebody(recipient);
    }

    private Optional<Addressee> sender() throws Refusal {
        return switch (mail.from()) {
            case NullPath() -> Optional.empty();
            case Address address -> Optional.of(addressee(address));
        };
    }

    private Resolution resolve(ForwardPath to) throws Refusal {
        var directory = house.store().directory();
        return switch (to) {
            case Postmaster() -> directory.postmaster();
            case Address address -> {
                if (isOurs(address.domain())) yield atOurAddress(address, directory);
                yield directory.resolve(addressee(address));
            }
        };
    }

    /// Whether a domain is the address, in figures, by which the caller reached us.
    private boolean isOurs(String domain) {
        return Literal.is(domain) && Literal.address(domain).equals(ourselves);
    }

    /// RFC 5321 §4.5.1: only the postmaster has letters at our address in figures.
    private static Resolution atOurAddress(Address address, Directory directory) {
        return address.localPart().equalsIgnoreCase("postmaster")
                ? directory.postmaster()
                : new NoSuchUser();
    }

    static Addressee addressee(Address address) throws Refusal {
        try {
            return Addressee.of(address.localPart(), address.domain());
        } catch (Refused badAddress) {
            throw new Refusal(Reply.BAD_RECIPIENT);
        }
    }

    private static List<Address> addresses(List<Addressee> elsewhere) {
        return elsewhere.stream().map(Transaction::address).toList();
    }

    private static Address address(Addressee addressee) {
        return new Address(addressee.localPart(), addressee.domain());
    }

    /// Reserves what the client reckons, or an octet where it says nothing: what is full already is
    /// known before the letter comes.
    private void makeRoom(AccountId id) throws Refusal {
        if (rooms.containsKey(id)) return;
        try {
            long octets = Math.max(1, mail.parameters().size().orElse(1));
            rooms.put(id, new Room(house.store().account(id), octets));
        } catch (Refused refused) {
            throw new Refusal(reply(refused));
        }
    }

    /// Those among the recipients.
    List<MailingList> lists() {
        return recipients.stream().flatMap(named -> named.list().stream()).toList();
    }

    /// Whether a letter may come now.
    ///
    /// @throws Refusal why not
    void ready() throws Refusal {
        if (recipients.isEmpty()) throw new Refusal(asked ? Reply.NO_RECIPIENTS : Reply.RCPT_FIRST);
    }

    /// Takes the letter for whom these recipients stand for, in one commit, each of them once: an alias
    /// and its member that are named together get one copy, and so does who is on a list besides. It is
    /// on disk when this returns.
    ///
    /// @param eightBit whether it has an octet beyond ASCII
    /// @throws Refusal nobody of them has it
    void keep(Letter letter, boolean eightBit, Stamp stamp, List<Named> some) throws Refusal {
        var mail = truly(eightBit);
        var taken = new HashSet<Object>(served);
        var all = new ArrayList<Consignment>();
        var direct = new ArrayList<Recipient>();
        for (var named : some)
            if (named.list().isEmpty()) direct.addAll(recipients(named, stamp, taken));
            else if (named.rcpt().parameters().asksFor(Notify.SUCCESS))
                direct.add(new Recipient.Distributed(named.rcpt()));
        if (!direct.isEmpty()) all.add(consignment(mail, stamp, direct));
        for (var named : some)
            named.list()
                    .ifPresent(list -> {
                        var through = stamp.through(list);
                        var members = recipients(named, through, taken);
                        if (!members.isEmpty())
                            all.add(consignment(onBehalfOf(list, mail), through, members));
                    });
        try {
            for (var id : rooms.keySet()) if (taken.contains(id)) room(id).fit(letter.size());
            commit(letter, stamp.id(), all);
        } catch (Refused refused) {
            throw new Refusal(reply(refused));
        }
        for (var who : taken) if (who instanceof AccountId account) served.add(account);
    }

    /// Those behind a name who have not been taken already.
    private static List<Recipient> recipients(Named all, Stamp stamp, Set<Object> taken) {
        var recipients = new ArrayList<Recipient>();
        var named = all;
        if (all.isForSeveral() && all.rcpt().parameters().asksFor(Notify.SUCCESS)) {
            recipients.add(new Recipient.Expanded(all.rcpt()));
            named = all.withoutSuccess();
        }
        for (var local : named.here())
            if (taken.add(local.account()))
                recipients.add(
                        new Recipient.Local(
                                local.account(), stamp.prefix(local), named.told(local)));
        for (var address : named.elsewhere())
            if (taken.add(address)) recipients.add(new Recipient.Elsewhere(named.to(address)));
        return recipients;
    }

    private Room room(AccountId id) {
        return Objects.requireNonNull(rooms.get(id), "a recipient without room");
    }

    private Consignment consignment(Command.Mail mail, Stamp stamp, List<Recipient> recipients) {
        return new Consignment(
                stamp.id(),
                mail,
                stamp.received(),
                caller.who().map(Admitted::account),
                recipients);
    }

    /// RFC 3461 §5.2.7.1: what the sender asked to be told is over where the list begins; RFC 8689 §5:
    /// what protects the letter is not.
    private static Command.Mail onBehalfOf(MailingList list, Command.Mail mail) {
        var said = mail.parameters();
        var parameters =
                MailParameters.NONE
                        .withBody(said.body())
                        .withUtf8(said.utf8())
                        .withRequireTls(said.requireTls())
                        .withHold(said.hold())
                        .withPriority(said.priority()); // RFC 6710 §4.4
        return new Command.Mail(Stamp.returnPath(list), parameters);
    }

    /// One account and nothing to be told about it is one commit there; everything else is the queue's.
    private void commit(Letter letter, String id, List<Consignment> all) throws Refused {
        if (all.isEmpty()) return;
        var journeys = house.store().journeys();
        var messageId = Objects.requireNonNullElse(letter.summary().envelope().messageId(), "");
        var accepted = Step.now(What.ACCEPTED, "", "from " + mail.from() + " by " + caller.name());
        if (all.size() == 1
                && all.getFirst().recipients().size() == 1
                && all.getFirst().recipients().getFirst()
                        instanceof Recipient.Local(var account, var prefix, var rcpt)
                && rooms.containsKey(account)
                && mail.parameters().hold().isEmpty()
                && !rcpt.parameters().asksFor(Notify.SUCCESS)) {
            var message = new NewMessage(letter, prefix, Flags.NONE, Instant.now());
            room(account).account.deliver(DeliveryId.random(), message);
            if (rcpt.to() instanceof Address to)
                house.queue().delivered(room(account).account, mail.from(), to, letter);
            journeys.begin(id, messageId, accepted);
            journeys.note(id, Step.now(What.FILED, rcpt.to().toString(), ""));
        } else {
            journeys.begin(id, messageId, accepted);
            house.queue().accept(letter, all);
        }
    }

    /// What the letter's body is, whatever the client called it (RFC 6152 §3).
    private Command.Mail truly(boolean eightBit) {
        var parameters = mail.parameters();
        if (!eightBit || parameters.body().filter(it -> it == Body.BINARY).isPresent()) return mail;
        return new Command.Mail(mail.from(), parameters.withBody(Body.EIGHT_BIT));
    }

    /// What the store's refusals are in SMTP.
    private static Reply reply(Refused refused) {
        return switch (refused.reason()) {
            case OVER_QUOTA -> Reply.MAILBOX_FULL;
            case NO_SUCH_ACCOUNT -> Reply.NO_SUCH_USER;
            default -> Reply.LOCAL_ERROR;
        };
    }

    @Override
    public void close() {
        for (var room : rooms.values()) room.reservation.close();
    }
}
