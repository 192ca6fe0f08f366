package org.postroom.server;

import org.postroom.sasl.Credentials;
import org.postroom.sasl.Mechanism;
import org.postroom.sasl.ScramKeys;
import org.postroom.sasl.ServerExchange;
import org.postroom.sasl.Step;
import org.postroom.server.Admission.Admitted;
import org.postroom.store.Addressee;
import org.postroom.store.Refused;
import org.postroom.store.Store;
import org.postroom.wire.Departure;
import org.postroom.wire.Fault;
import org.postroom.wire.Line;
import org.postroom.wire.Sayable;
import org.postroom.wire.Secret;
import org.postroom.wire.Wire;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Who may come in, for all protocols alike: a name and a password, or a SASL exchange.
///
/// A password in clear text is taken from this machine over loopback, so that a person can try things
/// by telnet, and from nobody else (DECISIONS, Accounts and credentials). Someone unknown waits as
/// long as someone with a wrong password; whoever keeps being wrong waits longer ([Patience]), and
/// nobody is locked out.
public final class Doorkeeper {

    private static final int LONGEST_RESPONSE = 12_288; // RFC 4954 §4
    private static final int MOST_ROUNDS = 8; // of an exchange; SCRAM takes three

    private static final String OURSELVES = ourselves();

    private final Store store;
    private final Patience patience;

    public Doorkeeper(Store store, Patience patience) {
        this.store = store;
        this.patience = patience;
    }

    /// Whether a password may be said on this connection as it is now.
    public boolean takesPasswords(Wire wire) {
        return wire.isSecured() || wire.isLoopback();
    }

    /// The mechanisms that are announced on this connection as it is now. A client takes SCRAM when it
    /// can, and a chosen password has no keys for it, only an app password has: so SCRAM is announced
    /// where a password can't be said, and taken wherever it is asked for.
    public List<Mechanism> mechanisms(Wire wire) {
        var announced = new ArrayList<Mechanism>();
        for (var mechanism : Mechanism.values())
            if (isTaken(mechanism, wire) && (!isScram(mechanism) || !takesPasswords(wire)))
                announced.add(mechanism);
        return announced;
    }

    private boolean isTaken(Mechanism mechanism, Wire wire) {
        if (mechanism == Mechanism.EXTERNAL) return isOurs(wire);
        return takesPasswords(wire) || !mechanism.clearText;
    }

    private static boolean isScram(Mechanism mechanism) {
        return !mechanism.clearText && mechanism != Mechanism.EXTERNAL;
    }

    /// Whether the peer's process is the administrator's: it came by a socket of the home's `run` folder,
    /// and is root's or runs as the user that this server runs as.
    public static boolean isOurs(Wire wire) {
        var user = wire.peerUser();
        return user.isPresent() && (user.get().equals("root") || user.get().equals(OURSELVES));
    }

    /// As the system calls whoever owns what this process makes. The property user.name is `?` where
    /// the user has no row among the machine's, as in many a container.
    private static String ourselves() {
        try {
            var made = Files.createTempFile("postroom", "");
            try {
                return Files.getOwner(made).getName();
            } finally {
                Files.delete(made);
            }
        } catch (IOException e) {
            throw new Fault("asking who we are", e);
        }
    }

    /// A name and a password, as USER and PASS or LOGIN give them.
    public Admission admit(Wire wire, String name, Secret password) {
        if (!takesPasswords(wire)) return new Admission.NotInClearText();
        try {
            return verdict(wire, verified(name, password));
        } catch (Refused busy) {
            return new Admission.Busy();
        }
    }

