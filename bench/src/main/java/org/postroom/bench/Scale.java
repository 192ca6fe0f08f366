package org.postroom.bench;

import java.time.Duration;

/// How much of everything: the measurement, a quick look, or a smoke test that sees whether every row
/// still works and tells nothing about speed.
enum Scale {
    FULL(
            9,
            2,
            Duration.ofSeconds(1),
            Duration.ofSeconds(8),
            100,
            100_000,
            1_000,
            1 << 30,
            300,
            20,
            2_000),
    QUICK(
            3,
            1,
            Duration.ofMillis(500),
            Duration.ofSeconds(2),
            100,
            10_000,
            200,
            64 << 20,
            100,
            8,
            1_000),
    SMOKE(1, 0, Duration.ofMillis(50), Duration.ZERO, 4, 200, 20, 1 << 20, 10, 2, 20);

    /// How many rounds count.
    final int rounds;

    /// How many come before and do not.
    final int warmUp;

    /// How long a load that is told by time goes on.
    @SuppressWarnings("ImmutableEnumChecker") // it is
    final Duration span;

    /// How long our own is under the load before.
    @SuppressWarnings("ImmutableEnumChecker") // it is
    final Duration warming;

    /// Accounts that letters come to.
    final int accounts;

    /// Messages in the large mailbox.
    final int messages;

    /// Files in the folder, messages in the mailbox that is read whole.
    final int some;

    /// Octets of the large file.
    final long large;

    /// Idle sessions, the smaller of two counts.
    final int idle;

    /// Sign-ins of a round.
    final int signIns;

    /// Letters that go from a server to another in a round.
    final int relayed;

    Scale(
            int rounds,
            int warmUp,
            Duration span,
            Duration warming,
            int accounts,
            int messages,
            int some,
            long large,
            int idle,
            int signIns,
            int relayed) {
        this.rounds = rounds;
        this.warmUp = warmUp;
        this.span = span;
        this.warming = warming;
        this.accounts = accounts;
        this.messages = messages;
        this.some = some;
        this.large = large;
        this.idle = idle;
        this.signIns = signIns;
        this.relayed = relayed;
    }

    int allRounds() {
        return warmUp + rounds;
    }
}
