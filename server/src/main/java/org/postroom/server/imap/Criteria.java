package org.postroom.server.imap;

import org.postroom.imap.ObjectIds;
import org.postroom.imap.SearchKey;
import org.postroom.imap.SearchKey.Relation;
import org.postroom.store.View;
import org.postroom.store.search.Condition;
import org.postroom.store.search.Opened;
import org.postroom.store.search.Sought;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;
import java.util.function.Predicate;

/// A search key as a condition on the messages of a view; a candidate is a sequence number less one.
final class Criteria {

    private final Selected selected;
    private final View view;

    private Criteria(Selected selected) {
        this.selected = selected;
        this.view = selected.view();
    }

    /// As deep as the key, which is bounded.
    static Condition of(SearchKey key, Selected selected) {
        return new Criteria(selected).condition(key);
    }

    private Condition condition(SearchKey key) {
        return switch (key) {
            case SearchKey.All() -> seen(_ -> true);
            case SearchKey.And(var keys) ->
                    Condition.all(keys.stream().map(this::condition).toList());
            case SearchKey.Or(var one, var other) ->
                    Condition.any(List.of(condition(one), condition(other)));
            case SearchKey.Not(var inner) -> Condition.not(condition(inner));
            case SearchKey.Has(var flag) when flag.equals(org.postroom.imap.Flag.RECENT) ->
                    seen(sequence -> selected.isRecent(view.uid(sequence)));
            case SearchKey.Has(var flag) -> has(FlagNames.bit(flag, selected.account().keywords()));
            case SearchKey.Dated(boolean sent, var relation, var date) ->
                    sent
                            ? Condition.opened(of(relation, date))
                            : dated(relation, date, view::received);
            case SearchKey.Saved(var relation, var date) -> dated(relation, date, view::saved);
            case SearchKey.SavedDateSupported() -> seen(_ -> true); // RFC 8514 §4.3
            case SearchKey.Aged(boolean younger, long seconds) ->
                    aged(younger, seconds, System.currentTimeMillis());
            case SearchKey.ModSeq(long least) -> seen(sequence -> view.modSeq(sequence) >= least);
            case SearchKey.EmailId(var id) -> {
                long wanted = ObjectIds.email(id);
                yield seen(sequence -> view.email(sequence).value() == wanted);
            }
            case SearchKey.ThreadId(var id) -> { // RFC 8474 §5.2
                long wanted = ObjectIds.thread(id);
                yield seen(sequence -> view.thread(sequence).value() == wanted);
            }
            case SearchKey.Larger(long octets) -> seen(sequence -> view.octets(sequence) > octets);
            case SearchKey.Smaller(long octets) -> seen(sequence -> view.octets(sequence) < octets);
            case SearchKey.Header(var name, var text) -> Condition.has(Sought.inField(name, text));
            case SearchKey.Body(var text) -> Condition.has(Sought.inBody(text));
            case SearchKey.Text(var text) -> Condition.has(Sought.anywhere(text));
            case SearchKey.Sequence(var set) -> among(selected.spans(false, set));
            case SearchKey.Uid(var set) -> among(selected.spans(true, set));
        };
    }

    private static Condition seen(IntPredicate sequence) {
        return Condition.known(candidate -> sequence.test(candidate + 1));
    }

    private Condition has(long bit) {
        return seen(sequence -> bit != 0 && (view.flags(sequence) & bit) != 0);
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
    private Condition aged(boolean younger, long seconds, long now) {
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
