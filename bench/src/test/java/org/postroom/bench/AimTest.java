package org.postroom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class AimTest {

    @Test
    void atLeastIsReachedByTheLowerEnd() {
        assertThat(new Aim.AtLeast(5).isReached(0, new Interval(5, 7, 9))).isTrue();
        assertThat(new Aim.AtLeast(5).isReached(0, new Interval(4.9, 7, 9))).isFalse();
    }

    @Test
    void noSlowerLeavesRoomForChance() {
        assertThat(new Aim.NoSlower().isReached(0, new Interval(0.7, 0.9, 1))).isTrue();
        assertThat(new Aim.NoSlower().isReached(0, new Interval(0.7, 0.89, 1))).isFalse();
        assertThat(new Aim.NoSlower().isReached(0, new Interval(0.7, 0.95, 0.99))).isFalse();
    }

    @Test
    void belowIsOfTheFigureItself() {
        assertThat(new Aim.Below(25).isReached(24.9, new Interval(1, 1, 1))).isTrue();
        assertThat(new Aim.Below(25).isReached(25, new Interval(1, 1, 1))).isFalse();
    }

    @Test
    void lessTimeIsBetter() {
        assertThat(Unit.MILLIS.ratio(10, 20)).isEqualTo(2);
        assertThat(Unit.LETTERS.ratio(20, 10)).isEqualTo(2);
    }
}
