package org.postroom.bench;

/// Outcomes as people read them.
final class Paper {

    private Paper() {}

    static String line(Comparison it) {
        return Figures.of(it.first())
                + " "
                + it.figure().unit().title
                + ", "
                + it.contender().title()
                + " "
                + Figures.of(it.other())
                + ": ratio "
                + it.ratio();
    }
}
