package org.postroom.agent.ftp;

import org.postroom.agent.Desk;

import java.util.concurrent.locks.ReentrantLock;

/// The line that shows how far a job is, drawn anew five times a second while it runs, where a person looks
/// on. What else has to be said meanwhile is said above it.
final class Bar implements AutoCloseable {

    private static final String CLEARED = "\r\u001b[K";

    private final Desk desk;
    private final Job job;
    private final boolean shows;
    private final ReentrantLock drawing = new ReentrantLock();
    private final Thread thread;
    private boolean drawn;
    private volatile boolean over;

    Bar(Desk desk, Job job, boolean shows) {
        this.desk = desk;
        this.job = job;
        this.shows = shows && desk.hasPerson() && !"dumb".equals(System.getenv("TERM"));
        this.thread = Thread.ofPlatform().daemon().unstarted(this::draw);
        if (this.shows) thread.start();
    }

    private void draw() {
        try {
            Thread.sleep(300); // what is over at once needs no line
            while (!over) {
                drawing.lock();
                try {
                    if (!over && job.octets() > 0) {
                        desk.out().print(CLEARED + job.progress(desk.width() - 1));
                        desk.out().flush();
                        drawn = true;
                    }
                } finally {
                    drawing.unlock();
                }
                Thread.sleep(200);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /// Above the line.
    void tell(String what) {
        drawing.lock();
        try {
            clear();
            desk.tell(what);
        } finally {
            drawing.unlock();
        }
    }

    private void clear() {
        if (!drawn) return;
        desk.out().print(CLEARED);
        desk.out().flush();
        drawn = false;
    }

    @Override
    public void close() {
        drawing.lock();
        try {
            over = true;
            clear();
        } finally {
            drawing.unlock();
        }
        thread.interrupt();
    }
}
