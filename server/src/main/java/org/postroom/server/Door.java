package org.postroom.server;

import org.postroom.sasl.Credentials;
import org.postroom.sasl.Mechanism;
import org.postroom.sasl.ScramKeys;
import org.postroom.sasl.ServerExchange;
import org.postroom.sasl.Step;
import org.postroom.server.Admission.Admitted;
import org.postroom.server.Admission.CodeWanted;
import org.postroom.store.AccountId;
import org.postroom.store.Proof;
import org.postroom.store.Refused;
import org.postroom.store.Use;
import org.postroom.wire.Departure;
import org.postroom.wire.Line;
import org.postroom.wire.Sayable;
import org.postroom.wire.Secret;
import org.postroom.wire.Wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Where a connection signs in: by a name and a password, or in a SASL exchange.
///
/// A password in clear text is taken from this machine over loopback, so that a person can try things
/// by telnet, and from nobody else (DECISIONS, Accounts and credentials). Someone unknown waits as
/// long as someone with a wrong password; whoever keeps being wrong waits longer ([Patience]) and is
/// sent away, and nobody is locked out. Each try is written down.
public final class Door {

    private static final int MOST_ROUNDS = 8; // of an exchange; SCRAM takes three
    private static final int LONGEST_RESPONSE = 12_288; // RFC 4954 §4
    private static final int MOST_TRIES = 5; // of a password, on one connection (TRAPS F7)

    private final Doorkeeper keeper;
    private final Wire wire;
    private final Journal journal;
    private final Use use;
    private int tries;
    private boolean codes;
    private boolean clearText;

    Door(Doorkeeper keeper, Wire wire, Journal journal, Use use) {
        this.use = use;
        this.keeper = keeper;
        this.wire = wire;
        this.journal = journal;
    }

    /// Whoever has not signed in when the patience with strangers is over is sent away, whatever was
    /// said meanwhile.
    public void hurry() {
        wire.endAfter(keeper.patience.ofStrangers());
    }

    /// Says that one-time codes can be said here ([#admit(CodeWanted,Secret)]). Elsewhere the chosen password
    /// of an account with a second factor is as good as a wrong one, and counted so.
    public void takesCodes() {
        codes = true;
    }

    /// Whether a password may be said on this connection as it is now.
    public boolean takesPasswords() {
        return clearText || wire.isSecured() || wire.isLoopback();
    }

    /// Whether passwords are taken in clear text, too: a device that knows nothing else, at an address that
    /// an administrator named for it.
    public void takesClearText(boolean allowed) {
        clearText = allowed;
    }

    /// The mechanisms that are announced on this connection as it is now. A client takes SCRAM when it
    /// can, and a chosen password has no keys for it, only an app password has: so SCRAM is announced
    /// where a password can't be said, and taken wherever it is asked for.
    public List<Mechanism> mechanisms() {
        var announced = new ArrayList<Mechanism>();
        for (var mechanism : Mechanism.values())
            if (isTaken(mechanism)
                    && !mechanism.isBound() // or "y" would mean that somebody hid it (RFC 5802 §6)
                    && (!isScram(mechanism) || !takesPasswords())) announced.add(mechanism);
        return announced;
    }

    private boolean isTaken(Mechanism mechanism) {
        if (mechanism == Mechanism.EXTERNAL) return Doorkeeper.isOurs(wire);
        if (mechanism.isBound()) return wire.isSecured();
        return takesPasswords() || !mechanism.clearText;
    }

    private static boolean isScram(Mechanism mechanism) {
        return !mechanism.clearText && mechanism != Mechanism.EXTERNAL;
    }

    /// A name and a password, as USER and PASS or LOGIN give them.
    ///
    /// @throws Departure TOO_MANY
    public Admission admit(String name, Secret password) throws Departure {
        if (!takesPasswords()) return new Admission.NotInClearText();
        var asked = new Asked();
        var who = asked.password("", name, password);
        return asked.busy ? new Admission.Busy() : verdict("password", asked, who);
    }

