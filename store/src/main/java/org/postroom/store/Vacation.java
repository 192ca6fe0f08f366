package org.postroom.store;

import java.time.Instant;
import java.util.Optional;

/// What whoever writes to an account is told while its owner is away (RFC 8621 §8). One record of
/// [Kind#VACATION].
///
/// Layout 1: enabled1 from8 to8 (milliseconds, 0 for none) subject text html, each an octet for whether it
/// is there and itself.
public record Vacation(
        boolean enabled,
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<String> subject,
        Optional<String> text,
        Optional<String> html) {

    public static final Vacation NONE =
            new Vacation(
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    static final long ID = 0;
    private static final int LAYOUT = 1;

    /// Whether it is to be told at this moment.
    public boolean isOn(Instant now) {
        return enabled
                && from.filter(now::isBefore).isEmpty()
                && to.filter(it -> !now.isBefore(it)).isEmpty();
    }

    static Vacation read(byte[] record) {
        var in = new RowIn("vacation", record, LAYOUT);
        return new Vacation(in.bool(), time(in), time(in), text(in), text(in), text(in));
    }

    private static Optional<Instant> time(RowIn in) {
        long millis = in.long8();
        return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    private static Optional<String> text(RowIn in) {
        boolean there = in.bool();
        String text = in.text();
        return there ? Optional.of(text) : Optional.empty();
    }

    byte[] record() {
        var out = new RowOut(LAYOUT).bool(enabled);
        out.long8(from.map(Instant::toEpochMilli).orElse(0L));
        out.long8(to.map(Instant::toEpochMilli).orElse(0L));
        for (var each : java.util.List.of(subject, text, html))
            out.bool(each.isPresent()).text(each.orElse(""));
        return out.row();
    }
}
