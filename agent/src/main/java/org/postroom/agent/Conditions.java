package org.postroom.agent;

import org.postroom.agent.account.Hindrance;
import org.postroom.imap.Flag;
import org.postroom.imap.SearchKey;
import org.postroom.imap.SearchKey.Relation;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a person searches for, word by word; all of it must hold.
final class Conditions {

    private Conditions() {}

    static SearchKey parse(List<String> words) throws Hindrance {
        if (words.isEmpty()) throw Hindrance.usage("Search for what?");
        var keys = new ArrayList<SearchKey>();
        for (int i = 0; i < words.size(); i++)
            if (words.get(i).equals("or") && !keys.isEmpty() && i + 1 < words.size())
                keys.add(new SearchKey.Or(keys.removeLast(), one(words.get(++i))));
            else keys.add(one(words.get(i)));
        return keys.size() == 1 ? keys.getFirst() : new SearchKey.And(keys);
    }

    private static SearchKey one(String word) throws Hindrance {
        if (word.startsWith("!") && word.length() > 1)
            return new SearchKey.Not(one(word.substring(1)));
        int colon = word.indexOf(':');
        if (colon < 0) return flag(word);
        String value = word.substring(colon + 1);
        return switch (word.substring(0, colon).toLowerCase(Locale.ROOT)) {
            case "from" -> new SearchKey.Header("From", value);
            case "to" -> new SearchKey.Header("To", value);
            case "cc" -> new SearchKey.Header("Cc", value);
            case "subject" -> new SearchKey.Header("Subject", value);
            case "body" -> new SearchKey.Body(value);
            case "text" -> new SearchKey.Text(value);
            case "since" -> dated(Relation.SINCE, value);
            case "before" -> dated(Relation.BEFORE, value);
            case "on" -> dated(Relation.ON, value);
            case "larger" -> new SearchKey.Larger(Sizes.parse(value));
            case "smaller" -> new SearchKey.Smaller(Sizes.parse(value));
            case "keyword" -> new SearchKey.Has(keyword(value));
            default -> new SearchKey.Text(word);
        };
    }

    private static SearchKey flag(String word) {
        return switch (word) {
            case "new", "unseen", "unread" -> new SearchKey.Not(new SearchKey.Has(Flag.SEEN));
            case "seen", "read" -> new SearchKey.Has(Flag.SEEN);
            case "flagged" -> new SearchKey.Has(Flag.FLAGGED);
            case "answered" -> new SearchKey.Has(Flag.ANSWERED);
            case "deleted" -> new SearchKey.Has(Flag.DELETED);
            default -> new SearchKey.Text(word);
        };
    }

    static Flag keyword(String word) throws Hindrance {
        return Flag.named(word)
                .filter(flag -> !flag.isSystem())
                .orElseThrow(() -> Hindrance.usage(word + " can be no keyword."));
    }

    /// A day, a month, a year, or how long ago: `2024-05-01`, `2024-05`, `2024`, `7d`, `3m`, `1y`.
    private static SearchKey dated(Relation relation, String value) throws Hindrance {
        return new SearchKey.Dated(true, relation, day(value));
    }

    static LocalDate day(String value) throws Hindrance {
        var today = LocalDate.now(java.time.ZoneId.systemDefault());
        if (value.equals("today")) return today;
        if (value.equals("yesterday")) return today.minusDays(1);
        try {
            if (value.matches("[0-9]{4}")) return LocalDate.parse(value + "-01-01");
            if (value.matches("[0-9]{4}-[0-9]{2}")) return LocalDate.parse(value + "-01");
            if (value.matches("[0-9]{1,4}[dwmy]")) {
                long count = Long.parseLong(value.substring(0, value.length() - 1));
                return switch (value.charAt(value.length() - 1)) {
                    case 'd' -> today.minusDays(count);
                    case 'w' -> today.minusWeeks(count);
                    case 'm' -> today.minusMonths(count);
                    default -> today.minusYears(count);
                };
            }
            return LocalDate.parse(value);
        } catch (DateTimeParseException e) {
            throw Hindrance.usage(
                    value + " is no date; write 2024-05-01, 2024, or 7d for a week ago.");
        }
    }
}
