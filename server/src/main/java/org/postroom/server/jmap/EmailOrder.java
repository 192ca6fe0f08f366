package org.postroom.server.jmap;

import org.postroom.jmap.MethodError;
import org.postroom.jmap.Order;
import org.postroom.jmap.Refusal;
import org.postroom.mime.Address;
import org.postroom.mime.Dates;
import org.postroom.mime.Envelope;
import org.postroom.store.Catalog;
import org.postroom.store.EmailId;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// The order of a query's emails (RFC 8621 §4.4.2), the last word of which is the email's id.
final class EmailOrder {

    static final List<String> PROPERTIES =
            List.of(
                    "receivedAt",
                    "size",
                    "from",
                    "to",
                    "subject",
                    "sentAt",
                    "hasKeyword",
                    "allInThreadHaveKeyword",
                    "someInThreadHaveKeyword");

    /// Emails whose summaries are read at once.
    private static final int PORTION = 500;

    private final Visit visit;
    private final Catalog catalog;
    private final EmailConditions conditions;
    private final List<Order> sort;

    EmailOrder(Visit visit, Catalog catalog, EmailConditions conditions, List<Order> sort)
            throws Refusal {
        this.visit = visit;
        this.catalog = catalog;
        this.conditions = conditions;
        this.sort = sort;
        for (var order : sort) {
            if (!PROPERTIES.contains(order.property()))
                throw new Refusal(MethodError.UNSUPPORTED_SORT, order.property());
            var collation = order.extra().get("collation");
            if (collation != null
                    && !(collation.isString()
                            && List.of("i;ascii-casemap", "i;unicode-casemap")
                                    .contains(collation.stringValue())))
                throw new Refusal(MethodError.UNSUPPORTED_SORT, "collation");
        }
    }

    /// Whether a keyword decides, which changes.
    boolean isOfThreads() {
        return sort.stream().anyMatch(order -> order.property().contains("InThread"));
    }

    /// Sorts the numbers of emails; reads summaries where it has to.
    int[] sorted(int[] found) throws Refusal {
        Comparator<Integer> all = null;
        for (var order : sort) {
            var one = comparator(order, found);
            if (!order.ascending()) one = one.reversed();
            all = all == null ? one : all.thenComparing(one);
        }
        Comparator<Integer> last =
                Comparator.comparingLong(number -> catalog.email(number).value());
        var order = all == null ? last : all.thenComparing(last);
        return visit.share()
                .run(_ -> Arrays.stream(found).boxed().sorted(order).mapToInt(it -> it).toArray());
    }

    private Comparator<Integer> comparator(Order order, int[] found) throws Refusal {
        return switch (order.property()) {
            case "receivedAt" -> Comparator.comparingLong(catalog::received);
            case "size" -> Comparator.comparingInt(catalog::octets);
            case "hasKeyword" -> {
                long bit = conditions.bit(keyword(order));
                yield flag(number -> (catalog.flags(number) & bit) != 0);
            }
            case "allInThreadHaveKeyword" -> {
                long bit = conditions.bit(keyword(order));
                yield flag(number -> conditions.allInThread(number, bit));
            }
            case "someInThreadHaveKeyword" -> {
                long bit = conditions.bit(keyword(order));
                yield flag(number -> conditions.someInThread(number, bit));
            }
            case "sentAt" -> {
                long[] keys = new long[catalog.size()];
                each(found, (number, envelope) -> keys[number] = sent(number, envelope));
                yield Comparator.comparingLong(number -> keys[number]);
            }
            default -> {
                var keys = new String[catalog.size()];
                each(found, (number, envelope) -> keys[number] = text(order.property(), envelope));
                yield Comparator.comparing(number -> keys[number]);
            }
        };
    }

    private static String keyword(Order order) throws Refusal {
        var keyword = order.extra().get("keyword");
        if (keyword == null || !keyword.isString()) throw Refusal.arguments("keyword is missing");
        return keyword.stringValue();
    }

    private static Comparator<Integer> flag(java.util.function.IntPredicate holds) {
        return Comparator.comparing(number -> holds.test(number));
    }

    private interface Each {
        void of(int number, Envelope envelope);
    }

    private void each(int[] found, Each each) {
        for (int at = 0; at < found.length; at += PORTION) {
            int from = at;
            visit.share()
                    .run(_ -> {
                        var emails = new ArrayList<EmailId>();
                        int to = Math.min(found.length, from + PORTION);
                        for (int i = from; i < to; i++) emails.add(catalog.email(found[i]));
                        var messages = visit.account().messages(emails);
                        for (int i = from; i < to; i++) {
                            var message = messages.get(i - from);
                            each.of(found[i], message == null ? Envelope.NONE : message.envelope());
                        }
                        return true;
                    });
        }
    }

    private long sent(int number, Envelope envelope) {
        String date = envelope.date();
        return date == null
                ? catalog.received(number)
                : Dates.parse(date)
                        .map(it -> it.toInstant().toEpochMilli())
                        .orElseGet(() -> catalog.received(number));
    }

    // RFC 8621 §4.4.2: the first one's name, else its address; a subject as RFC 5256 §2.1 has it
    private static String text(String property, Envelope envelope) {
        String text =
                switch (property) {
                    case "from" -> first(envelope.from());
                    case "to" -> first(envelope.to());
                    default -> {
                        String subject = envelope.subject();
                        yield subject == null
                                ? ""
                                : org.postroom.mime.BaseSubject.of(subject).text();
                    }
                };
        return text.toLowerCase(Locale.ROOT);
    }

    private static String first(List<Address> addresses) {
        if (addresses.isEmpty()) return "";
        String name = addresses.getFirst().displayName();
        return name.isEmpty() ? addresses.getFirst().addrSpec() : name;
    }
}
