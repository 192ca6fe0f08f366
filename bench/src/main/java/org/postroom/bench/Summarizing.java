package org.postroom.bench;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

import java.io.IOException;
import java.time.Duration;

/// Summaries of messages by a library, taken by JMH: a round is a fork of its own, which warms up for
/// itself. Yields summaries a second, and octets allocated for one.
///
/// @param iterations that count, of a span each; half as many again come before
record Summarizing(int iterations, Duration span) implements Load {

    static {
        // Its lock is a file in /tmp, and who ran it last as root owns it.
        System.setProperty("jmh.ignoreLock", "true");
    }

    @Override
    public int warmUp(Scale scale) {
        return 0;
    }

    @Override
    public Duration warming(Scale scale) {
        return Duration.ZERO;
    }

    @Override
    public Work on(Subject subject) throws IOException {
        if (!(subject instanceof Library library)) throw new IllegalStateException("no library");
        int messages = Summaries.files().size();
        return () -> round(library.reader, messages);
    }

    private double[] round(MessageReader reader, int messages) throws IOException {
        var time = TimeValue.milliseconds(span.toMillis());
        var options =
                new OptionsBuilder()
                        .include(Summaries.class.getName())
                        .param("reader", reader.name())
                        .forks(1)
                        .jvmArgsAppend(
                                "--sun-misc-unsafe-memory-access=allow", // JMH's own
                                "-Dhouse=" + System.getProperty("house", "."))
                        .warmupIterations(iterations + iterations / 2)
                        .warmupTime(time)
                        .measurementIterations(iterations)
                        .measurementTime(time)
                        .addProfiler(GCProfiler.class)
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build();
        try {
            var result = new Runner(options).runSingle();
            var octets = result.getSecondaryResults().get("gc.alloc.rate.norm");
            if (octets == null) throw new IOException("this JVM does not count what is allocated");
            return new double[] {
                result.getPrimaryResult().getScore() * messages, octets.getScore() / messages
            };
        } catch (RunnerException e) {
            throw new IOException(e);
        }
    }
}
