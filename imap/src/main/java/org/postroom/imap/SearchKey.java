package org.postroom.imap;

import java.time.LocalDate;
import java.util.List;

/// A condition on messages. RFC 3501 §9: search-key. What the RFC has as one word is read as what it
/// means: UNSEEN is `Not(Has(\Seen))`, FROM is `Header("From", …)`.
///
/// Keys nest at most [Bounds#DEPTH] deep, so whoever walks them may recurse.
public sealed interface SearchKey {

    record All() implements SearchKey {}

    /// Every one of them; never empty.
    record And(List<SearchKey> keys) implements SearchKey {
        public And {
            keys = List.copyOf(keys);
        }
    }

    record Or(SearchKey one, SearchKey other) implements SearchKey {}

    record Not(SearchKey key) implements SearchKey {}

    /// A system flag or a keyword; `\Recent`, too.
    record Has(Flag flag) implements SearchKey {}

    /// A date, its time and zone left aside: of arrival, or of the Date field.
    record Dated(boolean sent, Relation relation, LocalDate date) implements SearchKey {}

    /// RFC 3501 §6.4.4: BEFORE, ON, SINCE (which includes the day)
    enum Relation {
        BEFORE,
        ON,
        SINCE
    }

    /// When the message came to this mailbox (RFC 8514 §4.3).
    record Saved(Relation relation, LocalDate date) implements SearchKey {}

    /// Whether the mailbox knows that (RFC 8514 §4.3).
    record SavedDateSupported() implements SearchKey {}

    /// Came so many seconds ago, or longer (RFC 5032 §3); younger is less long ago.
    record Aged(boolean younger, long seconds) implements SearchKey {}

    /// Has this mod-sequence, or a higher one (RFC 7162 §3.1.5).
    record ModSeq(long least) implements SearchKey {}

    /// RFC 8474 §6
    record EmailId(String id) implements SearchKey {}

    /// RFC 8474 §6
    record ThreadId(String id) implements SearchKey {}

    record Larger(long octets) implements SearchKey {}

    record Smaller(long octets) implements SearchKey {}

    /// A header field that contains a text; an empty text asks for the field alone.
    record Header(String name, String text) implements SearchKey {}

    /// In the body's text.
    record Body(String text) implements SearchKey {}

    /// In header or body.
    record Text(String text) implements SearchKey {}

    record Sequence(SequenceSet set) implements SearchKey {}

    record Uid(SequenceSet set) implements SearchKey {}
}
