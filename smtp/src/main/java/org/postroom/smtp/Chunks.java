package org.postroom.smtp;

import org.postroom.wire.Departure;
import org.postroom.wire.Fault;
import org.postroom.wire.Wire;

import java.io.IOException;
import java.io.InputStream;

/// A letter as the chunks that it is sent in (RFC 3030 §2), the next one at hand.
final class Chunks {

    private static final int OCTETS = 256 * 1024;

    private final InputStream letter;
    private byte[] next;
    private byte[] afterNext;

    Chunks(InputStream letter) {
        this.letter = letter;
        this.next = read();
        this.afterNext = next.length < OCTETS ? new byte[0] : read();
    }

    private byte[] read() {
        try {
            return letter.readNBytes(OCTETS);
        } catch (IOException e) {
            throw new Fault("reading a letter", e);
        }
    }

    /// Whether the next is the last.
    boolean isLast() {
        return afterNext.length == 0;
    }

    /// Says the next one.
    void say(Wire wire) throws Departure {
        wire.say(Grammar.print(new Command.Bdat(next.length, isLast())));
        wire.write(next, 0, next.length);
        next = afterNext;
        afterNext = next.length < OCTETS ? new byte[0] : read();
    }
}
