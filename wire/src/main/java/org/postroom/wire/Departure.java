package org.postroom.wire;

/// The conversation is over, and nobody is to blame: end quietly. What a conversation still says
/// (421, BYE, -ERR, or nothing) is decided in one place of its `run`, from the kind.
public final class Departure extends Exception {

    private static final long serialVersionUID = 1;

    /// Why there is no more to hear.
    public enum Kind {
        /// The peer said nothing for as long as this state allows.
        IDLE,
        /// The server is shutting down.
        DRAINING,
        /// The peer broke a limit that ends the session, such as too many refusals in a row.
        TOO_MANY,
        /// The peer closed or reset the connection, broke TLS, or stopped reading: nothing can be said.
        GONE
    }

    private final Kind kind;

    public Departure(Kind kind, String why) {
        super(why, null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
