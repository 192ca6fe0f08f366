package org.postroom.server.jmap;

import org.jspecify.annotations.Nullable;
import org.postroom.jmap.Filter;
import org.postroom.jmap.MethodError;
import org.postroom.jmap.Refusal;
import org.postroom.store.Catalog;
import org.postroom.store.Flag;
import org.postroom.store.Keywords;
import org.postroom.store.MailboxId;
import org.postroom.store.search.Condition;
import org.postroom.store.search.Sought;
import org.postroom.store.search.Sought.Part;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// A filter of Email/query (RFC 8621 §4.4.1) as a condition on the emails of a catalog.
final class EmailConditions {

    private static final List<Part> ALL_PARTS =
            List.of(Part.FROM, Part.TO, Part.CC, Part.BCC, Part.SUBJECT);

    private final Visit visit;
    private final Catalog catalog;
    private final Keywords keywords;
    private final int[] threads;
    private boolean ofThreads;

    EmailConditions(Visit visit, Catalog catalog) {
        this.visit = visit;
        this.catalog = catalog;
        this.keywords = visit.account().keywords();
        this.threads = catalog.threadNumbers();
    }

    /// Whether it depends on other emails of a thread.
    boolean isOfThreads() {
        return ofThreads;
    }

    int thread(int number) {
        return threads[number];
    }

    long bit(String keyword) {
        return switch (keyword.toLowerCase(Locale.ROOT)) {
            case "$seen" -> Flag.SEEN.bit();
            case "$answered" -> Flag.ANSWERED.bit();
            case "$flagged" -> Flag.FLAGGED.bit();
            case "$draft" -> Flag.DRAFT.bit();
            default -> keywords.bit(keyword);
        };
    }

    boolean allInThread(int number, long bit) {
        for (int mate : catalog.members(threads[number]))
            if ((catalog.flags(mate) & bit) == 0) return false;
        return true;
    }

    boolean someInThread(int number, long bit) {
        for (int mate : catalog.members(threads[number]))
            if ((catalog.flags(mate) & bit) != 0) return true;
        return false;
    }

    /// As deep as the filter, which is bounded.
    Condition of(@Nullable Filter filter) throws Refusal {
        return switch (filter) {
            case null -> Condition.known(_ -> true);
            case Filter.Operation(var operator, var of) -> {
                var all = new ArrayList<Condition>();
                for (var each : of) all.add(of(each));
                yield switch (operator) {
                    case AND -> Condition.all(all);
                    case OR -> Condition.any(all);
                    case NOT -> Condition.not(Condition.any(all));
                };
            }
            case Filter.Condition(var members) -> members(members);
        };
    }

    private Condition members(ObjectNode members) throws Refusal {
        var all = new ArrayList<Condition>();
        for (var member : members.properties()) all.add(member(member.getKey(), member.getValue()));
        return Condition.all(all);
    }

