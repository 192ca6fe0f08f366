package org.postroom.bench;

/// A figure of the first contender beside that of another, round by round.
///
/// @param first medians, in the figure's unit
/// @param ratio how many times as good the first is: rounds are paired, since what disturbs the machine
///     disturbs neighbours alike
record Comparison(
        Row row,
        Row.Figure figure,
        Contender contender,
        double first,
        double other,
        Interval ratio) {

    static Comparison of(
            Row row, Row.Figure figure, Contender contender, double[] first, double[] other) {
        double[] ratios = new double[first.length];
        for (int i = 0; i < ratios.length; i++) ratios[i] = figure.unit().ratio(first[i], other[i]);
        return new Comparison(
                row,
                figure,
                contender,
                Interval.of(first).median(),
                Interval.of(other).median(),
                Interval.of(ratios));
    }

    /// Beside ourselves there is none: that is to be seen, no more.
    Aim aim() {
        return contender.isOurs() ? new Aim.Shown() : figure.aim();
    }

    boolean isReached() {
        return aim().isReached(first, ratio);
    }
}
