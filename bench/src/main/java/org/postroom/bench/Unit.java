package org.postroom.bench;

/// What a figure is counted in, and whether more of it is better.
enum Unit {
    LETTERS("letters/s", true),
    MESSAGES("messages/s", true),
    SIGN_INS("sign-ins/s", true),
    FILES("files/s", true),
    MIB("MiB/s", true),
    MILLIS("ms", false),
    MEMORY("MiB", false),
    PER_SESSION("KiB/session", false),
    SUMMARIES("summaries/s", true),
    PER_SUMMARY("octets/summary", false);

    final String title;
    private final boolean more;

    Unit(String title, boolean more) {
        this.title = title;
        this.more = more;
    }

    /// How many times as good the one is as the other.
    double ratio(double one, double other) {
        return more ? one / other : other / one;
    }
}
