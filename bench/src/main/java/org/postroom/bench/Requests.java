package org.postroom.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// Files by HTTP.
final class Requests {

    private static final byte[] SLICE = new byte[128 * 1024];
    private static final byte[] SMALL = new byte[10 * 1024];
    private static final double MIB = 1 << 20;

    static {
        new java.util.Random(1).nextBytes(SLICE);
        new java.util.Random(2).nextBytes(SMALL);
    }

    private Requests() {}

    /// One large file; MiB a second.
    static Load large(boolean tls, long octets) {
        return subject -> {
            var talk = HttpTalk.to(subject, 0, tls);
            talk.put("large", octets, SLICE);
            return new Load.Work() {
                @Override
                public double[] round() throws IOException {
                    long begun = System.nanoTime();
                    if (talk.get("large") != octets) throw new IOException("the file came short");
                    return new double[] {octets / MIB / ((System.nanoTime() - begun) / 1e9)};
                }

                @Override
                public void close() throws IOException {
                    talk.close();
                }
            };
        };
    }

    /// Files of 10 KiB over connections that stay, for a while; files a second.
    ///
    /// @param files how many different ones there are
    static Load small(boolean tls, int connections, int files, Duration span) {
        return subject -> {
            var talks = new ArrayList<HttpTalk>();
            for (int i = 0; i < connections; i++) talks.add(HttpTalk.to(subject, 0, tls));
            for (int i = 0; i < files; i++) talks.getFirst().put("small" + i, SMALL.length, SMALL);
            return new Load.Work() {
                @Override
                public double[] round() throws IOException {
                    var next = new AtomicInteger();
                    long end = System.nanoTime() + span.toNanos();
                    double seconds =
                            Crowd.run(
                                    connections,
                                    number -> {
                                        do {
                                            var name = "small" + next.getAndIncrement() % files;
                                            if (talks.get(number).get(name) != SMALL.length)
                                                throw new IOException("a file came short");
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
}
