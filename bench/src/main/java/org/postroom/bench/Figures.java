package org.postroom.bench;

import java.util.Locale;

/// Numbers as the table shows them: three digits that mean something.
final class Figures {

    private Figures() {}

    static String of(double value) {
        if (Double.isNaN(value)) return "";
        double size = Math.abs(value);
        if (size >= 100) return String.format(Locale.ROOT, "%,.0f", value);
        if (size >= 10) return String.format(Locale.ROOT, "%.1f", value).replaceAll("\\.0$", "");
        return String.format(Locale.ROOT, "%.2f", value).replaceAll("\\.?0+$", "");
    }
}
