package org.postroom.bench;

import java.util.Arrays;

/// A median with its 95 % interval, by order statistics: whatever the values are distributed like, the
/// true median lies between the k-th from below and the k-th from above with a probability that is
/// the binomial distribution's alone. With nine values k is 2 and the probability 96.1 %.
record Interval(double low, double median, double high) {

    private static final double CONFIDENCE = 0.95;

    static Interval of(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        int k = rank(n);
        double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
        return new Interval(sorted[k - 1], median, sorted[n - k]);
    }

    /// The largest k whose interval still has the confidence; 1, the extremes, where none has.
    static int rank(int n) {
        double outside = 0; // P(fewer than k of n values lie below the median)
        double term = Math.pow(0.5, n);
        int k = 0;
        while (k < n / 2) {
            outside += term;
            if (1 - 2 * outside < CONFIDENCE) break;
            term *= (double) (n - k) / (k + 1);
            k++;
        }
        return Math.max(1, k);
    }

    @Override
    public String toString() {
        return Figures.of(median) + " (" + Figures.of(low) + " to " + Figures.of(high) + ")";
    }
}
