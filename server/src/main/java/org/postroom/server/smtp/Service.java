package org.postroom.server.smtp;

import org.postroom.server.Port;
import org.postroom.smtp.Reply;
import org.postroom.smtp.Verb;

import java.util.EnumSet;
import java.util.Set;

/// What SMTP is spoken for at a port.
enum Service {
    /// Letters from other servers, for accounts here (RFC 5321).
    TRANSFER("ESMTP", without(Verb.LHLO, Verb.AUTH)),

    /// Letters from users, for anywhere, once they have signed in (RFC 6409).
    SUBMISSION("ESMTP", without(Verb.LHLO)),

    /// Letters from programs of this machine that have accepted them: each recipient gets a reply
    /// (RFC 2033).
    LMTP("LMTP", without(Verb.HELO, Verb.EHLO, Verb.AUTH));

    /// As the greeting and the Received field say it.
    final String protocol;

    /// In the order of the RFCs.
    final Set<Verb> verbs;

    Service(String protocol, Set<Verb> verbs) {
        this.protocol = protocol;
        this.verbs = verbs;
    }

    static Service at(Port port) {
        return switch (port) {
            case SUBMISSION, SUBMISSIONS -> SUBMISSION;
            case LMTP -> LMTP;
            case SMTP, POP3, POP3S, IMAP, IMAPS, FTP, FTPS -> TRANSFER;
        };
    }

    /// What a verb deserves that is spoken elsewhere.
    Reply unoffered(Verb verb) {
        return switch (verb) {
            case HELO, EHLO, LHLO -> Reply.UNKNOWN_COMMAND; // RFC 2033 §4.1
            default -> Reply.NOT_OFFERED; // RFC 5321 §4.2.4
        };
    }

    private static Set<Verb> without(Verb... some) {
        var verbs = EnumSet.allOf(Verb.class);
        verbs.removeAll(Set.of(Verb.SEND, Verb.SOML, Verb.SAML, Verb.TURN)); // not yet
        verbs.removeAll(Set.of(some));
        return verbs;
    }
}
