package org.postroom.agent.ftp;

import org.postroom.agent.Sizes;
import org.postroom.agent.account.Hindrance;
import org.postroom.agent.account.Hindrance.Kind;
import org.postroom.mime.render.Visible;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/// One thing that was asked for, from its beginning to its end: what has been moved, what is expected, and
/// how it is stopped. Its connections are those that are at work for it now.
final class Job {

    enum State {
        WAITING,
        RUNNING,
        DONE,
        FAILED,
        STOPPED
    }

    final int number;
    final String what;
    private volatile long begun = System.nanoTime();
    private final Set<Connection> active = ConcurrentHashMap.newKeySet();
    private final LongAdder moved = new LongAdder();
    private final AtomicLong expected = new AtomicLong();
    private final AtomicInteger files = new AtomicInteger();
    private final AtomicInteger filesExpected = new AtomicInteger();
    private volatile String current = "";
    private volatile boolean stopped;
    private volatile State state = State.WAITING;
    private volatile String outcome = "";
    private volatile long ended;

    Job(int number, String what) {
        this.number = number;
        this.what = what;
    }

    // ---- its course

    State state() {
        return state;
    }

    void runs() {
        begun = System.nanoTime();
        state = State.RUNNING;
    }

    void ends(State how, String words) {
        outcome = words;
        ended = System.nanoTime();
        state = how;
    }

    boolean isOver() {
        return state.compareTo(State.RUNNING) > 0;
    }

    String outcome() {
        return outcome;
    }

    /// Breaks off what its connections do; said twice, hangs them up.
    void stop() {
        boolean again = stopped;
        stopped = true;
        for (var connection : active) connection.stop(again);
    }

    boolean isStopped() {
        return stopped;
    }

    /// @throws Hindrance it was stopped
    void check() throws Hindrance {
        if (stopped) throw new Hindrance(Kind.LATER, "Stopped.");
    }

    /// Waits a while, if it is not stopped.
    void pause(Duration time) throws Hindrance {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            check();
            java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
        }
        check();
    }

    void works(Connection connection) {
        active.add(connection);
        if (stopped) connection.stop(false);
    }

    void rests(Connection connection) {
        active.remove(connection);
    }

    // ---- its progress

    void expect(int count, long octets) {
        filesExpected.addAndGet(count);
        expected.addAndGet(octets);
    }

    void at(String name) {
        current = name;
    }

    void moved(long octets) {
        moved.add(octets);
    }

    void done() {
        files.incrementAndGet();
    }

    int files() {
        return files.get();
    }

    long octets() {
        return moved.sum();
    }

    double seconds() {
        return ((isOver() ? ended : System.nanoTime()) - begun) / 1e9;
    }

    /// In a line of so many columns: what, how much of it, at which rate, and how long it will take.
    String progress(int width) {
        long octets = octets();
        long all = expected.get();
        double seconds = Math.max(0.001, seconds());
        var line = new StringBuilder();
        if (filesExpected.get() > 1)
            line.append(files.get()).append('/').append(filesExpected.get()).append("  ");
        line.append(Sizes.shown(octets));
        if (all > 0) {
            long percent = Math.min(100, 100 * octets / all);
            line.append(" of ").append(Sizes.shown(all)).append(' ');
            int filled = (int) percent / 5;
            line.append('[').repeat('#', filled).repeat('.', 20 - filled).append("] ");
            line.append(percent).append('%');
        }
        double rate = octets / seconds;
        line.append("  ").append(Sizes.shown((long) rate)).append("/s");
        if (all > octets && rate > 1) line.append("  ").append(time((all - octets) / rate));
        int room = width - line.length() - 3;
        if (room > 8) line.append("  ").append(Visible.line(current, room));
        return line.toString();
    }

    /// What came of it, for whoever looks at the end.
    String summary() {
        double seconds = Math.max(0.001, seconds());
        return (files.get() == 1 ? "1 file" : files.get() + " files")
                + ", "
                + Sizes.shown(octets())
                + " in "
                + time(seconds)
                + ", "
                + Sizes.shown((long) (octets() / seconds))
                + "/s";
    }

    static String time(double seconds) {
        if (seconds < 10) return "%.1f s".formatted(seconds);
        long whole = Math.round(seconds);
        if (whole < 100) return whole + " s";
        return whole < 3600
                ? "%d:%02d".formatted(whole / 60, whole % 60)
                : "%d:%02d:%02d".formatted(whole / 3600, whole / 60 % 60, whole % 60);
    }
}
