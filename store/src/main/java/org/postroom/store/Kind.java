package org.postroom.store;

import org.postroom.wire.Fault;

/// What of an account has a state of its own in JMAP (RFC 8620 §5.1): the version that changed one of
/// its objects last. Those from [#IDENTITY] on are records of who stands above the store. Each has its
/// number on disk.
public enum Kind {
    EMAIL(0),
    MAILBOX(1),
    THREAD(2),
    IDENTITY(3),
    SUBMISSION(4),
    VACATION(5),
    ADDRESS_BOOK(6),
    CARD(7);

    /// How many numbers there are.
    static final int COUNT = 8;

    final int number;

    Kind(int number) {
        this.number = number;
    }

    static Kind of(int number) {
        for (var kind : values()) if (kind.number == number) return kind;
        throw new Fault("no kind has the number " + number);
    }
}
