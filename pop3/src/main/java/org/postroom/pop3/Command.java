package org.postroom.pop3;

import org.postroom.wire.Secret;

import java.util.Optional;
import java.util.OptionalInt;

/// What a client can say. A command that exists is well-formed.
public sealed interface Command {

    record Stat() implements Command {}

    record List(OptionalInt message) implements Command {}

    record Retr(int message) implements Command {}

    record Dele(int message) implements Command {}

    record Noop() implements Command {}

    record Rset() implements Command {}

    record Quit() implements Command {}

    record Top(int message, int lines) implements Command {}

    record Uidl(OptionalInt message) implements Command {}

    record User(String name) implements Command {}

    record Pass(Secret secret) implements Command {}

    record Capa() implements Command {}

    record Stls() implements Command {}

    record Utf8() implements Command {}

    /// @param tag of a language, `*` for the one that is spoken without it; nothing asks for the list
    record Lang(Optional<String> tag) implements Command {}

    /// AUTH without an argument asks for the list of mechanisms, as RFC 1734's clients do.
    record Auth(Optional<String> mechanism, Optional<Secret> initialResponse) implements Command {}
}
