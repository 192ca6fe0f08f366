package org.postroom.imap;

import org.postroom.imap.SearchKey.All;
import org.postroom.imap.SearchKey.And;
import org.postroom.imap.SearchKey.Body;
import org.postroom.imap.SearchKey.Dated;
import org.postroom.imap.SearchKey.Has;
import org.postroom.imap.SearchKey.Header;
import org.postroom.imap.SearchKey.Larger;
import org.postroom.imap.SearchKey.Not;
import org.postroom.imap.SearchKey.Or;
import org.postroom.imap.SearchKey.Relation;
import org.postroom.imap.SearchKey.Sequence;
import org.postroom.imap.SearchKey.Smaller;
import org.postroom.imap.SearchKey.Text;
import org.postroom.imap.SearchKey.Uid;
import org.postroom.wire.Departure;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// The conditions of SEARCH, read without recursion: what is open lies on a stack of bounded depth
/// (TRAPS T20).
final class SearchGrammar {

    /// Each is looked at once for each message.
    private static final int MOST_KEYS = 1000;

    /// Each of these is looked for in every octet of a message.
    private static final int MOST_TEXTS = 100;

    private final Lexer in;
    private final Deque<Open> open = new ArrayDeque<>();
    private int keys;
    private int texts;

    SearchGrammar(Lexer in) {
        this.in = in;
    }

    /// What waits for the keys that follow.
    private record Open(Kind kind, List<SearchKey> keys) {
        Open(Kind kind) {
            this(kind, new ArrayList<>());
        }

        SearchKey all() {
            return keys.size() == 1 ? keys.get(0) : new And(keys);
        }
    }

    private enum Kind {
        WHOLE,
        LIST,
        NOT,
        OR
    }

    // RFC 3501 §9: search = "SEARCH" [SP "CHARSET" SP astring] 1*(SP search-key)
    SearchKey search() throws Refusal, Departure {
        open.push(new Open(Kind.WHOLE));
        do in.sp();
        while (!searchKey());
        return open.element().all();
    }

    // RFC 5256 §5: search-criteria = charset 1*(SP search-key)
    SearchKey searchCriteria() throws Refusal, Departure {
        in.sp();
        known(in.astring());
        return search();
    }

    /// Reads one key with all that it contains, and says whether it was the last.
    // RFC 3501 §9: search-key = … / "NOT" SP search-key / "OR" SP search-key SP search-key /
    // "(" search-key *(SP search-key) ")"
    private boolean searchKey() throws Refusal, Departure {
        while (true) {
            if (in.accept('(')) push(Kind.LIST);
            else if (in.isNumberNext() || in.peek() == '*' || in.peek() == '$')
                return close(simple(""));
            else {
                String word = in.keyword();
                switch (word) {
                    case "NOT" -> push(Kind.NOT);
                    case "OR" -> push(Kind.OR);
                    case "CHARSET" -> charset();
                    default -> {
                        return close(simple(word));
                    }
                }
                in.sp();
            }
        }
    }

    private void push(Kind kind) throws Refusal {
        if (open.size() > Bounds.DEPTH) throw new Refusal(Reply.TOO_DEEP);
        open.push(new Open(kind));
    }

    /// Hands a whole key to what waits for it, which may be whole then, too. True at the end of all.
    private boolean close(SearchKey whole) throws Refusal {
        if (whole instanceof Header || whole instanceof Body || whole instanceof Text) texts++;
        if (++keys > MOST_KEYS || texts > MOST_TEXTS) throw new Refusal(Reply.TOO_BIG);
        var key = whole;
        while (true) {
            var waiting = open.element();
            waiting.keys.add(key);
            switch (waiting.kind) {
                case WHOLE -> {
                    return in.isBlankToEnd();
                }
                case LIST -> {
                    if (!in.accept(')')) return false;
                    key = waiting.all();
                }
                case NOT -> key = new Not(key);
                case OR -> {
                    if (waiting.keys.size() == 1) return false;
                    key = new Or(waiting.keys.get(0), key);
                }
            }
            open.pop();
        }
    }

    // RFC 3501 §6.4.4: US-ASCII is known everywhere; here, UTF-8 besides
    private void charset() throws Refusal, Departure {
        if (keys > 0 || open.size() > 1) throw Lexer.bad();
        in.sp();
        known(in.astring());
    }

    private static void known(String charset) throws Refusal {
        if (!charset.equalsIgnoreCase("UTF-8") && !charset.equalsIgnoreCase("US-ASCII"))
            throw new Refusal(Reply.BAD_CHARSET);
    }

