package org.postroom.server.imap;

import org.postroom.imap.SortKey;
import org.postroom.mime.Address;
import org.postroom.mime.Summary;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Puts messages in the order that SORT wants (RFC 5256 §3, RFC 5957 §3). What the view does not know
/// is read from the summaries, once.
final class Sort {

    private final Selected selected;
    private final int[] sequences;
    private final List<SortKey> order;
    private final String[][] texts; // by key and place
    private final long[] sent;

    Sort(Selected selected, int[] sequences, List<SortKey> order) {
        this.selected = selected;
        this.sequences = sequences;
        this.order = order;
        this.texts = new String[order.size()][];
        this.sent =
                new long
                        [order.stream().anyMatch(it -> it.by() == SortKey.By.DATE)
                                ? sequences.length
                                : 0];
        for (int i = 0; i < texts.length; i++)
            texts[i] = new String[isText(order.get(i).by()) ? sequences.length : 0];
    }

    /// The sequence numbers in order.
    int[] run() {
        boolean fromView = sent.length == 0;
        for (var column : texts) fromView &= column.length == 0;
        if (!fromView) Summaries.each(selected, sequences, this::take);
        return selected.share().run(_ -> sorted());
    }

    private int[] sorted() {
        var places = new Integer[sequences.length];
        Arrays.setAll(places, i -> i);
        Arrays.sort(places, comparator());
        return Arrays.stream(places).mapToInt(place -> sequences[place]).toArray();
    }

    private static boolean isText(SortKey.By by) {
        return switch (by) {
            case ARRIVAL, DATE, SIZE -> false;
            case CC, FROM, SUBJECT, TO, DISPLAYFROM, DISPLAYTO -> true;
        };
    }

    private void take(int place, Optional<Summary> summary) {
        if (sent.length > 0)
            sent[place] = Summaries.sent(summary, selected.view(), sequences[place]);
        for (int i = 0; i < texts.length; i++) {
            var by = order.get(i).by();
            if (texts[i].length > 0)
                texts[i][place] = summary.map(it -> Casemap.key(text(by, it))).orElse("");
        }
    }

    private static String text(SortKey.By by, Summary summary) {
        var envelope = summary.envelope();
        return switch (by) {
            case CC -> mailbox(envelope.cc());
            case FROM -> mailbox(envelope.from());
            case TO -> mailbox(envelope.to());
            case DISPLAYFROM -> display(envelope.from());
            case DISPLAYTO -> display(envelope.to());
            case SUBJECT -> summary.baseSubject().text();
            case ARRIVAL, DATE, SIZE -> "";
        };
    }

    // RFC 5256 §3: addr-mailbox of the first address, or nothing
    private static String mailbox(List<Address> addresses) {
        if (addresses.isEmpty()) return "";
        String mailbox = addresses.getFirst().mailbox();
        return mailbox == null ? "" : mailbox;
    }

    // RFC 5957 §3: the display name, decoded, or the address
    private static String display(List<Address> addresses) {
        if (addresses.isEmpty()) return "";
        var first = addresses.getFirst();
        String name = first.displayName();
        if (!name.isEmpty()) return name;
        String mailbox = first.mailbox();
        String host = first.host();
        return mailbox == null ? "" : host == null ? mailbox : mailbox + "@" + host;
    }

    /// RFC 5256 §3: what is equal stays in the order of the mailbox, as a stable sort has it.
    private Comparator<Integer> comparator() {
        Comparator<Integer> all = (_, _) -> 0;
        for (int i = 0; i < texts.length; i++) {
            var one = comparator(i);
            all = all.thenComparing(order.get(i).reverse() ? one.reversed() : one);
        }
        return all;
    }

    private Comparator<Integer> comparator(int key) {
        var view = selected.view();
        return switch (order.get(key).by()) {
            case ARRIVAL -> Comparator.comparingLong(place -> view.received(sequences[place]));
            case SIZE -> Comparator.comparingInt(place -> view.octets(sequences[place]));
            case DATE -> Comparator.comparingLong(place -> sent[place]);
            case CC, FROM, SUBJECT, TO, DISPLAYFROM, DISPLAYTO ->
                    (one, other) -> Casemap.compare(texts[key][one], texts[key][other]);
        };
    }
}
