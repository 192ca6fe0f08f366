package org.postroom.sasl;

import org.postroom.sasl.Step.Challenge;
import org.postroom.sasl.Step.Reason;
import org.postroom.sasl.Step.Rejected;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/// The server's side of SCRAM (RFC 5802 §5), with channel binding or without: the client's two messages, and
/// an empty one that acknowledges the server's signature.
///
/// What has been heard is which state is held.
final class ScramScript<I> implements ServerExchange.Script<I> {

    private sealed interface State<I> {
        record Fresh<I>() implements State<I> {}

        /// @param bound what `c=` has to say: the gs2-header as it came, and the binding's data
        /// @param messages AuthMessage so far
        @SuppressWarnings("ArrayRecordComponent") // compared in constant time only
        record Asked<I>(
                byte[] bound,
                String authorization,
                String authentication,
                String nonce,
                String messages,
                ScramKeys<I> keys)
                implements State<I> {}

        record Proven<I>(I who) implements State<I> {}
    }

    private final Scram scram;
    private final Credentials<I> credentials;
    private final Mechanism mechanism;
    private final Binding binding;
    private final Supplier<String> nonces;
    private State<I> state = new State.Fresh<>();

    ScramScript(Mechanism mechanism, Credentials<I> credentials, Supplier<String> nonces) {
        this(mechanism, credentials, Binding.NONE, nonces);
    }

    ScramScript(
            Mechanism mechanism,
            Credentials<I> credentials,
            Binding binding,
            Supplier<String> nonces) {
        this.binding = binding;
        this.scram = Scram.of(mechanism);
        this.mechanism = mechanism;
        this.credentials = credentials;
        this.nonces = nonces;
    }

    @Override
    public Step<I> hear(String response) {
        return switch (state) {
            case State.Fresh() -> clientFirst(response);
            case State.Asked<I> asked -> clientFinal(asked, response);
            case State.Proven(var who) ->
                    response.isEmpty() ? new Step.Admitted<>(who) : malformed();
        };
    }

    // RFC 5802 §7: client-first-message = gs2-header client-first-message-bare
    // gs2-header = gs2-cbind-flag "," [ authzid ] ","
    // client-first-message-bare = [reserved-mext ","] username "," nonce ["," extensions]
    private Step<I> clientFirst(String message) {
        String[] parts = message.split(",", -1);
        if (parts.length < 4) return malformed();
        var data = data(parts[0]);
        if (data.isEmpty()) return malformed();
        var authorization =
                parts[1].isEmpty()
                        ? Optional.of("")
                        : Scram.value('a', parts[1]).flatMap(Scram::saslName);
        // RFC 5802 §5.1: reserved-mext MUST fail, and does as it is no username
        var authentication = Scram.value('n', parts[2]).flatMap(Scram::saslName);
        var clientNonce = Scram.value('r', parts[3]).filter(Scram::isNonce);
        if (authorization.isEmpty() || authentication.isEmpty() || clientNonce.isEmpty())
            return malformed();

        String gs2Header = parts[0] + "," + parts[1] + ",";
        String nonce = clientNonce.get() + nonces.get();
        var keys = credentials.scram(mechanism, authentication.get());
        // RFC 5802 §7: server-first-message = nonce "," salt "," iteration-count
        String serverFirst =
                "r=" + nonce + ",s=" + Base64Text.of(keys.salt()) + ",i=" + keys.iterations();
        state =
                new State.Asked<>(
                        joined(gs2Header.getBytes(StandardCharsets.UTF_8), data.get()),
                        authorization.get(),
                        authentication.get(),
                        nonce,
                        message.substring(gs2Header.length()) + "," + serverFirst + ",",
                        keys);
        return new Challenge<>(Base64Text.of(serverFirst));
    }

    // RFC 5802 §6: a bound mechanism has "p=" and a type that this connection has (TRAPS T12); the
    // others
    // "n", or "y", which is right as long as no bound one is announced
    private Optional<byte[]> data(String flag) {
        if (mechanism.isBound()) return Scram.value('p', flag).flatMap(binding::of);
        return flag.equals("n") || flag.equals("y") ? Optional.of(new byte[0]) : Optional.empty();
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] all = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, all, one.length, other.length);
        return all;
    }

    // RFC 5802 §7: client-final-message = client-final-message-without-proof "," proof
    // client-final-message-without-proof = channel-binding "," nonce ["," extensions]
    private Step<I> clientFinal(State.Asked<I> asked, String message) {
        int end = message.lastIndexOf(',');
        String[] parts = message.split(",", -1);
        if (parts.length < 3) return malformed();
        var said = Scram.value('c', parts[0]).flatMap(Base64Text::octets);
        var nonce = Scram.value('r', parts[1]);
        var proof =
                Scram.value('p', parts[parts.length - 1])
                        .flatMap(Base64Text::octets)
                        .filter(octets -> octets.length == scram.length());
        if (said.isEmpty() || nonce.isEmpty() || proof.isEmpty()) return malformed();

        // RFC 5802 §5.1: the nonce is the very one; §6: "c=" is always validated
        boolean same = nonce.get().equals(asked.nonce);
        if (!same || !MessageDigest.isEqual(said.get(), asked.bound))
            return new Rejected<>(Reason.WRONG);
        return verify(asked, proof.get(), asked.messages + message.substring(0, end));
    }

    private Step<I> verify(State.Asked<I> asked, byte[] proof, String authMessage) {
        Optional<ScramKeys.Pair<I>> match = Optional.empty();
        if (asked.keys.pairs().isEmpty()) // a name that nobody has takes as long (TRAPS T11)
        scram.proves(proof, new byte[scram.length()], authMessage);
        for (var pair : asked.keys.pairs())
            if (scram.proves(proof, pair.storedKey(), authMessage)) match = Optional.of(pair);
        // One signs in as oneself only: there is nobody whom another may act as
        boolean oneself =
                asked.authorization.isEmpty() || asked.authorization.equals(asked.authentication);
        if (match.isEmpty() || !oneself) return new Rejected<>(Reason.WRONG);
        state = new State.Proven<>(match.get().who());
        // RFC 5802 §7: server-final-message = verifier
        byte[] signature = scram.signature(match.get().serverKey(), authMessage);
        return new Challenge<>(Base64Text.of("v=" + Base64Text.of(signature)));
    }

    private static <I> Step<I> malformed() {
        return new Rejected<>(Reason.MALFORMED);
    }
}
