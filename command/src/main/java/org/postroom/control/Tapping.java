package org.postroom.control;

import org.postroom.control.Answer.Done;
import org.postroom.control.Answer.Failed;
import org.postroom.control.Answer.Said;
import org.postroom.server.Port;
import org.postroom.wire.Departure;
import org.postroom.wire.Tap;
import org.postroom.wire.Transcript;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Listens to new conversations for an administrator. A conversation never waits for who listens: what
/// is not taken fast enough is left out, and said to be.
final class Tapping {

    private static final int WAITING = 10_000; // lines
    private static final Duration MOST = Duration.ofHours(1);

    private final Serving serving;
    private final ArrayBlockingQueue<String> lines = new ArrayBlockingQueue<>(WAITING);
    private final AtomicInteger conversations = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();

    Tapping(Serving serving) {
        this.serving = serving;
    }

    Answer run(Optional<String> protocol, Duration time, Steward.Ear ear) throws Departure {
        var known = Arrays.stream(Port.values()).map(port -> port.title).toList();
        if (protocol.isPresent() && !known.contains(protocol.get()))
            return new Failed(
                    Exit.USAGE,
                    protocol.get() + " is no protocol here; there are " + String.join(", ", known));
        var span = time.compareTo(MOST) > 0 ? MOST : time;
        long end = System.nanoTime() + span.toNanos();
        try (var _ = serving.house().taps().listen(port -> tap(port, protocol))) {
            for (long left = span.toNanos(); left > 0; left = end - System.nanoTime()) {
                // no longer than a second, so that the end of the server is not waited for
                long patience = Math.min(left, TimeUnit.SECONDS.toNanos(1));
                var line = lines.poll(patience, TimeUnit.NANOSECONDS);
                if (line != null) ear.hear(new Said(line));
                else if (serving.isStopping()) break;
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
        return new Done(
                conversations
                        + " conversations heard"
                        + (lost.get() > 0 ? ", " + lost + " lines left out." : "."));
    }

    private Tap tap(Port port, Optional<String> protocol) {
        if (protocol.isPresent() && !protocol.get().equals(port.title)) return Tap.NONE;
        String who = port.title + " " + conversations.incrementAndGet() + "  ";
        return Transcript.ofServer(line -> {
            if (!lines.offer(who + line)) lost.incrementAndGet();
        });
    }
}
