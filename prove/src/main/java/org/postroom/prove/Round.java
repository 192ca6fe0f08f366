package org.postroom.prove;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// One round: a child works, is killed at a random moment, the power goes or does not, and the home
/// is checked.
///
/// @param powerCut null where only the process is killed
/// @param longest the child works for at most this long
public record Round(
        Subject subject,
        Path home,
        int number,
        @Nullable PowerCut powerCut,
        Duration longest,
        Random random) {

    private static final Duration START = Duration.ofSeconds(60);

    /// What came of it.
    ///
    /// @param complaints what was lost, doubled or torn; empty if all is well
    public record Report(
            int number,
            long acknowledged,
            PowerCut.@Nullable Damage damage,
            List<String> complaints) {

        public boolean well() {
            return complaints.isEmpty();
        }

        @Override
        public String toString() {
            return "round "
                    + number
                    + (damage == null ? " kill: " : " power cut: ")
                    + acknowledged
                    + " acknowledged"
                    + (damage == null ? "" : ", " + damage)
                    + (well()
                            ? ", all well"
                            : ", "
                                    + complaints.size()
                                    + " complaints, first "
                                    + complaints.getFirst());
        }
    }

    /// @throws IOException if the round could not be done: the child did not start, or died by itself
    public Report run() throws IOException, InterruptedException {
        long before = subject.acknowledged();
        var builder = new ProcessBuilder(subject.command(home, number));
        builder.environment().putAll(subject.environment());
        if (powerCut != null) builder.environment().putAll(powerCut.arm(subject.atRisk(home)));
        builder.redirectError(subject.errors(home));
        var child = builder.start();
        try {
            workUntilKilled(child);
        } finally {
            child.destroyForcibly().waitFor();
        }
        var damage = powerCut == null ? null : powerCut.strike(subject.atRisk(home), random);
        var complaints = new ArrayList<>(subject.check(home));
        return new Report(number, subject.acknowledged() - before, damage, complaints);
    }

    private void workUntilKilled(Process child) throws IOException, InterruptedException {
        var started = new CountDownLatch(1);
        var failed = new AtomicReference<@Nullable Exception>();
        var work =
                Thread.ofPlatform()
                        .name("round-" + number)
                        .start(() -> {
                            try {
                                subject.work(child, number, started::countDown);
                            } catch (IOException | InterruptedException e) {
                                failed.set(e);
                            }
                        });
        boolean ready = started.await(START.toSeconds(), TimeUnit.SECONDS);
        if (ready) child.waitFor(random.nextLong(longest.toNanos()), TimeUnit.NANOSECONDS);
        boolean alive = child.isAlive();
        child.toHandle().destroyForcibly(); // SIGKILL; what is in the pipe is still read
        work.join();
        if (failed.get() != null) throw new IOException("the work failed", failed.get());
        if (!ready || !alive)
            throw new IOException(
                    "round "
                            + number
                            + ": the child "
                            + (ready ? "died by itself" : "did not start"));
    }
}
