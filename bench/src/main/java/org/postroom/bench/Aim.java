package org.postroom.bench;

import java.util.Locale;

/// What a figure is to reach.
sealed interface Aim {

    /// Whether it is reached.
    ///
    /// @param first the figure itself, the median of its rounds
    /// @param ratio beside the other
    boolean isReached(double first, Interval ratio);

    /// So many times as good as the other: reached when the lower end of the interval is.
    record AtLeast(double times) implements Aim {
        @Override
        public boolean isReached(double first, Interval ratio) {
            return ratio.low() >= times;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "at least %s", Figures.of(times));
        }
    }

    /// The same within what can be told apart: the upper end is 1.0 or better and the median 0.9.
    record NoSlower() implements Aim {
        @Override
        public boolean isReached(double first, Interval ratio) {
            return ratio.high() >= 1 && ratio.median() >= 0.9;
        }

        @Override
        public String toString() {
            return "no slower";
        }
    }

    /// The figure itself stays below a bound, whatever the other's is.
    record Below(double bound) implements Aim {
        @Override
        public boolean isReached(double first, Interval ratio) {
            return first < bound;
        }

        @Override
        public String toString() {
            return "below " + Figures.of(bound);
        }
    }

    /// None: it is printed, that is all.
    record Shown() implements Aim {
        @Override
        public boolean isReached(double first, Interval ratio) {
            return true;
        }

        @Override
        public String toString() {
            return "";
        }
    }
}
