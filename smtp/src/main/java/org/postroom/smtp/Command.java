package org.postroom.smtp;

import org.postroom.wire.Secret;

import java.util.List;
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
            case Etrn _ -> Verb.ETRN;
            case Lhlo _ -> Verb.LHLO;
            case Atrn _ -> Verb.ATRN;
            case Bdat _ -> Verb.BDAT;
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
    /// @param utf8 the answer may hold text beyond ASCII (RFC 6531 §3.7.4.2)
    record Vrfy(String who, boolean utf8) implements Command {}

    /// @param list a list's name or address, as the client wrote it
    /// @param utf8 as VRFY's
    record Expn(String list, boolean utf8) implements Command {}

    /// @param topic a verb, or whatever else the client would like to know about
    record Help(Optional<String> topic) implements Command {}

    record Noop() implements Command {}

    record Quit() implements Command {}

    record Send(ReversePath from) implements Command {}

    record Soml(ReversePath from) implements Command {}

    record Saml(ReversePath from) implements Command {}

    record Turn() implements Command {}

    /// @param node a domain, or a queue's own name
    record Etrn(Scope scope, String node) implements Command {

        /// RFC 1985 §5.3.
        public enum Scope {
            NODE(""),
            SUBDOMAINS("@"),
            QUEUE("#");

            final String option;

            Scope(String option) {
                this.option = option;
            }
        }
    }

    record Lhlo(String name) implements Command {}

    /// @param domains whose letters are asked for; none: all that the client may have
    record Atrn(List<String> domains) implements Command {

        public Atrn {
            domains = List.copyOf(domains);
        }
    }

    /// @param octets how many follow the line
    /// @param last whether the letter is over with them
    record Bdat(long octets, boolean last) implements Command {}

    record Starttls() implements Command {}

    /// @param initialResponse in base64, `=` for one of no octets (RFC 4954 §4)
    record Auth(String mechanism, Optional<Secret> initialResponse) implements Command {}
}
