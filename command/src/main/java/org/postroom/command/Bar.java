package org.postroom.command;

import org.postroom.control.Answer.Progress;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/// One line of a terminal that shows how far something is, drawn over and over; nothing where no person
/// looks.
final class Bar {

    private static final int WIDTH = 24;
    private static final long MIB = 1 << 20;

    private final PrintWriter err;
    private final boolean seen = Terminal.find().isPresent();
    private final long begun = System.nanoTime();
    private boolean drawn;

    Bar(PrintWriter err) {
        this.err = err;
    }

    void draw(Progress progress) {
        if (!seen) return;
        err.print("\r" + line(progress, System.nanoTime() - begun) + "\033[K");
        err.flush();
        drawn = true;
    }

    void clear() {
        if (drawn) err.print("\r\033[K");
        drawn = false;
    }

    static String line(Progress progress, long nanos) {
        double part = progress.total() > 0 ? (double) progress.done() / progress.total() : 1;
        int full = Math.clamp(Math.round(part * WIDTH), 0, WIDTH);
        double rate = progress.done() / Math.max(nanos / 1e9, 0.001);
        long left = (long) ((progress.total() - progress.done()) / Math.max(rate, 1));
        return String.format(
                Locale.ROOT,
                "[%s%s] %3.0f %%  %.1f of %.1f MiB  %.1f MiB/s  %s left",
                "=".repeat(full),
                " ".repeat(WIDTH - full),
                100 * part,
                (double) progress.done() / MIB,
                (double) progress.total() / MIB,
                rate / MIB,
                clock(Duration.ofSeconds(Math.max(left, 0))));
    }

    private static String clock(Duration time) {
        return String.format(
                Locale.ROOT,
                "%d:%02d:%02d",
                time.toHours(),
                time.toMinutesPart(),
                time.toSecondsPart());
    }
}
