package org.postroom.smtp;

import org.postroom.wire.Secret;

import java.util.Optional;

/// What a client can say. A command that exists is well-formed.
public sealed interface Command {

    /// @param name what the client calls itself: a domain or an address literal
    record Ehlo(String name) implements Command {}

    record Helo(String name) implements Command {}

    record Mail(ReversePath from, MailParameters parameters) implements Command {}

    record Rcpt(ForwardPath to) implements Command {}

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
