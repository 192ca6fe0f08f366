package org.postroom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class IntervalTest {

    @Test
    void ofNineTheSecondAndTheEighthHoldTheMedian() {
        assertThat(Interval.of(9, 1, 8, 2, 7, 3, 6, 4, 5)).isEqualTo(new Interval(2, 5, 8));
    }

    /// The ranks that tables of the sign test give.
    @Test
    void ranksAreTheBinomialDistributions() {
        assertThat(Interval.rank(6)).isEqualTo(1);
        assertThat(Interval.rank(8)).isEqualTo(1);
        assertThat(Interval.rank(9)).isEqualTo(2);
        assertThat(Interval.rank(12)).isEqualTo(3);
        assertThat(Interval.rank(20)).isEqualTo(6);
    }

    @Test
    void ofFewAllAreWithin() {
        assertThat(Interval.of(3)).isEqualTo(new Interval(3, 3, 3));
        assertThat(Interval.of(4, 2)).isEqualTo(new Interval(2, 3, 4));
    }
}
