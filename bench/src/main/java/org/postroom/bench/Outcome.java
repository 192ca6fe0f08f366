package org.postroom.bench;

import java.util.ArrayList;
import java.util.List;

/// What came of a row.
///
/// @param values by contender, figure and round
/// @param share of the load in the processor time that it and the first contender took together; NaN if
///     the contender is a part of the load
/// @param taken when, and how busy the machine was
/// @param failure why it could not be measured, or ""
record Outcome(Row row, List<double[][]> values, double share, String taken, String failure) {

    Outcome {
        values = List.copyOf(values);
    }

    static Outcome failed(Row row, String why) {
        return new Outcome(row, List.of(), Double.NaN, "", why);
    }

    /// The values of one contender's figure.
    double[] series(int contender, int figure) {
        return values.get(contender)[figure];
    }

    /// The first contender beside each of the others.
    List<Comparison> comparisons() {
        var all = new ArrayList<Comparison>();
        for (int figure = 0; figure < row.figures().size(); figure++)
            for (int other = 1; other < values.size(); other++)
                all.add(
                        Comparison.of(
                                row,
                                row.figures().get(figure),
                                row.contenders().get(other),
                                series(0, figure),
                                series(other, figure)));
        return all;
    }
}
