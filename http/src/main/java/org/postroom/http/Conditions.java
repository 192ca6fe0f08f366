package org.postroom.http;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The conditions that a request is made under (RFC 9110 §13.1), judged in the one order that
/// RFC 9110 §13.2.2 has.
///
/// @param match If-Match
/// @param noneMatch If-None-Match
/// @param modifiedSince If-Modified-Since
/// @param unmodifiedSince If-Unmodified-Since
/// @param range If-Range, as it came
public record Conditions(
        Optional<Tags> match,
        Optional<Tags> noneMatch,
        Optional<Instant> modifiedSince,
        Optional<Instant> unmodifiedSince,
        Optional<String> range) {

    /// What a field of entity tags says.
    ///
    /// @param any `*`: whatever is there, if anything is
    public record Tags(boolean any, List<EntityTag> tags) {

        public Tags {
            tags = List.copyOf(tags);
        }

        static Optional<Tags> of(String value) {
            if (value.strip().equals("*")) return Optional.of(new Tags(true, List.of()));
            return EntityTag.list(value).map(tags -> new Tags(false, tags));
        }
    }

    /// What is there now.
    public record Current(EntityTag tag, Instant modified) {}

    /// What comes of it.
    public enum Verdict {
        GO_ON,
        /// 304
        NOT_MODIFIED,
        /// 412
        FAILED
    }

    /// @param field a request's field by its name, several of one name joined by commas
    /// @return nothing where a condition that protects something can't be understood: it must not be
    ///     taken for none
    public static Optional<Conditions> of(Function<String, Optional<String>> field) {
        var match = field.apply("If-Match");
        var noneMatch = field.apply("If-None-Match");
        var tags = match.flatMap(Tags::of);
        var noTags = noneMatch.flatMap(Tags::of);
        if (match.isPresent() != tags.isPresent() || noneMatch.isPresent() != noTags.isPresent())
            return Optional.empty();
        return Optional.of(
                new Conditions(
                        tags,
                        noTags,
                        field.apply("If-Modified-Since").flatMap(HttpDate::of),
                        field.apply("If-Unmodified-Since").flatMap(HttpDate::of),
                        field.apply("If-Range")));
    }

    /// Whether a request under them may go on.
    ///
    /// @param reads whether it is GET or HEAD
    /// @param current what is there, if anything is
    // RFC 9110 §13.2.2
    public Verdict judge(boolean reads, Optional<Current> current) {
        if (match.isPresent()) {
            if (!holds(match.get(), current, EntityTag::isStrongly)) return Verdict.FAILED;
        } else if (unmodifiedSince.isPresent()
                && current.filter(it -> isLater(it, unmodifiedSince.get())).isPresent())
            return Verdict.FAILED;
        if (noneMatch.isPresent()) {
            if (holds(noneMatch.get(), current, EntityTag::isWeakly))
                return reads ? Verdict.NOT_MODIFIED : Verdict.FAILED;
        } else if (reads
                && modifiedSince.isPresent()
                && current.filter(it -> !isLater(it, modifiedSince.get())).isPresent())
            return Verdict.NOT_MODIFIED;
        return Verdict.GO_ON;
    }

    private interface Comparison {
        boolean same(EntityTag one, EntityTag other);
    }

    private static boolean holds(Tags tags, Optional<Current> current, Comparison comparison) {
        return current.isPresent()
                && (tags.any()
                        || tags.tags().stream()
                                .anyMatch(tag -> comparison.same(tag, current.get().tag())));
    }

    private static boolean isLater(Current current, Instant than) {
        return HttpDate.seconds(current.modified()).isAfter(than);
    }

    /// Whether a range may be answered: the client's part is of what is there now (RFC 9110 §13.1.5).
    /// A date serves where it is exactly the one that is told.
    public boolean rangeStands(Current current) {
        if (range.isEmpty()) return true;
        var tag = EntityTag.of(range.get());
        return tag.isPresent()
                ? tag.get().isStrongly(current.tag())
                : HttpDate.of(range.get())
                        .filter(HttpDate.seconds(current.modified())::equals)
                        .isPresent();
    }
}
