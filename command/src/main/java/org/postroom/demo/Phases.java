package org.postroom.demo;

import java.util.Optional;

/// The three phases of an SMTP conversation, as the textbooks teach them.
final class Phases {

    private enum Phase {
        NONE,
        ESTABLISHMENT,
        TRANSFER,
        TERMINATION
    }

    private Phase now = Phase.NONE;

    /// The heading that belongs before this line, if a phase begins with it.
    Optional<String> before(String line) {
        if (now == Phase.NONE) return enter(Phase.ESTABLISHMENT);
        if (now == Phase.ESTABLISHMENT && line.startsWith("C: MAIL")) return enter(Phase.TRANSFER);
        if (now != Phase.TERMINATION && line.equals("C: QUIT")) return enter(Phase.TERMINATION);
        return Optional.empty();
    }

    private Optional<String> enter(Phase phase) {
        now = phase;
        return switch (phase) {
            case NONE -> Optional.empty();
            case ESTABLISHMENT -> Optional.of("-- phase 1: connection establishment");
            case TRANSFER -> Optional.of("-- phase 2: mail transfer");
            case TERMINATION -> Optional.of("-- phase 3: connection termination");
        };
    }
}
