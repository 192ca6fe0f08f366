package org.postroom.server.smtp;

import org.postroom.server.Port;
import org.postroom.smtp.Reply;
import org.postroom.smtp.Verb;

/// What SMTP is spoken for at a port.
enum Service {
    /// Letters from other servers, for accounts here (RFC 5321).
    TRANSFER("ESMTP", "UTF8SMTP"),

    /// Letters from users, for anywhere, once they have signed in (RFC 6409).
    SUBMISSION("ESMTP", "UTF8SMTP"),

    /// Letters for other servers' domains, once they have signed in and call for them (RFC 2645).
    ON_DEMAND("ESMTP", "UTF8SMTP"),

    /// Letters from programs of this machine that have accepted them: each recipient gets a reply
    /// (RFC 2033).
    LMTP("LMTP", "UTF8LMTP");

    /// As the greeting and the Received field say it.
    final String protocol;

    /// As the Received field says it of a letter in UTF-8 (RFC 6531 §4.3).
    final String utf8;

    Service(String protocol, String utf8) {
        this.protocol = protocol;
        this.utf8 = utf8;
    }

    static Service at(Port port) {
        return switch (port) {
            case SUBMISSION, SUBMISSIONS -> SUBMISSION;
            case ODMR -> ON_DEMAND;
            case LMTP -> LMTP;
            case SMTP, POP3, POP3S, IMAP, IMAPS, FTP, FTPS, HTTP, HTTPS -> TRANSFER;
        };
    }

    boolean offers(Verb verb) {
        return switch (verb) {
            case RSET, HELP, NOOP, QUIT, STARTTLS -> true;
            case MAIL, RCPT, DATA, BDAT, VRFY, EXPN -> this != ON_DEMAND; // RFC 2645 §5.4
            case EHLO, HELO -> this != LMTP; // RFC 2033 §4.1
            case LHLO -> this == LMTP;
            case AUTH, TURN -> knowsAccounts();
            case SEND, SOML, SAML -> this == TRANSFER || this == SUBMISSION;
            case ETRN -> this == TRANSFER;
            case ATRN -> this == ON_DEMAND;
        };
    }

    /// Whether people and servers sign in (RFC 6409 §4.3, RFC 2645 §5.1.2).
    boolean knowsAccounts() {
        return this == SUBMISSION || this == ON_DEMAND;
    }

    /// What a verb deserves that is not offered.
    Reply unoffered(Verb verb) {
        return switch (verb) {
            case EHLO, HELO, LHLO -> Reply.UNKNOWN_COMMAND; // RFC 2033 §4.1
            default -> Reply.NOT_OFFERED; // RFC 5321 §4.2.4
        };
    }
}
