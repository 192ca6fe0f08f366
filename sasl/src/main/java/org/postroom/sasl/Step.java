package org.postroom.sasl;

/// What the server's side has to do next.
///
/// @param <I> who signed in
public sealed interface Step<I> {

    /// Say this line of base64 (behind `334 ` or `+ `), and give the answer to
    /// [ServerExchange#next].
    record Challenge<I>(String base64) implements Step<I> {}

    /// The client is who it says.
    record Admitted<I>(I who) implements Step<I> {}

    /// The client is not let in.
    record Rejected<I>(Reason reason) implements Step<I> {}

    /// Why a client is not let in. Each protocol has a reply for each.
    enum Reason {
        /// The name, the password or the proof is wrong, or the client may not act as whom it asked:
        /// it is not told which.
        WRONG,
        /// What the client said breaks base64 or the mechanism's grammar (TRAPS T9).
        MALFORMED,
        /// The client said `*` (RFC 4954 §4, RFC 5034 §4, RFC 9051 §6.2.2).
        CANCELLED
    }
}
