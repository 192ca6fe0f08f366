package org.postroom.server.smtp;

import org.jspecify.annotations.Nullable;
import org.postroom.server.House;
import org.postroom.smtp.Address;
import org.postroom.smtp.Command;
import org.postroom.smtp.ForwardPath;
import org.postroom.smtp.NullPath;
import org.postroom.smtp.Postmaster;
import org.postroom.smtp.Refusal;
import org.postroom.smtp.Reply;
import org.postroom.store.Account;
import org.postroom.store.AccountId;
import org.postroom.store.Addressee;
import org.postroom.store.DeliveryId;
import org.postroom.store.Directory;
import org.postroom.store.Flags;
import org.postroom.store.Letter;
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
import org.postroom.store.Spool;

import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// What MAIL opened: a sender, the recipients that were accepted, the room that each has for the
/// letter, and the next hop's own transaction where one of them is elsewhere. It exists or it does
/// not; closing it gives everything back.
final class Transaction implements AutoCloseable {

    private static final int MOST_MOVES = 10;
    private static final int MOST_RECIPIENTS = 1000; // RFC 5321 §4.5.3.1.8, TRAPS T10

    /// A recipient that was answered 250.
    ///
    /// @param path as the client wrote it
    /// @param here the accounts that it stands for
    /// @param elsewhere those that the next hop has accepted
    record Recipient(String path, List<Local> here, List<Address> elsewhere) {}

    /// What an account keeps free for the letter.
    private static final class Room {

        final Account account;
        final Reservation reservation;
        long octets;

        Room(Account account, long octets) throws Refused {
            this.account = account;
            this.reservation = account.reserve(octets);
            this.octets = octets;
        }

        void fit(long other) throws Refused {
            if (other > octets) reservation.grow(other - octets);
            octets = Math.max(octets, other);
        }
    }

    private final House house;
    private final Routing routing;
    private final Command.Mail mail;
    private final boolean mayRelay;
    private final List<Recipient> recipients = new ArrayList<>();
    private final Map<AccountId, Room> rooms = new LinkedHashMap<>();
    private final Set<AccountId> served = new HashSet<>();
    private @Nullable Relay relay;
    private @Nullable Reply broken;
    private boolean asked;

    /// @param mayRelay whether the client may send to whom it likes
    Transaction(House house, Routing routing, Command.Mail mail, boolean mayRelay) {
        this.house = house;
        this.routing = routing;
        this.mail = mail;
        this.mayRelay = mayRelay;
    }

    Command.Mail mail() {
        return mail;
    }

    List<Recipient> recipients() {
        return recipients;
    }

