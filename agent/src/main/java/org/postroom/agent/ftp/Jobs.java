package org.postroom.agent.ftp;

import org.postroom.agent.account.Hindrance;
import org.postroom.mime.render.Visible;
import org.postroom.wire.Fault;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// What is done in the background: each job at once by a thread of its own, or one after the other where it
/// was queued. One list for the person.
final class Jobs {

    private static final long LOOK = 100_000_000; // nanoseconds between looks at who waits
    private static final int REMEMBERED = 100; // that are over

    private final Consumer<String> told;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition over = lock.newCondition();
    private final List<Job> all = new ArrayList<>();
    private final Deque<Runnable> queue = new ArrayDeque<>();
    private boolean working; // on the queue
    private int last;

    /// @param told hears when a job is over
    Jobs(Consumer<String> told) {
        this.told = told;
    }

    @FunctionalInterface
    interface Work {
        void run(Job job) throws Hindrance;
    }

    /// A job of the foreground: in no list.
    static Job foreground(String what) {
        return new Job(0, what);
    }

    Job begin(String what, Work work) {
        var job = listed(what);
        Thread.ofPlatform().daemon().start(() -> run(job, work));
        return job;
    }

    Job queue(String what, Work work) {
        var job = listed(what);
        lock.lock();
        try {
            queue.add(() -> run(job, work));
            if (!working) {
                working = true;
                Thread.ofPlatform().daemon().start(this::workOff);
            }
        } finally {
            lock.unlock();
        }
        return job;
    }

    private Job listed(String what) {
        lock.lock();
        try {
            var job = new Job(++last, what);
            all.add(job);
            for (int i = 0; all.size() > REMEMBERED && i < all.size(); i++)
                if (all.get(i).isOver()) all.remove(i--);
            return job;
        } finally {
            lock.unlock();
        }
    }

    private void workOff() {
        while (true) {
            Runnable next;
            lock.lock();
            try {
                next = queue.poll();
                if (next == null) {
                    working = false;
                    return;
                }
            } finally {
                lock.unlock();
            }
            next.run();
        }
    }

    private void run(Job job, Work work) {
        if (job.isStopped()) {
            end(job, Job.State.STOPPED, "stopped");
            return;
        }
        job.runs();
        try {
            work.run(job);
            end(job, Job.State.DONE, job.files() > 0 ? job.summary() : "done");
        } catch (Hindrance hindrance) {
            if (job.isStopped()) end(job, Job.State.STOPPED, "stopped");
            else end(job, Job.State.FAILED, hindrance.why());
        } catch (Fault fault) {
            end(job, Job.State.FAILED, "Something broke: " + fault.getMessage());
        }
    }

    private void end(Job job, Job.State how, String words) {
        job.ends(how, words);
        lock.lock();
        try {
            over.signalAll();
        } finally {
            lock.unlock();
        }
        told.accept(line(job, 200));
    }

    List<Job> all() {
        lock.lock();
        try {
            return List.copyOf(all);
        } finally {
            lock.unlock();
        }
    }

    Job numbered(int number) throws Hindrance {
        return all().stream()
                .filter(job -> job.number == number)
                .findFirst()
                .orElseThrow(() -> Hindrance.notSo("There is no job " + number + "."));
    }

    boolean isBusy() {
        return all().stream().anyMatch(job -> !job.isOver());
    }

    /// Until it is over, or whoever waits is stopped.
    void await(Job job, Job waiter) throws Hindrance {
        lock.lock();
        try {
            while (!job.isOver()) {
                waiter.check();
                long _ = over.awaitNanos(LOOK);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    void stop() {
        for (var job : all()) if (!job.isOver()) job.stop();
    }

    static String line(Job job, int width) {
        String state =
                switch (job.state()) {
                    case WAITING -> "waits";
                    case RUNNING -> job.progress(Math.max(30, width - job.what.length() - 8));
                    case DONE, FAILED, STOPPED -> job.outcome();
                };
        return "[" + job.number + "] " + Visible.line(job.what, 100) + ": " + state;
    }
}
