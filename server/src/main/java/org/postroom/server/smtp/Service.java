package org.postroom.server.smtp;

import org.postroom.server.Port;
import org.postroom.smtp.Reply;
import org.postroom.smtp.Verb;

import java.util.Arrays;
import java.util.List;

/// What SMTP is spoken for at a port.
enum Service {
    /// Letters from other servers, for accounts here (RFC 5321).
    TRANSFER("ESMTP"),

    /// Letters from users, for anywhere, once they have signed in (RFC 6409).
    SUBMISSION("ESMTP"),

    /// Letters from programs of this machine that have accepted them: each recipient gets a reply
    /// (RFC 2033).
    LMTP("LMTP");

    /// As the greeting and the Received field say it.
    final String protocol;

    Service(String protocol) {
        this.protocol = protocol;
    }

    static Service at(Port port) {
        return switch (port) {
            case SUBMISSION, SUBMISSIONS -> SUBMISSION;
            case LMTP -> LMTP;
            case SMTP, POP3, POP3S, IMAP, IMAPS, FTP, FTPS -> TRANSFER;
        };
    }

    boolean offers(Verb verb) {
        return switch (verb) {
            case MAIL, RCPT, DATA, RSET, VRFY, EXPN, HELP, NOOP, QUIT, STARTTLS -> true;
            case EHLO, HELO -> this != LMTP; // RFC 2033 §4.1
            case LHLO -> this == LMTP;
            case AUTH -> this == SUBMISSION; // RFC 6409 §4.3
            case SEND, SOML, SAML, TURN -> false; // RFC 821 §3.4, §3.8: not yet
        };
    }

    /// What it offers, in the order of the RFCs.
    List<Verb> verbs() {
        return Arrays.stream(Verb.values()).filter(this::offers).toList();
    }

    /// What a verb deserves that is not offered.
    Reply unoffered(Verb verb) {
        return switch (verb) {
            case EHLO, HELO, LHLO -> Reply.UNKNOWN_COMMAND; // RFC 2033 §4.1
            default -> Reply.NOT_OFFERED; // RFC 5321 §4.2.4
        };
    }
}