    /// A SASL exchange (RFC 4954 §4, RFC 5034 §4, RFC 3501 §6.2.2). What the
    /// client says in it is secret whole.
    ///
    /// @param initial the initial response as the command bore it, in base64
    /// @param challenge how the protocol says a challenge
    public Admission admit(
            Wire wire,
            String mechanismName,
            Optional<Secret> initial,
            Function<String, Sayable> challenge)
            throws Departure {
        var mechanism = Mechanism.named(mechanismName);
        if (mechanism.isEmpty()) return new Admission.UnknownMechanism();
        if (!isTaken(mechanism.get(), wire))
            return mechanism.get() == Mechanism.EXTERNAL
                    ? new Admission.UnknownMechanism()
                    : new Admission.NotInClearText();
        var door = new Door();
        var exchange = new ServerExchange<Admitted>(mechanism.get(), door);
        var step = exchange.start(initial);
        for (int round = 0; round < MOST_ROUNDS; round++)
            switch (step) {
                case Step.Challenge<Admitted>(var base64) -> {
                    wire.say(challenge.apply(base64));
                    step = exchange.next(response(wire));
                }
                case Step.Admitted<Admitted>(var who) -> {
                    return verdict(wire, Optional.of(who));
                }
                case Step.Rejected<Admitted>(var reason) -> {
                    if (door.busy) return new Admission.Busy();
                    return switch (reason) {
                        case WRONG -> verdict(wire, Optional.empty());
                        case MALFORMED -> new Admission.Malformed();
                        case CANCELLED -> new Admission.Cancelled();
                    };
                }
            }
        return new Admission.Malformed();
    }

    /// RFC 4954 §4, RFC 5034 §4: as long as a mechanism needs, whatever a command may be.
    private static Line response(Wire wire) throws Departure {
        var limits = wire.limits();
        wire.limits(limits.withLine(Math.max(limits.line(), LONGEST_RESPONSE)));
        try {
            return wire.line();
        } finally {
            wire.limits(limits);
        }
    }

    private Admission verdict(Wire wire, Optional<Admitted> who) {
        if (who.isPresent()) {
            patience.right(wire);
            return who.get();
        }
        patience.wrong(wire);
        return new Admission.Wrong();
    }

    private Optional<Admitted> verified(String name, Secret password) throws Refused {
        var known = known(name);
        boolean right = store.passwords().verify(known.map(Admitted::account), password);
        return right ? known : Optional.empty();
    }

    private Optional<Admitted> known(String name) {
        try {
            var addressee = Addressee.of(name);
            return store.directory()
                    .find(addressee)
                    .map(account -> new Admitted(account, addressee));
        } catch (Refused badAddress) {
            return Optional.empty();
        }
    }

    /// What an exchange asks about credentials.
    private final class Door implements Credentials<Admitted> {

        private boolean busy;

        @Override
        public Optional<Admitted> password(String authorization, String name, Secret password) {
            if (!authorization.isEmpty() && !authorization.equalsIgnoreCase(name))
                return Optional.empty();
            try {
                return verified(name, password);
            } catch (Refused refused) {
                busy = true;
                return Optional.empty();
            }
        }

        @Override
        public ScramKeys<Admitted> scram(Mechanism mechanism, String name) {
            var known = known(name);
            var keys = store.passwords().scram(known.map(Admitted::account), name, hash(mechanism));
            return new ScramKeys<>(
                    keys.salt(),
                    keys.iterations(),
                    known.stream()
                            .flatMap(who ->
                                    keys.pairs().stream()
                                            .map(pair ->
                                                    new ScramKeys.Pair<>(
                                                            pair.storedKey(),
                                                            pair.serverKey(),
                                                            who)))
                            .toList());
        }

        private static org.postroom.store.ScramKeys.Hash hash(Mechanism mechanism) {
            return switch (mechanism) {
                case SCRAM_SHA_1 -> org.postroom.store.ScramKeys.Hash.SHA1;
                case SCRAM_SHA_512 -> org.postroom.store.ScramKeys.Hash.SHA512;
                case SCRAM_SHA_256, PLAIN, LOGIN, EXTERNAL ->
                        org.postroom.store.ScramKeys.Hash.SHA256;
            };
        }

        /// RFC 4422 App. A: the socket said who it is; the name says for whom.
        @Override
        public Optional<Admitted> external(String authorization) {
            return known(authorization);
        }
    }
}
