package org.postroom.smtp;

/// Their fault, or our policy: carries the reply. Nothing was done.
public final class Refusal extends Exception {

    private static final long serialVersionUID = 1;

    private final transient Reply reply;

    public Refusal(Reply reply) {
        super(reply.text(), null, false, false);
        this.reply = reply;
    }

    public Reply reply() {
        return reply;
    }
}
