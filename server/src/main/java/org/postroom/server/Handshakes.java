package org.postroom.server;

import java.util.ArrayDeque;
import java.util.Optional;

/// How often STARTTLS has come to nothing lately. A few scanners always give up; when more than one in
/// ten does, it is our certificate, or a client that many use, and somebody should hear of it
/// (TRAPS T5).
public final class Handshakes {

    private static final System.Logger LOG = System.getLogger(Handshakes.class.getName());
    private static final int LATELY = 100;
    private static final int LEAST = 20; // one of two says nothing
    private static final int WORRYING = 10; // percent

    private final ArrayDeque<Boolean> lately = new ArrayDeque<>();
    private int failed;
    private boolean told;

    /// One more has come to an end.
    synchronized void note(boolean done) {
        lately.addLast(done);
        if (!done) failed++;
        if (lately.size() > LATELY && !lately.removeFirst()) failed--;
        var warning = warning();
        if (warning.isPresent() && !told) LOG.log(System.Logger.Level.WARNING, warning.get());
        told = warning.isPresent();
    }

    /// What an administrator should know, if there is anything.
    public synchronized Optional<String> warning() {
        if (lately.size() < LEAST || failed * 100 <= lately.size() * WORRYING)
            return Optional.empty();
        return Optional.of(
                "TLS came to nothing at "
                        + failed
                        + " of the last "
                        + lately.size()
                        + " STARTTLS of other mail servers; look at the certificate, and at the"
                        + " log");
    }
}
