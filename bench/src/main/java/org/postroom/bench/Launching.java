package org.postroom.bench;

/// From the launch to the first greeting, in milliseconds; of a server that ran before.
final class Launching implements Load {

    @Override
    public Work on(Subject subject) {
        return () -> {
            subject.close();
            return new double[] {subject.launch()};
        };
    }
}
