package org.postroom.command;

import java.io.Console;
import java.util.Optional;

/// The terminal that the command was called from, if a person sits there.
final class Terminal {

    private Terminal() {}

    static Optional<Console> find() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal);
    }
}