    /// A SASL exchange (RFC 4954 §4, RFC 5034 §4, RFC 3501 §6.2.2). What the
    /// client says in it is secret whole.
    ///
    /// @param initial the initial response as the command bore it, in base64
    /// @param challenge how the protocol says a challenge
    /// @throws Departure TOO_MANY, or the client's in the middle of it
    public Admission admit(
            String mechanismName, Optional<Secret> initial, Function<String, Sayable> challenge)
            throws Departure {
        var mechanism = Mechanism.named(mechanismName);
        if (mechanism.isEmpty()) return new Admission.UnknownMechanism();
        if (!isTaken(mechanism.get()))
            return mechanism.get() == Mechanism.EXTERNAL
                    ? new Admission.UnknownMechanism()
                    : new Admission.NotInClearText();
        String saslName = mechanism.get().saslName;
        var asked = new Asked();
        var exchange = new ServerExchange<Admitted>(mechanism.get(), asked, wire::channelBinding);
        var step = exchange.start(initial);
        for (int round = 0; round < MOST_ROUNDS; round++)
            switch (step) {
                case Step.Challenge<Admitted>(var base64) -> {
                    wire.say(challenge.apply(base64));
                    step = exchange.next(response());
                }
                case Step.Admitted<Admitted>(var who) -> {
                    return verdict(saslName, asked, Optional.of(who));
                }
                case Step.Rejected<Admitted>(var reason) -> {
                    if (asked.busy) return new Admission.Busy();
                    return switch (reason) {
                        case WRONG -> verdict(saslName, asked, Optional.empty());
                        case MALFORMED -> new Admission.Malformed();
                        case CANCELLED -> new Admission.Cancelled();
                    };
                }
            }
        return new Admission.Malformed();
    }

    /// RFC 4954 §4, RFC 5034 §4: as long as a mechanism needs, whatever a command may be.
    private Line response() throws Departure {
        var limits = wire.limits();
        wire.limits(limits.withLine(Math.max(limits.line(), LONGEST_RESPONSE)));
        try {
            return wire.line();
        } finally {
            wire.limits(limits);
        }
    }

    private Admission verdict(String mechanism, Asked asked, Optional<Admitted> who)
            throws Departure {
        var account = asked.known.map(Admitted::account);
        // a name that nobody has may be a password in the wrong place
        write(mechanism, asked.known, who.isPresent() ? "ok" : asked.half ? "half" : "wrong");
        if (who.isPresent()) return welcome(who.get());
        if (asked.half && codes && asked.known.isPresent())
            return new CodeWanted(asked.known.get().account(), asked.known.get().name());
        countWrong(account);
        return new Admission.Wrong();
    }

    /// The second of two factors, a one-time code.
    ///
    /// @param half what came of the first
    /// @throws Departure TOO_MANY
    public Admission admit(CodeWanted half, Secret code) throws Departure {
        var who = new Admitted(half.account(), half.name());
        try {
            boolean right = keeper.store.secondFactors().take(half.account(), code);
            write("code", Optional.of(who), right ? "ok" : "wrong");
            if (right) return welcome(who);
        } catch (Refused refused) { // or the account was removed meanwhile
            return new Admission.Busy();
        }
        countWrong(Optional.of(half.account()));
        return new Admission.Wrong();
    }

    private void write(String mechanism, Optional<Admitted> who, String result) {
        journal.about("sign-in", wire)
                .with("mechanism", mechanism)
                .with("account", who.map(known -> known.name().toString()).orElse(""))
                .with("result", result)
                .write();
    }

    private Admission welcome(Admitted who) {
        wire.endNever();
        keeper.patience.right(wire.network(), Optional.of(who.account()));
        return who;
    }

    private void countWrong(Optional<AccountId> account) throws Departure {
        keeper.patience.wrong(wire.network(), account);
        if (++tries >= MOST_TRIES)
            throw new Departure(Departure.Kind.TOO_MANY, "too many wrong passwords");
    }

    /// What an exchange asks about credentials, and whom it was about.
    private final class Asked implements Credentials<Admitted> {

        private Optional<Admitted> known = Optional.empty();
        private boolean busy;
        private boolean half;

        @Override
        public Optional<Admitted> password(String authorization, String name, Secret password) {
            if (!authorization.isEmpty() && !authorization.equalsIgnoreCase(name))
                return Optional.empty();
            known = keeper.known(name);
            try {
                var account = known.map(Admitted::account);
                var proof = keeper.verify(wire.network(), account, password, use);
                half = proof == Proof.HALF;
                return proof == Proof.WHOLE ? known : Optional.empty();
            } catch (Refused refused) {
                busy = true;
                return Optional.empty();
            }
        }

        @Override
        public ScramKeys<Admitted> scram(Mechanism mechanism, String name) {
            known = keeper.known(name);
            var passwords = keeper.store.passwords();
            var keys = passwords.scram(known.map(Admitted::account), name, hash(mechanism), use);
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
                case SCRAM_SHA_1, SCRAM_SHA_1_PLUS -> org.postroom.store.ScramKeys.Hash.SHA1;
                case SCRAM_SHA_512, SCRAM_SHA_512_PLUS -> org.postroom.store.ScramKeys.Hash.SHA512;
                case SCRAM_SHA_256, SCRAM_SHA_256_PLUS, PLAIN, LOGIN, EXTERNAL ->
                        org.postroom.store.ScramKeys.Hash.SHA256;
            };
        }

        /// RFC 4422 App. A: the socket said who it is; the name says for whom.
        @Override
        public Optional<Admitted> external(String authorization) {
            known = keeper.known(authorization);
            return known;
        }
    }
}
