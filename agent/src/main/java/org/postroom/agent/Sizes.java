package org.postroom.agent;

import org.postroom.agent.account.Hindrance;

import java.util.Locale;

/// Octets as people write them.
public final class Sizes {

    private Sizes() {}

    /// `500`, `500K`, `2M`, `1G`.
    public static long parse(String text) throws Hindrance {
        var known = text.toUpperCase(Locale.ROOT);
        if (!known.matches("[0-9]{1,9}[KMG]?"))
            throw Hindrance.usage(text + " is no size; write 2M.");
        char unit = known.charAt(known.length() - 1);
        if (Character.isDigit(unit)) return Long.parseLong(known);
        long number = Long.parseLong(known.substring(0, known.length() - 1));
        return number << (unit == 'K' ? 10 : unit == 'M' ? 20 : 30);
    }

    /// In five columns at most.
    public static String shown(long octets) {
        if (octets < 1000) return Long.toString(octets);
        String[] units = {"k", "M", "G", "T"};
        double value = octets / 1000.0;
        int unit = 0;
        while (value >= 999.5 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        return value < 9.95
                ? String.format(Locale.ROOT, "%.1f%s", value, units[unit])
                : String.format(Locale.ROOT, "%.0f%s", value, units[unit]);
    }
}
