package org.postroom.sasl;

import org.postroom.wire.Line;
import org.postroom.wire.Secret;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The client's side of one exchange.
///
/// ```
/// say(new Auth(exchange.mechanism(), exchange.initialResponse()));
/// for (var reply = hear(); reply.isChallenge(); reply = hear()) wire.say(exchange.answer(reply.text()));
/// ```
///
/// A success that comes before [#isSatisfied] is a server that has not proven itself: leave.
public final class ClientExchange {

    private final Mechanism mechanism;
    private final Script script;
    private boolean opened;

    private ClientExchange(Mechanism mechanism, Script script) {
        this.mechanism = mechanism;
        this.script = script;
    }

    /// What a mechanism says, and whether it has heard what it must.
    interface Script {
        Optional<String> opening();

        /// What to say to this; nothing: what the server says can't be right.
        Optional<String> answer(String challenge);

        boolean isSatisfied();
    }

    /// RFC 4616, signing in as oneself.
    public static ClientExchange plain(String name, Secret password) {
        return new ClientExchange(
                Mechanism.PLAIN,
                new Recital(List.of("\0" + name + "\0" + password.reveal()), true));
    }

    /// LOGIN, whose server speaks first.
    public static ClientExchange login(String name, Secret password) {
        return new ClientExchange(
                Mechanism.LOGIN, new Recital(List.of(name, password.reveal()), false));
    }

    /// RFC 4422 §A.1: over a connection that shows who its client is.
    ///
    /// @param authorization whom to act as; empty: as oneself
    public static ClientExchange external(String authorization) {
        return new ClientExchange(Mechanism.EXTERNAL, new Recital(List.of(authorization), true));
    }

    /// RFC 5802. Answering the first challenge costs as many HMACs as the server asks for, tens of
    /// milliseconds as a rule.
    ///
    /// @param mechanism one of the SCRAM mechanisms
    public static ClientExchange scram(Mechanism mechanism, String name, Secret password) {
        return scram(mechanism, name, password, Scram.nonce());
    }

    static ClientExchange scram(
            Mechanism mechanism, String name, Secret password, Supplier<String> nonces) {
        return new ClientExchange(
                mechanism, new ScramRecital(Scram.of(mechanism), name, password, nonces.get()));
    }

    /// The same, bound to the connection (RFC 5802 §6).
    ///
    /// @param mechanism one of the SCRAM-PLUS mechanisms
    /// @param type one of [Binding#TYPES] that the connection has
    public static ClientExchange bound(
            Mechanism mechanism, String name, Secret password, Binding binding, String type) {
        byte[] data = binding.of(type).orElseThrow();
        String nonce = Scram.nonce().get();
        return new ClientExchange(
                mechanism,
                new ScramRecital(
                        Scram.of(mechanism), name, password, nonce, "p=" + type + ",,", data));
    }

    /// The best mechanism for a name and a password among those that a server announces.
    ///
    /// @param announced the mechanisms' names
    public static Optional<ClientExchange> best(
            List<String> announced, String name, Secret password) {
        for (var mechanism : Mechanism.values())
            if (announced.stream().anyMatch(mechanism.saslName::equalsIgnoreCase))
                switch (mechanism) {
                    case SCRAM_SHA_512, SCRAM_SHA_256, SCRAM_SHA_1 -> {
                        return Optional.of(scram(mechanism, name, password));
                    }
                    case PLAIN -> {
                        return Optional.of(plain(name, password));
                    }
                    case LOGIN -> {
                        return Optional.of(login(name, password));
                    }
                    case SCRAM_SHA_512_PLUS, SCRAM_SHA_256_PLUS, SCRAM_SHA_1_PLUS -> {} // [#bound]
                    case EXTERNAL -> {} // needs no password
                }
        return Optional.empty();
    }

    public Mechanism mechanism() {
        return mechanism;
    }

    /// What to send with the command, in base64 (`=` when it has no octets); nothing where the server
    /// speaks first. Where the protocol has no initial response, don't ask: [#answer] gives it to the
    /// server's empty challenge.
    public Optional<Secret> initialResponse() {
        opened = true;
        return script.opening().map(text -> new Secret(text.isEmpty() ? "=" : Base64Text.of(text)));
    }

    /// The line to say to a challenge, marked secret: base64, or `*` when the server's words can't be
    /// right and the exchange is to end.
    ///
    /// @param challenge base64, what follows `334 ` or `+ `
    public Line answer(String challenge) {
        var heard = Base64Text.text(challenge.strip());
        boolean first = !opened;
        opened = true;
        var said =
                first && script.opening().isPresent()
                        ? heard.filter(String::isEmpty).flatMap(_ -> script.opening())
                        : heard.flatMap(script::answer);
        return Line.of(said.map(Base64Text::of).orElse("*")).secret();
    }

    /// Whether all has been said and, where the mechanism has it, the server has proven to know the
    /// password's keys.
    public boolean isSatisfied() {
        return opened && script.isSatisfied();
    }

    /// Says the same whatever it hears.
    private static final class Recital implements Script {

        private final List<String> texts;
        private final boolean speaksFirst;
        private int said;

        Recital(List<String> texts, boolean speaksFirst) {
            this.texts = texts;
            this.speaksFirst = speaksFirst;
        }

        @Override
        public Optional<String> opening() {
            if (!speaksFirst) return Optional.empty();
            said = 1;
            return Optional.of(texts.get(0));
        }

        @Override
        public Optional<String> answer(String challenge) {
            return said < texts.size() ? Optional.of(texts.get(said++)) : Optional.empty();
        }

        @Override
        public boolean isSatisfied() {
            return said == texts.size();
        }
    }
}
