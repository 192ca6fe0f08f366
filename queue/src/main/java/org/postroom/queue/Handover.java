package org.postroom.queue;

import org.postroom.smtp.SmtpClient;

import java.util.Optional;
import java.util.Set;

/// What waits for some domains, to be handed over to their own server, which has called. Nobody else
/// is given any of it until this is closed.
public final class Handover implements AutoCloseable {

    private final Courier.Office office;
    private final Desk desk;
    private final Set<String> domains;
    private final Runnable end;

    Handover(Courier.Office office, Desk desk, Set<String> domains, Runnable end) {
        this.office = office;
        this.desk = desk;
        this.domains = Set.copyOf(domains);
        this.end = end;
    }

    /// Whether there is anything.
    public boolean isEmpty() {
        return !desk.waitsFor(domains);
    }

    /// Returns when nothing is left, or nobody listens any more; to take leave is the caller's.
    ///
    /// @param client has said hello
    /// @param host whom it talks with, as notices name him
    public void over(SmtpClient client, String host) {
        var call = new Call(office.store(), client, host, false, office.clock());
        for (var domain : domains) {
            var destination = office.dispatcher().borrow(domain);
            try {
                desk.hurry(Optional.of(domain));
                new Courier(office, destination, call).run();
                if (call.isOver()) return;
            } finally {
                office.dispatcher().giveBack(destination);
            }
        }
    }

    @Override
    public void close() {
        end.run();
    }
}
