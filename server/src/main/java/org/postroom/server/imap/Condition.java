package org.postroom.server.imap;

import org.jspecify.annotations.Nullable;
import org.postroom.imap.ObjectIds;
import org.postroom.imap.SearchKey;
import org.postroom.imap.SearchKey.Relation;
import org.postroom.store.View;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;
import java.util.function.Predicate;

/// A search key made ready to be asked of many messages. What the view can't answer is not known until
/// the message is opened and read as far as it takes, and most messages need not be.
@FunctionalInterface
interface Condition {

    /// What is known so far.
    enum Verdict {
        YES,
        NO,
        NOT_KNOWN;

        static Verdict of(boolean yes) {
            return yes ? YES : NO;
        }
    }

    /// Judges the message of a sequence number.
    ///
    /// @param opened null while only the view is asked
    Verdict judge(int sequence, @Nullable Opened opened);

    /// A key about the messages of a view. As deep as the key, which is bounded.
    ///
    /// @param texts to which what it looks for is added
    static Condition of(SearchKey key, Selected selected, List<Sought> texts) {
        var view = selected.view();
        return switch (key) {
            case SearchKey.All() -> seen(_ -> true);
            case SearchKey.And(var keys) ->
                    all(keys.stream().map(each -> of(each, selected, texts)).toList());
            case SearchKey.Or(var one, var other) ->
                    not(
                            all(
                                    List.of(
                                            not(of(one, selected, texts)),
                                            not(of(other, selected, texts)))));
            case SearchKey.Not(var inner) -> not(of(inner, selected, texts));
            case SearchKey.Has(var flag) when flag.equals(org.postroom.imap.Flag.RECENT) ->
                    seen(sequence -> selected.isRecent(view.uid(sequence)));
            case SearchKey.Has(var flag) ->
                    has(FlagNames.bit(flag, selected.account().keywords()), view);
            case SearchKey.Dated(boolean sent, var relation, var date) ->
                    sent ? opened(of(relation, date)) : dated(relation, date, view::received);
            case SearchKey.Saved(var relation, var date) -> dated(relation, date, view::saved);
            case SearchKey.SavedDateSupported() -> seen(_ -> true); // RFC 8514 §4.3
            case SearchKey.Aged(boolean younger, long seconds) ->
                    aged(younger, seconds, System.currentTimeMillis(), view);
            case SearchKey.ModSeq(long least) -> seen(sequence -> view.modSeq(sequence) >= least);
            case SearchKey.EmailId(var id) -> {
                long wanted = ObjectIds.email(id);
                yield seen(sequence -> view.email(sequence).value() == wanted);
            }
            case SearchKey.ThreadId(_) -> seen(_ -> false); // RFC 8474 §5.2: none has one
            case SearchKey.Larger(long octets) -> seen(sequence -> view.octets(sequence) > octets);
            case SearchKey.Smaller(long octets) -> seen(sequence -> view.octets(sequence) < octets);
            case SearchKey.Header(var name, var text) -> sought(Sought.inField(name, text), texts);
            case SearchKey.Body(var text) -> sought(Sought.inBody(text), texts);
            case SearchKey.Text(var text) -> sought(Sought.anywhere(text), texts);
            case SearchKey.Sequence(var set) -> among(selected.spans(false, set));
            case SearchKey.Uid(var set) -> among(selected.spans(true, set));
        };
    }

    private static Condition seen(IntPredicate predicate) {
        return (sequence, _) -> Verdict.of(predicate.test(sequence));
    }

    private static Condition opened(Predicate<Opened> predicate) {
        return (_, opened) ->
                opened == null ? Verdict.NOT_KNOWN : Verdict.of(predicate.test(opened));
    }

    private static Condition sought(Sought sought, List<Sought> texts) {
        texts.add(sought);
        return (_, opened) -> opened == null ? Verdict.NOT_KNOWN : opened.verdict(sought);
    }

    private static Condition has(long bit, View view) {
        return seen(sequence -> bit != 0 && (view.flags(sequence) & bit) != 0);
    }

    private static Condition not(Condition condition) {
        return (sequence, opened) ->
                switch (condition.judge(sequence, opened)) {
                    case YES -> Verdict.NO;
                    case NO -> Verdict.YES;
                    case NOT_KNOWN -> Verdict.NOT_KNOWN;
                };
    }

    private static Condition all(List<Condition> conditions) {
        return (sequence, opened) -> {
            var verdict = Verdict.YES;
            for (var condition : conditions)
                switch (condition.judge(sequence, opened)) {
                    case YES -> {}
                    case NO -> {
                        return Verdict.NO;
                    }
                    case NOT_KNOWN -> verdict = Verdict.NOT_KNOWN;
                }
            return verdict;
        };
    }

    private static Condition among(List<Selected.Span> spans) {
        int[] firsts = spans.stream().mapToInt(Selected.Span::first).toArray();
        return seen(sequence -> {
            int at = Arrays.binarySearch(firsts, sequence);
            int before = at < 0 ? -at - 2 : at;
            return before >= 0 && sequence <= spans.get(before).last();
        });
    }

    // RFC 3501 §6.4.4: "disregarding time and timezone"
    private static Condition dated(Relation relation, LocalDate date, IntToLongFunction millis) {
        long day = date.toEpochDay();
        return seen(sequence -> {
            long at = Math.floorDiv(millis.applyAsLong(sequence), 86_400_000L);
            return holds(relation, Long.compare(at, day));
        });
    }

    // RFC 5032 §3: by INTERNALDATE and the server's clock
    private static Condition aged(boolean younger, long seconds, long now, View view) {
        long limit = now - seconds * 1000;
        return seen(sequence -> (view.received(sequence) >= limit) == younger);
    }

    private static Predicate<Opened> of(Relation relation, LocalDate date) {
        return message ->
                message.sent().filter(sent -> holds(relation, sent.compareTo(date))).isPresent();
    }

    private static boolean holds(Relation relation, int comparison) {
        return switch (relation) {
            case BEFORE -> comparison < 0;
            case ON -> comparison == 0;
            case SINCE -> comparison >= 0;
        };
    }
}
