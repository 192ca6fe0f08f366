package org.postroom.server.http;

import org.eclipse.jetty.io.EndPoint;

import java.net.SocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// The connections of a web server. Whoever holds one and asks for nothing is cut off, however slowly he
/// goes on saying it (slow loris): a request's head has to be there in time.
final class Visitors {

    /// From the connection, or the last answer, to the next request's last field.
    private static final long HEAD = TimeUnit.SECONDS.toNanos(90);

    private final ConcurrentHashMap<SocketAddress, Visitor> here = new ConcurrentHashMap<>();

    /// A connection.
    static final class Visitor {
        private final EndPoint end;
        private final boolean local;
        private int running;
        private long since = System.nanoTime();

        Visitor(EndPoint end, boolean local) {
            this.end = end;
            this.local = local;
        }

        boolean isLocal() {
            return local;
        }

        synchronized void begin() {
            running++;
        }

        synchronized void end() {
            running--;
            since = System.nanoTime();
        }

        synchronized boolean isIdle(long now) {
            return running == 0 && now - since > HEAD;
        }
    }

    void enter(SocketAddress from, EndPoint end, boolean local) {
        here.put(from, new Visitor(end, local));
    }

    void leave(SocketAddress from) {
        here.remove(from);
    }

    /// The one of an address; a front end's callers have one each.
    Visitor of(SocketAddress from, EndPoint end) {
        return here.computeIfAbsent(from, _ -> new Visitor(end, false));
    }

    int size() {
        return here.size();
    }

    /// Cuts off who asks for nothing.
    void sweep() {
        long now = System.nanoTime();
        here.values().stream().filter(it -> it.isIdle(now)).forEach(it -> it.end.close());
    }

    void cutAll() {
        here.values().forEach(it -> it.end.close());
    }
}
