package org.postroom.imap;

/// Their fault, or our policy: carries the reply and the tag it answers. Nothing was done. A reply
/// that is BYE ends the session.
public final class Refusal extends Exception {

    private static final long serialVersionUID = 1;

    private final String tag;
    private final transient Reply reply;

    /// A refusal whose command is not known, or not yet.
    public Refusal(Reply reply) {
        this("*", reply);
    }

    private Refusal(String tag, Reply reply) {
        super(reply.text(), null, false, false);
        this.tag = tag;
        this.reply = reply;
    }

    /// The same, as the answer to a command. BYE is never tagged (RFC 3501 §7.1.5).
    Refusal tagged(String tag) {
        return reply.isBye() ? this : new Refusal(tag, reply);
    }

    public String tag() {
        return tag;
    }

    public Reply reply() {
        return reply;
    }
}
