package org.postroom.mime.compose;

/// A message can't be written for this hop without being changed into another one. The message says
/// what stands in the way; the sender is told by 5.6.7 (addresses, RFC 6531 §3.4) or 5.6.3 (octets,
/// RFC 6152 §3).
public final class CannotCross extends Exception {

    private static final long serialVersionUID = 1;

    /// What stands in the way.
    public enum Obstacle {
        /// An address that is not ASCII; its domain alone could be written in ASCII.
        ADDRESS,
        /// A header field in raw UTF-8 within a message that is passed on (RFC 6532).
        HEADER,
        /// A part that is signed, and so must not be touched (RFC 1847 §2.1).
        SIGNED,
        /// A part that must not be encoded by its type (RFC 2046 §5.2) or bears an encoding that we
        /// don't know.
        ENCODING,
        /// A line, or a word of a structured field, longer than 998 octets (RFC 5322 §2.1.1).
        LINE
    }

    private final Obstacle obstacle;

    public CannotCross(Obstacle obstacle, String what) {
        super(what, null, false, false);
        this.obstacle = obstacle;
    }

    public Obstacle obstacle() {
        return obstacle;
    }
}
