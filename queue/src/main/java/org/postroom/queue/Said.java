package org.postroom.queue;

import org.postroom.smtp.Reply;
import org.postroom.store.RowIn;
import org.postroom.store.RowOut;

/// What was said last about a recipient.
///
/// @param by the host that said it; empty for ourselves
record Said(String by, Reply reply) {

    private static final int MOST_TEXT = 500; // characters of a stranger's words

    static final Said NOTHING = ours(Reply.of(250, "2.0.0", "Not tried yet"));

    Said {
        String text = reply.text();
        if (text.length() > MOST_TEXT)
            reply = Reply.of(reply.code(), reply.enhanced(), text.substring(0, MOST_TEXT) + " ...");
    }

    static Said ours(Reply reply) {
        return new Said("", reply);
    }

    /// RFC 3463 §2: the enhanced code; where the other server gave none, its reply's class alone.
    String status() {
        if (!reply.enhanced().isEmpty()) return reply.enhanced();
        return (reply.isPositive() ? 2 : reply.isPermanent() ? 5 : 4) + ".0.0";
    }

    static Said read(RowIn in) {
        return new Said(in.text(), Reply.of(in.int4(), in.text(), in.text()));
    }

    RowOut write(RowOut out) {
        return out.text(by).int4(reply.code()).text(reply.enhanced()).text(reply.text());
    }

    @Override
    public String toString() {
        return by.isEmpty() ? reply.toString() : by + " said: " + reply;
    }
}
