package org.postroom.store.search;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/// What a message must be to be found. What is not known without the message is not known until it is
/// opened and read as far as it takes, and most messages need not be.
public interface Condition {

    /// Judges a candidate by its number.
    ///
    /// @param opened null while only what is known beforehand is asked
    Verdict judge(int candidate, @Nullable Opened opened);

    /// All texts that it looks for.
    default List<Sought> texts() {
        return List.of();
    }

    /// Known without the message.
    static Condition known(IntPredicate predicate) {
        return (candidate, _) -> Verdict.of(predicate.test(candidate));
    }

    /// Known by the message's summary.
    static Condition opened(Predicate<Opened> predicate) {
        return (_, opened) ->
                opened == null ? Verdict.NOT_KNOWN : Verdict.of(predicate.test(opened));
    }

    /// That the message has this text.
    static Condition has(Sought sought) {
        return new Condition() {
            @Override
            public Verdict judge(int candidate, @Nullable Opened opened) {
                return opened == null ? Verdict.NOT_KNOWN : opened.verdict(sought);
            }

            @Override
            public List<Sought> texts() {
                return List.of(sought);
            }
        };
    }

    static Condition not(Condition condition) {
        return new Condition() {
            @Override
            public Verdict judge(int candidate, @Nullable Opened opened) {
                return switch (condition.judge(candidate, opened)) {
                    case YES -> Verdict.NO;
                    case NO -> Verdict.YES;
                    case NOT_KNOWN -> Verdict.NOT_KNOWN;
                };
            }

            @Override
            public List<Sought> texts() {
                return condition.texts();
            }
        };
    }

    static Condition any(List<Condition> conditions) {
        return not(all(conditions.stream().map(Condition::not).toList()));
    }

    static Condition all(List<Condition> conditions) {
        return new Condition() {
            @Override
            public Verdict judge(int candidate, @Nullable Opened opened) {
                var verdict = Verdict.YES;
                for (var condition : conditions)
                    switch (condition.judge(candidate, opened)) {
                        case YES -> {}
                        case NO -> {
                            return Verdict.NO;
                        }
                        case NOT_KNOWN -> verdict = Verdict.NOT_KNOWN;
                    }
                return verdict;
            }

            @Override
            public List<Sought> texts() {
                return conditions.stream().flatMap(each -> each.texts().stream()).toList();
            }
        };
    }
}
