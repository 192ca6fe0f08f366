package org.postroom.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Letters of 10 KiB from one server to the other: some connections hand them to the first, and the time
/// is taken until the last has arrived at the second.
///
/// @param connections that hand them over
/// @param letters of a round
record Relaying(int connections, int letters) implements Load {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Override
    public Work on(Subject subject) throws IOException {
        if (!(subject instanceof Relay relay)) throw new IllegalArgumentException("one server");
        byte[] letter = Acceptance.dotted(Letter.of(1, Letter.TEN_KIB));
        return () -> {
            int before = relay.arrived();
            long begun = System.nanoTime();
            var given = new AtomicInteger();
            double taken = Crowd.run(connections, number -> send(relay, number, letter, given));
            while (relay.arrived() < before + letters) {
                if (System.nanoTime() - begun > PATIENCE.toNanos())
                    throw new IOException("letters do not arrive");
                LockSupport.parkNanos(Math.max(1_000_000, (System.nanoTime() - begun) / 50));
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            return new double[] {letters / seconds, letters / taken};
        };
    }

    private void send(Relay relay, int number, byte[] letter, AtomicInteger given)
            throws IOException {
        try (var talk = relay.talk()) {
            while (given.getAndIncrement() < letters)
                Acceptance.send(talk, relay.sender(), number, letter);
            talk.say("QUIT\r\n");
            talk.reply("221");
        }
    }
}
