package org.postroom.imap;

import org.postroom.imap.Results.Kind;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/// What SEARCH and SORT are to tell of what they found, and in which order.
final class ResultsGrammar {

    private static final int MOST_KEYS = 20;

    private final Lexer in;

    ResultsGrammar(Lexer in) {
        this.in = in;
    }

    // RFC 4466 §6: search-return-opts = SP "RETURN" SP "(" [search-return-opt *(SP …)] ")"
    Optional<Results> results() throws Refusal {
        if (!in.acceptWord(" RETURN ")) return Optional.empty();
        in.expect('(');
        if (in.accept(')')) return Optional.of(Results.ALL);
        var kinds = EnumSet.noneOf(Kind.class);
        Optional<Window> window = Optional.empty();
        do {
            var kind = kind(in.keyword());
            kinds.add(kind);
            if (kind == Kind.PARTIAL) window = Optional.of(partialRange(in));
        } while (in.accept(' '));
        in.expect(')');
        if (window.isPresent() && kinds.contains(Kind.ALL)) throw Lexer.bad(); // RFC 9394 §3.1
        return Optional.of(new Results(kinds, window));
    }

    private static Kind kind(String word) throws Refusal {
        for (var kind : Kind.values()) if (kind.name().equals(word)) return kind;
        throw Lexer.bad();
    }

    // RFC 9394 §4: partial-range = partial-range-first / partial-range-last
    // partial-range-first = nz-number ":" nz-number; -last = MINUS nz-number ":" MINUS nz-number
    static Window partialRange(Lexer in) throws Refusal {
        in.sp();
        boolean last = in.accept('-');
        long one = in.nzNumber();
        in.expect(':');
        if (last) in.expect('-');
        long other = in.nzNumber();
        return last ? Window.of(-one, -other) : Window.of(one, other);
    }

    // RFC 5256 §5: sort-criteria = "(" sort-criterion *(SP sort-criterion) ")"
    // sort-criterion = ["REVERSE" SP] sort-key
    List<SortKey> sortCriteria() throws Refusal {
        in.sp();
        in.expect('(');
        var keys = new ArrayList<SortKey>();
        do {
            if (keys.size() == MOST_KEYS) throw new Refusal(Reply.TOO_BIG);
            String word = in.keyword();
            boolean reverse = word.equals("REVERSE");
            if (reverse) {
                in.sp();
                word = in.keyword();
            }
            keys.add(new SortKey(by(word), reverse));
        } while (in.accept(' '));
        in.expect(')');
        return keys;
    }

    private static SortKey.By by(String word) throws Refusal {
        for (var by : SortKey.By.values()) if (by.name().equals(word)) return by;
        throw Lexer.bad();
    }
}