    // RFC 3501 §9: search-key
    private SearchKey simple(String word) throws Refusal, Departure {
        return switch (word) {
            case "" -> new Sequence(Grammar.sequenceSet(in));
            case "ALL" -> new All();
            case "ANSWERED" -> new Has(Flag.ANSWERED);
            case "BCC" -> new Header("Bcc", text());
            case "BEFORE" -> new Dated(false, Relation.BEFORE, date());
            case "BODY" -> new Body(text());
            case "CC" -> new Header("Cc", text());
            case "DELETED" -> new Has(Flag.DELETED);
            case "DRAFT" -> new Has(Flag.DRAFT);
            case "EMAILID" -> new SearchKey.EmailId(objectId());
            case "FLAGGED" -> new Has(Flag.FLAGGED);
            case "FROM" -> new Header("From", text());
            case "HEADER" -> new Header(name(), text());
            case "KEYWORD" -> new Has(keyword());
            case "LARGER" -> new Larger(number());
            case "MODSEQ" -> modSeq();
            case "NEW" -> new And(List.of(new Has(Flag.RECENT), new Not(new Has(Flag.SEEN))));
            case "OLD" -> new Not(new Has(Flag.RECENT));
            case "OLDER" -> new SearchKey.Aged(false, interval());
            case "ON" -> new Dated(false, Relation.ON, date());
            case "RECENT" -> new Has(Flag.RECENT);
            case "SAVEDATESUPPORTED" -> new SearchKey.SavedDateSupported();
            case "SAVEDBEFORE" -> new SearchKey.Saved(Relation.BEFORE, date());
            case "SAVEDON" -> new SearchKey.Saved(Relation.ON, date());
            case "SAVEDSINCE" -> new SearchKey.Saved(Relation.SINCE, date());
            case "SEEN" -> new Has(Flag.SEEN);
            case "SENTBEFORE" -> new Dated(true, Relation.BEFORE, date());
            case "SENTON" -> new Dated(true, Relation.ON, date());
            case "SENTSINCE" -> new Dated(true, Relation.SINCE, date());
            case "SINCE" -> new Dated(false, Relation.SINCE, date());
            case "SMALLER" -> new Smaller(number());
            case "SUBJECT" -> new Header("Subject", text());
            case "TEXT" -> new Text(text());
            case "THREADID" -> new SearchKey.ThreadId(objectId());
            case "TO" -> new Header("To", text());
            case "UID" -> {
                in.sp();
                yield new Uid(Grammar.sequenceSet(in));
            }
            case "UNANSWERED" -> new Not(new Has(Flag.ANSWERED));
            case "UNDELETED" -> new Not(new Has(Flag.DELETED));
            case "UNDRAFT" -> new Not(new Has(Flag.DRAFT));
            case "UNFLAGGED" -> new Not(new Has(Flag.FLAGGED));
            case "UNKEYWORD" -> new Not(new Has(keyword()));
            case "UNSEEN" -> new Not(new Has(Flag.SEEN));
            case "YOUNGER" -> new SearchKey.Aged(true, interval());
            default -> throw Lexer.bad();
        };
    }

    // RFC 7162 §7: search-modsequence = "MODSEQ" [SP "\"/flags/" … "\"" SP entry-type-req] SP
    // mod-sequence-valzer; every flag has the message's
    private SearchKey modSeq() throws Refusal, Departure {
        in.sp();
        if (in.peek() == '"') {
            in.string();
            in.sp();
            switch (in.keyword()) {
                case "PRIV", "SHARED", "ALL" -> in.sp();
                default -> throw Lexer.bad();
            }
        }
        return new SearchKey.ModSeq(in.number63());
    }

    // RFC 8474 §7: objectid = 1*255(ALPHA / DIGIT / "_" / "-")
    private String objectId() throws Refusal {
        in.sp();
        return in.atom();
    }

    // RFC 5032 §5: interval in seconds, nz-number
    private long interval() throws Refusal {
        in.sp();
        return in.nzNumber();
    }

    private String text() throws Refusal, Departure {
        in.sp();
        return Lexer.utf8(in.astring());
    }

    // RFC 3501 §9: header-fld-name = astring
    private String name() throws Refusal, Departure {
        in.sp();
        return in.astring();
    }

    // RFC 3501 §9: flag-keyword = atom
    private Flag keyword() throws Refusal {
        in.sp();
        return new Flag(in.atom());
    }

    private long number() throws Refusal {
        in.sp();
        return in.number();
    }

    // RFC 3501 §9: date = date-text / DQUOTE date-text DQUOTE
    private java.time.LocalDate date() throws Refusal {
        in.sp();
        boolean quoted = in.accept('"');
        var date = DateTimes.dateText(in);
        if (quoted) in.expect('"');
        return date;
    }
}