    private Condition member(String name, JsonNode value) throws Refusal {
        return switch (name) {
            case "inMailbox" -> {
                var box = mailbox(text(name, value));
                yield Condition.known(number -> box != null && catalog.isIn(number, box));
            }
            case "inMailboxOtherThan" -> otherThan(name, value);
            case "before" -> {
                long before = date(name, value);
                yield Condition.known(number -> catalog.received(number) < before);
            }
            case "after" -> {
                long after = date(name, value);
                yield Condition.known(number -> catalog.received(number) >= after);
            }
            case "minSize" -> {
                long size = number(name, value);
                yield Condition.known(number -> catalog.octets(number) >= size);
            }
            case "maxSize" -> {
                long size = number(name, value);
                yield Condition.known(number -> catalog.octets(number) < size);
            }
            case "allInThreadHaveKeyword" -> {
                long bit = bit(text(name, value));
                ofThreads = true;
                yield Condition.known(number -> allInThread(number, bit));
            }
            case "someInThreadHaveKeyword" -> {
                long bit = bit(text(name, value));
                ofThreads = true;
                yield Condition.known(number -> someInThread(number, bit));
            }
            case "noneInThreadHaveKeyword" -> {
                long bit = bit(text(name, value));
                ofThreads = true;
                yield Condition.known(number -> !someInThread(number, bit));
            }
            case "hasKeyword" -> {
                long bit = bit(text(name, value));
                yield Condition.known(number -> (catalog.flags(number) & bit) != 0);
            }
            case "notKeyword" -> {
                long bit = bit(text(name, value));
                yield Condition.known(number -> (catalog.flags(number) & bit) == 0);
            }
            case "hasAttachment" -> {
                if (!value.isBoolean()) throw wrong(name);
                boolean has = value.booleanValue();
                yield Condition.opened(opened -> opened.message().summary().hasAttachment() == has);
            }
            case "text" ->
                    words(text(name, value), word -> Sought.inSummaryOrBody(ALL_PARTS, word));
            case "from" -> words(text(name, value), word -> Sought.inSummary(Part.FROM, word));
            case "to" -> words(text(name, value), word -> Sought.inSummary(Part.TO, word));
            case "cc" -> words(text(name, value), word -> Sought.inSummary(Part.CC, word));
            case "bcc" -> words(text(name, value), word -> Sought.inSummary(Part.BCC, word));
            case "subject" ->
                    words(text(name, value), word -> Sought.inSummary(Part.SUBJECT, word));
            case "body" -> words(text(name, value), Sought::inBody);
            case "header" -> header(name, value);
            default -> throw new Refusal(MethodError.UNSUPPORTED_FILTER, name);
        };
    }

    private @Nullable MailboxId mailbox(String id) {
        return MailboxId.parse(visit.id(id)).orElse(null);
    }

    private Condition otherThan(String name, JsonNode value) throws Refusal {
        if (!value.isArray()) throw wrong(name);
        var boxes = new ArrayList<Integer>();
        for (var each : value) {
            var box = mailbox(text(name, each));
            if (box != null) boxes.add(box.value());
        }
        return Condition.known(number -> {
            for (int box : catalog.mailboxes(number)) if (!boxes.contains(box)) return true;
            return false;
        });
    }

    private static Condition header(String name, JsonNode value) throws Refusal {
        if (!value.isArray() || value.isEmpty() || value.size() > 2) throw wrong(name);
        String field = text(name, value.get(0));
        String text = value.size() == 2 ? text(name, value.get(1)) : "";
        return Condition.has(Sought.inField(field, text));
    }

    // RFC 8621 §4.4.1: words of which each has to be there, and phrases in quotes
    private static Condition words(String text, Function<String, Sought> sought) {
        return Condition.all(
                terms(text).stream().map(term -> Condition.has(sought.apply(term))).toList());
    }

    static List<String> terms(String text) {
        var terms = new ArrayList<String>();
        var term = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quote != 0 && i + 1 < text.length()) term.append(text.charAt(++i));
            else if (quote != 0
                    ? c == quote
                    : Character.isWhitespace(c) || isOpening(text, i, term)) {
                if (!term.isEmpty()) terms.add(term.toString());
                term.setLength(0);
                quote = quote == 0 && !Character.isWhitespace(c) ? c : 0;
            } else term.append(c);
        }
        if (!term.isEmpty()) terms.add(term.toString());
        return terms;
    }

    /// A quotation mark that has a fellow, where a word could begin.
    private static boolean isOpening(String text, int at, StringBuilder term) {
        char c = text.charAt(at);
        return (c == '"' || c == '\'') && term.isEmpty() && text.indexOf(c, at + 1) > 0;
    }

    private static String text(String name, JsonNode value) throws Refusal {
        if (!value.isString()) throw wrong(name);
        return value.stringValue();
    }

    private static long number(String name, JsonNode value) throws Refusal {
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0)
            throw wrong(name);
        return value.longValue();
    }

    private static long date(String name, JsonNode value) throws Refusal {
        try {
            return OffsetDateTime.parse(text(name, value)).toInstant().toEpochMilli();
        } catch (DateTimeException none) {
            throw wrong(name);
        }
    }

    private static Refusal wrong(String name) {
        return Refusal.arguments(name + " is of another type");
    }
}
