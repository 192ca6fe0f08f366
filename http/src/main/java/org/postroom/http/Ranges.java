package org.postroom.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The parts of a content that a client asks for (RFC 9110 §14.1.2), in octets.
public final class Ranges {

    /// RFC 9110 §14.2: many small ranges are a broken client's or an attacker's.
    private static final int MOST = 16;

    private Ranges() {}

    /// A part that is there.
    ///
    /// @param length at least 1
    public record Part(long offset, long length) {

        long end() {
            return offset + length;
        }

        /// As Content-Range tells it (RFC 9110 §14.4).
        public String of(long size) {
            return "bytes " + offset + '-' + (end() - 1) + '/' + size;
        }
    }

    /// What comes of a Range field.
    public sealed interface Wanted {
        /// There is none, or it is not for us to understand: all of it (RFC 9110 §14.2).
        record All() implements Wanted {}

        /// In the order they were asked for.
        record Parts(List<Part> parts) implements Wanted {
            public Parts {
                parts = List.copyOf(parts);
            }
        }

        /// 416: none of it is there.
        record Nothing() implements Wanted {}
    }

    /// @param value of the Range field
    /// @param size of the content
    // RFC 9110 §14.1.1: ranges-specifier = range-unit "=" range-set
    public static Wanted of(Optional<String> value, long size) {
        if (value.isEmpty()) return new Wanted.All();
        String text = value.get().strip();
        if (!text.toLowerCase(Locale.ROOT).startsWith("bytes=")) return new Wanted.All();
        var parts = new ArrayList<Part>();
        String[] specs = text.substring(6).split(",", -1);
        if (specs.length > MOST) return new Wanted.All();
        for (var spec : specs) {
            var range = Spec.of(spec.strip());
            if (range.isEmpty()) return new Wanted.All();
            range.get().in(size).ifPresent(parts::add);
        }
        if (parts.isEmpty()) return new Wanted.Nothing();
        // RFC 9110 §14.2: overlapping ranges are answered by what is less to send
        return overlap(parts) ? new Wanted.All() : new Wanted.Parts(parts);
    }

    private static boolean overlap(List<Part> parts) {
        var sorted = parts.stream().sorted(Comparator.comparingLong(Part::offset)).toList();
        for (int i = 1; i < sorted.size(); i++)
            if (sorted.get(i).offset() < sorted.get(i - 1).end()) return true;
        return false;
    }

    /// `5-9`, `5-`, `-5`.
    ///
    /// @param first -1 for the last so many
    /// @param last -1 for to the end
    private record Spec(long first, long last) {

        // RFC 9110 §14.1.1: int-range = first-pos "-" [ last-pos ] ; suffix-range = "-"
        // suffix-length
        static Optional<Spec> of(String text) {
            int dash = text.indexOf('-');
            if (dash < 0) return Optional.empty();
            var first = number(text.substring(0, dash));
            var last = number(text.substring(dash + 1));
            if (first.isEmpty() || last.isEmpty()) return Optional.empty();
            var spec = new Spec(first.get(), last.get());
            boolean sense =
                    spec.first < 0 ? spec.last >= 0 : spec.last < 0 || spec.last >= spec.first;
            return sense ? Optional.of(spec) : Optional.empty();
        }

        /// -1 where nothing stands; nothing where it is no number.
        private static Optional<Long> number(String digits) {
            if (digits.isEmpty()) return Optional.of(-1L);
            for (int i = 0; i < digits.length(); i++)
                if (digits.charAt(i) < '0' || digits.charAt(i) > '9') return Optional.empty();
            // beyond what a content can have is the same as its end
            return Optional.of(digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits));
        }

        Optional<Part> in(long size) {
            if (first < 0) {
                long length = Math.min(last, size);
                return length == 0
                        ? Optional.empty()
                        : Optional.of(new Part(size - length, length));
            }
            if (first >= size) return Optional.empty();
            long end = last < 0 || last >= size ? size : last + 1;
            return Optional.of(new Part(first, end - first));
        }
    }
}
