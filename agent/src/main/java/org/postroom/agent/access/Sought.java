package org.postroom.agent.access;

import org.postroom.agent.account.Hindrance;
import org.postroom.imap.SearchKey;
import org.postroom.mime.Address;
import org.postroom.mime.render.Rendering;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Whether a condition holds for a letter: what an IMAP server finds out itself, done here for a POP3
/// maildrop. The text is fetched when a condition asks for it, not before.
final class Sought {

    /// Fetches the text.
    @FunctionalInterface
    interface Text {
        String get() throws Hindrance;
    }

    private final Row row;
    private final Text text;

    private Sought(Row row, Text text) {
        this.row = row;
        this.text = text;
    }

    static Sought of(Row row, Text text) {
        return new Sought(row, text);
    }

    static String text(Fetched fetched) throws Hindrance {
        try {
            return Rendering.text(fetched.summary(), fetched.source());
        } catch (IOException e) {
            throw Hindrance.system("Reading a letter", e);
        }
    }

    /// Conditions nest as deep as the person wrote them.
    boolean matches(SearchKey key) throws Hindrance {
        return switch (key) {
            case SearchKey.All() -> true;
            case SearchKey.And(var keys) -> all(keys);
            case SearchKey.Or(var one, var other) -> matches(one) || matches(other);
            case SearchKey.Not(var not) -> !matches(not);
            case SearchKey.Has(var flag) -> row.has(flag);
            case SearchKey.Dated(_, var relation, var date) -> dated(relation, date);
            case SearchKey.Larger(long octets) -> row.size() > octets;
            case SearchKey.Smaller(long octets) -> row.size() < octets;
            case SearchKey.Header(var name, var part) -> header(name, part);
            case SearchKey.Body(var part) -> contains(text.get(), part);
            case SearchKey.Text(var part) ->
                    header("Subject", part)
                            || header("From", part)
                            || header("To", part)
                            || contains(text.get(), part);
            case SearchKey.Sequence(_), SearchKey.Uid(_) -> false;
            // a person can't ask for these, so far
            case SearchKey.Saved(_, _),
                    SearchKey.SavedDateSupported(),
                    SearchKey.Aged(_, _),
                    SearchKey.ModSeq(_),
                    SearchKey.EmailId(_),
                    SearchKey.ThreadId(_) ->
                    false;
        };
    }

    private boolean all(List<SearchKey> keys) throws Hindrance {
        for (var key : keys) if (!matches(key)) return false;
        return true;
    }

    private boolean dated(SearchKey.Relation relation, LocalDate date) {
        Optional<LocalDate> day = row.date().map(it -> it.toLocalDate());
        return day.isPresent()
                && switch (relation) {
                    case BEFORE -> day.get().isBefore(date);
                    case ON -> day.get().equals(date);
                    case SINCE -> !day.get().isBefore(date);
                };
    }

    private boolean header(String name, String part) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "subject" -> contains(row.subject(), part);
            case "from" -> addresses(row.envelope().from(), part);
            case "to" -> addresses(row.envelope().to(), part);
            case "cc" -> addresses(row.envelope().cc(), part);
            case "content-type" -> contains(row.type(), part);
            case "message-id" -> contains(row.messageId().orElse(""), part);
            default -> false;
        };
    }

    private static boolean addresses(List<Address> addresses, String part) {
        for (var address : addresses)
            if (contains(address.displayName(), part) || contains(address.addrSpec(), part))
                return true;
        return false;
    }

    private static boolean contains(String text, String part) {
        return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }
}
