package org.postroom.queue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/// Gives each destination its turn. What is in its hands is due, read from the index and not settled
/// yet; it is bounded for each destination, so that none fills the memory, and in all.
///
/// A conversation with a server that hangs costs a virtual thread and a descriptor, no more: there may
/// be thousands, and the living do not wait for them. Only when there are as many as there may be do
/// destinations stand in line, and a conversation ends after its letter.
final class Dispatcher {

    private static final int MOST_IN_HAND = 500_000; // recipients

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Destination> destinations = new HashMap<>();
    private final Map<QueueId, BitSet> inHand = new HashMap<>();
    private final ArrayDeque<Destination> line = new ArrayDeque<>();
    private final Set<Thread> threads = new HashSet<>();
    private final Set<String> borrowed = new HashSet<>();
    private final int most;
    private final Function<String, String> hop;
    private final Consumer<Destination> courier;
    private final Runnable room;
    private int size;
    private boolean refused; // something had to stay on disk
    private boolean closing;

    /// @param most conversations at once
    /// @param hop the destination of a domain: itself, or a smarthost that it shares with others
    /// @param courier what a courier does
    /// @param room is told when there is room again for what had to stay on disk
    Dispatcher(
            int most, Function<String, String> hop, Consumer<Destination> courier, Runnable room) {
        this.most = most;
        this.hop = hop;
        this.courier = courier;
        this.room = room;
    }

    /// Takes what is due in hand.
    ///
    /// @return whether it is; otherwise there is no room, and it has to be offered again
    boolean offer(Due due) {
        lock.lock();
        try {
            if (closing) return true;
            var numbers = inHand.get(due.id());
            if (numbers != null && numbers.get(due.number())) return true;
            var destination = destination(due.domain());
            if (size >= MOST_IN_HAND || !destination.hasRoom()) {
                refused = true;
                return false;
            }
            inHand.computeIfAbsent(due.id(), _ -> new BitSet()).set(due.number());
            size++;
            destination.add(due.id(), due.priority(), due.sender(), due.number());
            staff(destination);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private Destination destination(String domain) {
        return destinations.computeIfAbsent(
                domain.equals(Errand.HERE) || borrowed.contains(domain)
                        ? domain
                        : hop.apply(domain),
                name -> new Destination(name, lock.newCondition()));
    }

    /// Sees to it that somebody works for a destination that needs it.
    private void staff(Destination destination) {
        if (destination.hasResting() || destination.borrowed) destination.changed.signal();
        while (destination.wantsCourier() && !closing) {
            if (threads.size() >= most) {
                if (!destination.inLine) line.add(destination);
                destination.inLine = true;
                return;
            }
            destination.came();
            var thread = Thread.ofVirtual().name("courier").unstarted(() -> work(destination));
            threads.add(thread);
            thread.start();
            if (!destination.isHere()) return; // the next one when this one has got through
        }
    }

    private void work(Destination destination) {
        try {
            courier.accept(destination);
        } finally {
            lock.lock();
            try {
                threads.remove(Thread.currentThread());
                destination.left();
                var next = line.poll();
                if (next != null) next.inLine = false;
                if (next != null) staff(next);
                staff(destination);
                tidy(destination);
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private void tidy(Destination destination) {
        if (destination.isIdle()) destinations.remove(destination.name, destination);
    }

    /// The next transaction for a destination.
    ///
    /// @param patience how long to wait for one
    /// @return nothing when the courier is to leave
    Optional<Batch> next(Destination destination, Duration patience) {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (!closing) {
                var batch = destination.take();
                if (batch.isPresent()) return batch;
                if (left <= 0 || !line.isEmpty()) return Optional.empty();
                destination.rests();
                try {
                    left = destination.changed.awaitNanos(left);
                } finally {
                    destination.stirs();
                }
            }
            return Optional.empty();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /// Whether others wait for a conversation to end.
    boolean isCrowded() {
        lock.lock();
        try {
            return closing || !line.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /// A batch is settled: its errands are gone, or on disk for another time.
    void done(Batch batch) {
        boolean tell;
        lock.lock();
        try {
            var numbers = inHand.get(batch.id());
            if (numbers != null) {
                for (int number : batch.numbers()) numbers.clear(number);
                if (numbers.isEmpty()) inHand.remove(batch.id());
            }
            size -= batch.numbers().size();
            tell = refused;
            refused = false;
        } finally {
            lock.unlock();
        }
        if (tell) room.run();
    }

    /// A batch that was not tried goes back to where it waited.
    void putBack(Destination destination, Batch batch) {
        lock.lock();
        try {
            for (int number : batch.numbers())
                destination.add(batch.id(), batch.priority(), batch.sender(), number);
        } finally {
            lock.unlock();
        }
    }

    // ---- how a destination does

    void connected(Destination destination) {
        guarded(destination::connected);
    }

    void hungUp(Destination destination) {
        guarded(destination::hungUp);
    }

    void succeeded(Destination destination) {
        guarded(() -> {
            destination.succeeded();
            staff(destination);
        });
    }

    /// @return see [Destination#failed]
    Optional<Long> failed(Destination destination, Said said, long now) {
        lock.lock();
        try {
            return destination.failed(said, now);
        } finally {
            lock.unlock();
        }
    }

    Optional<Outcome.Deferred> closed(Destination destination, long now) {
        lock.lock();
        try {
            return destination.closed(now);
        } finally {
            lock.unlock();
        }
    }

    /// Forgets that a domain did not answer.
    void reopen(String domain) {
        guarded(() -> destination(domain).reopen());
    }

    /// Forgets it of all.
    void reopenAll() {
        guarded(() -> destinations.values().forEach(Destination::reopen));
    }

    /// Keeps couriers away from a domain that is served by somebody else for a while, and what is
    /// taken in hand for it from now on apart from other domains'.
    Destination borrow(String domain) {
        lock.lock();
        try {
            borrowed.add(domain);
            var destination = destination(domain);
            destination.borrowed = true;
            destination.reopen();
            return destination;
        } finally {
            lock.unlock();
        }
    }

    void giveBack(Destination destination) {
        guarded(() -> {
            borrowed.remove(destination.name);
            destination.borrowed = false;
            staff(destination);
            tidy(destination);
        });
    }

    private void guarded(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }

    boolean isInHand(QueueId id) {
        lock.lock();
        try {
            return inHand.containsKey(id);
        } finally {
            lock.unlock();
        }
    }

    /// Conversations and local deliveries that go on.
    int couriers() {
        lock.lock();
        try {
            return threads.size();
        } finally {
            lock.unlock();
        }
    }

    /// Takes nothing up any more, lets end what goes on, and then ends it.
    void close(Duration patience) {
        lock.lock();
        try {
            closing = true;
            for (var destination : destinations.values()) destination.changed.signalAll();
            awaitEnd(patience);
            threads.forEach(Thread::interrupt);
            awaitEnd(Duration.ofSeconds(10));
        } finally {
            lock.unlock();
        }
    }

    private void awaitEnd(Duration patience) {
        try {
            long left = patience.toNanos();
            while (!threads.isEmpty() && left > 0) left = changed.awaitNanos(left);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    /// For tests and `status`.
    long size() {
        lock.lock();
        try {
            return size;
        } finally {
            lock.unlock();
        }
    }
}
