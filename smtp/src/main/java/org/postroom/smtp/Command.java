package org.postroom.smtp;

import org.postroom.wire.Secret;

import java.util.Optional;

/// What a client can say. A command that exists is well-formed.
public sealed interface Command {

    /// Its row.
    default Verb verb() {
        return switch (this) {
            case Ehlo _ -> Verb.EHLO;
            case Helo _ -> Verb.HELO;
            case Mail _ -> Verb.MAIL;
            case Rcpt _ -> Verb.RCPT;
            case Data _ -> Verb.DATA;
            case Rset _ -> Verb.RSET;
            case Vrfy _ -> Verb.VRFY;
            case Expn _ -> Verb.EXPN;
            case Help _ -> Verb.HELP;
            case Noop _ -> Verb.NOOP;
            case Quit _ -> Verb.QUIT;
            case Send _ -> Verb.SEND;
            case Soml _ -> Verb.SOML;
            case Saml _ -> Verb.SAML;
            case Turn _ -> Verb.TURN;
            case Lhlo _ -> Verb.LHLO;
            case Starttls _ -> Verb.STARTTLS;
            case Auth _ -> Verb.AUTH;
        };
    }

    /// @param name what the client calls itself: a domain or an address literal
    record Ehlo(String name) implements Command {}

    record Helo(String name) implements Command {}

    record Mail(ReversePath from, MailParameters parameters) implements Command {}

    record Rcpt(ForwardPath to, RcptParameters parameters) implements Command {

        /// To whom, and nothing more.
        public Rcpt(ForwardPath to) {
            this(to, RcptParameters.NONE);
        }
    }

    record Data() implements Command {}

    record Rset() implements Command {}

    /// @param who a name or an address, as the client wrote it
    record Vrfy(String who) implements Command {}

    /// @param list a list's name or address, as the client wrote it
    record Expn(String list) implements Command {}

    /// @param topic a verb, or whatever else the client would like to know about
    record Help(Optional<String> topic) implements Command {}

    record Noop() implements Command {}

    record Quit() implements Command {}

    record Send(ReversePath from) implements Command {}

    record Soml(ReversePath from) implements Command {}

    record Saml(ReversePath from) implements Command {}

    record Turn() implements Command {}

    record Lhlo(String name) implements Command {}

    record Starttls() implements Command {}

    /// @param initialResponse in base64, `=` for one of no octets (RFC 4954 §4)
    record Auth(String mechanism, Optional<Secret> initialResponse) implements Command {}
}