    /// @throws Refusal why this recipient is not taken; those before it stay
    Reply rcpt(ForwardPath to) throws Refusal {
        asked = true;
        if (recipients.size() == MOST_RECIPIENTS) throw new Refusal(Reply.TOO_MANY_RECIPIENTS);
        String path = to.toString();
        var reply = Reply.RECIPIENT_OK;
        var resolution = resolve(to);
        for (int i = 0; resolution instanceof Moved(var there, var forwards); i++) {
            if (!forwards) throw new Refusal(Reply.moved(there.toString()));
            if (i == MOST_MOVES) throw new Refusal(Reply.LOOP);
            reply = Reply.forwarding(there.toString());
            resolution = house.store().directory().resolve(there);
            if (resolution instanceof NotHere) resolution = new Alias(List.of(), List.of(there));
        }
        var recipient =
                switch (resolution) {
                    case Local local -> new Recipient(path, List.of(local), List.of());
                    case Alias(var here, var elsewhere) ->
                            new Recipient(
                                    path,
                                    here,
                                    elsewhere.stream().map(Transaction::address).toList());
                    case NotHere() -> {
                        if (!mayRelay || !(to instanceof Address address))
                            throw new Refusal(Reply.NO_RELAY);
                        yield new Recipient(path, List.of(), List.of(address));
                    }
                    case Members(var list, var here, var elsewhere) -> {
                        if (!house.store().directory().mayWrite(list, sender()))
                            throw new Refusal(Reply.MEMBERS_ONLY);
                        yield new Recipient(
                                path, here, elsewhere.stream().map(Transaction::address).toList());
                    }
                    case Moved _, NoSuchUser _ -> throw new Refusal(Reply.NO_SUCH_USER);
                };
        for (var local : recipient.here()) makeRoom(local.account());
        onward(recipient.elsewhere());
        recipients.add(recipient);
        return reply;
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
                if (!address.isAscii()) throw new Refusal(Reply.NOT_ASCII);
                if (routing.isOurs(address.domain())) yield atOurAddress(address, directory);
                yield directory.resolve(addressee(address));
            }
        };
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

    private void onward(List<Address> elsewhere) throws Refusal {
        boolean some = false;
        for (var address : elsewhere)
            try {
                relayTo(address.domain()).rcpt(address);
                some = true;
            } catch (Refusal refusal) {
                if (some) broken = refusal.reply(); // an alias of which the next hop has a half
                throw refusal;
            }
    }

    private Relay relayTo(String domain) throws Refusal {
        var hop = routing.to(domain);
        var open = relay;
        if (open == null) {
            open = Relay.open(house, hop, mail);
            relay = open;
        } else if (!open.hop().isSameAs(hop)) throw new Refusal(Reply.ONE_HOP_AT_A_TIME);
        return open;
    }

    /// Whether a letter may come now.
    ///
    /// @throws Refusal why not
    void ready() throws Refusal {
        if (broken != null) throw new Refusal(broken);
        if (recipients.isEmpty()) throw new Refusal(asked ? Reply.NO_RECIPIENTS : Reply.RCPT_FIRST);
    }

    /// Sends the letter to the next hop, if anybody is elsewhere, once it is sure that it fits here.
    ///
    /// @param letter with its trace
    /// @throws Refusal as the next hop said it: nobody has the letter yet
    void sendOnward(InputStream letter, long octets, boolean eightBit) throws Refusal {
        var open = relay;
        if (open == null) return;
        try {
            for (var room : rooms.values()) room.fit(octets);
        } catch (Refused refused) {
            throw new Refusal(reply(refused));
        }
        open.data(letter, eightBit);
    }

    /// Gives the letter to the accounts that these recipients stand for, in one commit, each account
    /// once: an alias and its member that are named together get one copy. It is on disk when this
    /// returns.
    ///
    /// @throws Refusal nobody of them has it
    void keep(Letter letter, Stamp stamp, List<Recipient> some) throws Refusal {
        var accounts = new LinkedHashMap<AccountId, Local>();
        for (var recipient : some)
            for (var local : recipient.here())
                if (!served.contains(local.account())) accounts.put(local.account(), local);
        try {
            for (var id : accounts.keySet()) room(id).fit(letter.size());
            commit(letter, stamp, List.copyOf(accounts.values()));
        } catch (Refused refused) {
            throw new Refusal(reply(refused));
        }
        served.addAll(accounts.keySet());
    }

    private Room room(AccountId id) {
        return Objects.requireNonNull(rooms.get(id), "a recipient without room");
    }

    private void commit(Letter letter, Stamp stamp, List<Local> accounts) throws Refused {
        if (accounts.size() == 1) {
            var local = accounts.getFirst();
            var message = new NewMessage(letter, stamp.prefix(local), Flags.NONE, Instant.now());
            room(local.account()).account.deliver(DeliveryId.random(), message);
        } else if (accounts.size() > 1) {
            var all = new ArrayList<Spool.Recipient>();
            for (var local : accounts)
                all.add(new Spool.Recipient(local.account(), stamp.prefix(local)));
            house.store().spool().accept(letter, all);
        }
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
        var open = relay;
        if (open != null) open.close();
    }
}
