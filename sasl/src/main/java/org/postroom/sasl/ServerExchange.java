package org.postroom.sasl;

import org.postroom.sasl.Step.Challenge;
import org.postroom.sasl.Step.Reason;
import org.postroom.sasl.Step.Rejected;
import org.postroom.wire.Line;
import org.postroom.wire.Secret;

import java.util.Optional;

/// The server's side of one exchange: [#start] once, then [#next] for each answer to a challenge,
/// until the client is admitted or rejected.
///
/// ```
/// var step = exchange.start(auth.initialResponse());
/// while (step instanceof Challenge(var base64)) {
///     wire.say(Reply.challenge(base64));
///     step = exchange.next(wire.line());
/// }
/// ```
///
/// @param <I> who signs in
public final class ServerExchange<I> {

    /// RFC 4616 §2 asks for 255 octets of each of its three; more than this is nobody's name.
    static final int LONGEST = 4096;

    private final Script<I> script;
    private boolean started;
    private boolean over;

    public ServerExchange(Mechanism mechanism, Credentials<I> credentials) {
        this(mechanism, credentials, Binding.NONE);
    }

    /// @param binding what the mechanisms that are bound are bound to
    public ServerExchange(Mechanism mechanism, Credentials<I> credentials, Binding binding) {
        this(script(mechanism, credentials, binding));
    }

    ServerExchange(Script<I> script) {
        this.script = script;
    }

    private static <I> Script<I> script(
            Mechanism mechanism, Credentials<I> credentials, Binding binding) {
        return switch (mechanism) {
            case PLAIN -> new PlainScript<>(credentials);
            case LOGIN -> new LoginScript<>(credentials);
            case EXTERNAL -> new ExternalScript<>(credentials);
            case SCRAM_SHA_1,
                    SCRAM_SHA_256,
                    SCRAM_SHA_512,
                    SCRAM_SHA_1_PLUS,
                    SCRAM_SHA_256_PLUS,
                    SCRAM_SHA_512_PLUS ->
                    new ScramScript<>(mechanism, credentials, binding, Scram.nonce());
        };
    }

    /// Begins.
    ///
    /// @param initialResponse base64 as it came with the command, `=` for one of no octets
    ///     (RFC 4954 §4, RFC 5034 §4, RFC 4959 §3)
    public Step<I> start(Optional<Secret> initialResponse) {
        if (started) throw new IllegalStateException("an exchange starts once");
        started = true;
        if (initialResponse.isEmpty()) return new Challenge<>(Base64Text.of(script.opening()));
        String base64 = initialResponse.get().reveal();
        return hear(base64.equals("=") ? "" : base64);
    }

    /// Hears the client's answer to a challenge. It is secret whole, and marked so here.
    public Step<I> next(Line answer) {
        answer.secret();
        if (answer.isTooLong()) return new Rejected<>(Reason.MALFORMED);
        return answer.text().equals("*") ? new Rejected<>(Reason.CANCELLED) : hear(answer.text());
    }

    private Step<I> hear(String base64) {
        if (over) throw new IllegalStateException("the exchange is over");
        Step<I> step =
                base64.length() > LONGEST
                        ? new Rejected<>(Reason.MALFORMED)
                        : Base64Text.text(base64)
                                .map(script::hear)
                                .orElseGet(() -> new Rejected<>(Reason.MALFORMED));
        over = !(step instanceof Challenge<I>);
        return step;
    }

    /// What a mechanism asks and how it judges the answers. All of them speak UTF-8.
    interface Script<I> {

        /// What the server says when the client came without an initial response: nothing, where the
        /// client has to speak first (RFC 4422 §5).
        default String opening() {
            return "";
        }

        Step<I> hear(String response);
    }

    static <I> Step<I> judge(Optional<I> who) {
        return who.<Step<I>>map(Step.Admitted::new).orElseGet(() -> new Rejected<>(Reason.WRONG));
    }
}
