package org.postroom.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// Files by FTP.
final class Transfers {

    private static final byte[] SLICE = new byte[128 * 1024];
    private static final byte[] SMALL = new byte[10 * 1024];
    private static final double MIB = 1 << 20;

    static {
        new java.util.Random(1).nextBytes(SLICE);
        new java.util.Random(2).nextBytes(SMALL);
    }

    private Transfers() {}

    /// One large file; MiB a second.
    static Load large(boolean put, boolean tls, long octets) {
        return subject -> {
            var talk = FtpTalk.ready(subject, 0, tls);
            talk.store("large", octets, SLICE);
            return new Load.Work() {
                @Override
                public double[] round() throws IOException {
                    long begun = System.nanoTime();
                    if (put) talk.store("large", octets, SLICE);
                    else if (talk.retrieve("large") != octets)
                        throw new IOException("the file came short");
                    return new double[] {octets / MIB / ((System.nanoTime() - begun) / 1e9)};
                }

                @Override
                public void close() throws IOException {
                    talk.close();
                }
            };
        };
    }

    /// Files of 10 KiB, one after the other in each session and from the beginning again, for a while;
    /// files a second.
    ///
    /// @param files how many different ones there are
    static Load small(boolean put, boolean tls, int sessions, int files, Duration span) {
        return subject -> {
            var talks = new ArrayList<FtpTalk>();
            for (int i = 0; i < sessions; i++) talks.add(FtpTalk.ready(subject, 0, tls));
            fill(talks.getFirst(), files);
            return new Load.Work() {
                @Override
                public double[] round() throws IOException {
                    var next = new AtomicInteger();
                    long end = System.nanoTime() + span.toNanos();
                    double seconds =
                            Crowd.run(
                                    sessions,
                                    number -> {
                                        do {
                                            var name = "small" + next.getAndIncrement() % files;
                                            one(talks.get(number), name, put);
                                        } while (System.nanoTime() < end);
                                    });
                    return new double[] {next.get() / seconds};
                }

                @Override
                public void close() throws IOException {
                    for (var talk : talks) talk.close();
                }
            };
        };
    }

    private static void one(FtpTalk talk, String name, boolean put) throws IOException {
        if (put) talk.store(name, SMALL.length, SMALL);
        else if (talk.retrieve(name) != SMALL.length) throw new IOException("a file came short");
    }

    private static void fill(FtpTalk talk, int files) throws IOException {
        for (int i = 0; i < files; i++) talk.store("small" + i, SMALL.length, SMALL);
    }

    /// LIST of a folder with so many files; milliseconds.
    static Load list(int files, int times) {
        return subject -> {
            var talk = FtpTalk.ready(subject, 0, false);
            talk.makeFolder("folder");
            talk.changeTo("folder");
            for (int i = 0; i < files; i++) talk.store("a file with number " + i, 10, SMALL);
            return new Load.Work() {
                @Override
                public double[] round() throws IOException {
                    long begun = System.nanoTime();
                    for (int i = 0; i < times; i++)
                        if (talk.list("") < 50L * files)
                            throw new IOException("the list came short");
                    return new double[] {(System.nanoTime() - begun) / 1e6 / times};
                }

                @Override
                public void close() throws IOException {
                    talk.close();
                }
            };
        };
    }
}
