package org.postroom.bench;

import java.time.Duration;

/// From the launch to the first greeting, in milliseconds; of a server that ran before.
final class Launching implements Load {

    @Override
    public Duration warming(Scale scale) {
        return Duration.ZERO;
    }

    @Override
    public Work on(Subject subject) {
        return () -> {
            subject.close();
            return new double[] {subject.launch()};
        };
    }
}
