package org.postroom.server.imap;

import org.jspecify.annotations.Nullable;
import org.postroom.imap.Command.Threads.Algorithm;
import org.postroom.mime.Summary;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Puts messages into threads (RFC 5256 §3). REFS is REFERENCES by references alone: no subject joins
/// threads, and the thread with the newest message comes last.
///
/// Nothing here recurses, since a thread may be as deep as the mailbox is large, and to tell whether a
/// link would close a ring takes a few steps however deep it is ([Node#group]).
final class Threading {

    /// A message, or the place of one that is not here.
    static final class Node {
        int sequence; // 0: a dummy
        long sent;
        long received;
        String subject = "";
        boolean reply;
        boolean settled; // it says itself what stands above it
        @Nullable Node parent;
        final List<Node> children = new ArrayList<>();
        private Node towardsTop = this;
        private int weight = 1;

        boolean isDummy() {
            return sequence == 0;
        }

        /// Its number, or a dummy's first child's.
        int place() {
            return isDummy() ? children.getFirst().sequence : sequence;
        }

        /// What stands above all that this was ever linked to.
        private Node group() {
            var node = this;
            while (node.towardsTop != node) {
                node.towardsTop = node.towardsTop.towardsTop;
                node = node.towardsTop;
            }
            return node;
        }

        /// Becomes the parent of one that has none, unless that is above this.
        void adopt(Node child) {
            var mine = group();
            var its = child.group();
            if (mine == its || child.parent != null) return;
            child.parent = this;
            var larger = mine.weight >= its.weight ? mine : its;
            var smaller = larger == mine ? its : mine;
            smaller.towardsTop = larger;
            larger.weight += smaller.weight;
        }
    }

    private record Gathered(Node node, List<String> ancestors) {}

    private final Selected selected;
    private final int[] sequences;
    private final Algorithm algorithm;
    private final Map<String, Node> byId = new HashMap<>();
    private final List<Gathered> gathered = new ArrayList<>();

    Threading(Selected selected, int[] sequences, Algorithm algorithm) {
        this.selected = selected;
        this.sequences = sequences;
        this.algorithm = algorithm;
    }

    /// The first of each thread, the others below it.
    List<Node> run() {
        Summaries.each(selected, sequences, this::take);
        return selected.share()
                .run(_ ->
                        switch (algorithm) {
                            case ORDEREDSUBJECT -> bySubject();
                            case REFERENCES -> byReferences(true);
                            case REFS -> byReferences(false);
                        });
    }

    private void take(int place, Optional<Summary> summary) {
        var node = new Node();
        node.sequence = sequences[place];
        node.sent = Summaries.sent(summary, selected.view(), node.sequence);
        node.received = selected.view().received(node.sequence);
        if (summary.isPresent() && algorithm != Algorithm.REFS) {
            node.subject = Casemap.key(summary.get().baseSubject().text());
            node.reply = summary.get().baseSubject().reply();
        }
        List<String> ancestors = List.of();
        if (summary.isPresent() && algorithm != Algorithm.ORDEREDSUBJECT) {
            ancestors = summary.get().identification().ancestors();
            String id = summary.get().identification().messageId();
            // RFC 5256 §3: an id that was there before is taken for none
            if (id != null) byId.putIfAbsent(id, node);
        }
        node.settled = !ancestors.isEmpty();
        gathered.add(new Gathered(node, ancestors));
    }

    // RFC 5256 §3: ORDEREDSUBJECT
    private List<Node> bySubject() {
        var threads = new LinkedHashMap<String, Node>();
        for (var each : gathered.stream().map(Gathered::node).sorted(bySent()).toList()) {
            var first = threads.putIfAbsent(each.subject, each);
            if (first != null) first.children.add(each);
        }
        return new ArrayList<>(threads.values()); // in the order of their first messages
    }

    private static Comparator<Node> bySent() {
        return Comparator.<Node>comparingLong(node -> node.sent).thenComparingInt(Node::place);
    }

    // RFC 5256 §3: REFERENCES, its steps (1) to (6)
    private List<Node> byReferences(boolean subjects) {
        link();
        var roots = pruned();
        if (subjects) {
            for (var root : roots) if (root.isDummy()) root.children.sort(bySent());
            roots.forEach(Threading::dated);
            roots.sort(bySent());
            roots = joined(roots);
            sortAll(roots, bySent());
        } else {
            sortAll(roots, Comparator.<Node>comparingLong(node -> node.received));
            var latest = new HashMap<Node, Long>();
            for (var root : roots) latest.put(root, latest(root));
            roots.sort(Comparator.comparing(latest::get));
        }
        return roots;
    }

    /// (1): first whom each message itself names as its parent, then what else its references say.
    private void link() {
        for (var each : gathered)
            if (!each.ancestors.isEmpty()) named(each.ancestors.getLast()).adopt(each.node);
        for (var each : gathered)
            for (int i = 1; i < each.ancestors.size(); i++) {
                var child = named(each.ancestors.get(i));
                if (!child.settled) named(each.ancestors.get(i - 1)).adopt(child);
            }
    }

    private Node named(String id) {
        return byId.computeIfAbsent(id, _ -> new Node());
    }

    /// (2) and (3): the roots, without dummies but for those that hold several threads together. A
    /// message below dummies hangs from the next message above it.
    private List<Node> pruned() {
        var dummies = new ArrayList<Node>();
        for (var each : gathered) {
            var above = each.node.parent;
            while (above != null && above.isDummy() && above.parent != null)
                above = shortened(above);
            if (above == null) continue;
            if (above.isDummy() && above.children.isEmpty()) dummies.add(above);
            above.children.add(each.node);
            each.node.parent = above;
        }
        var roots = new ArrayList<Node>();
        for (var each : gathered) if (each.node.parent == null) roots.add(each.node);
        for (var dummy : dummies)
            if (dummy.children.size() > 1) roots.add(dummy);
            else {
                var only = dummy.children.getFirst();
                only.parent = null;
                roots.add(only);
            }
        return roots;
    }

    /// One step up a row of dummies, which is half as long for whoever comes after.
    private static @Nullable Node shortened(Node dummy) {
        var above = dummy.parent;
        if (above != null && above.isDummy() && above.parent != null) dummy.parent = above.parent;
        return dummy.parent;
    }

    /// A dummy counts as its first child (RFC 5256 §3 (4)).
    private static void dated(Node root) {
        if (!root.isDummy()) return;
        var first = root.children.getFirst();
        root.sent = first.sent;
        root.subject = first.subject;
        root.reply = first.reply;
    }

    /// (5): threads of one subject become one.
    private static List<Node> joined(List<Node> roots) {
        var bySubject = new HashMap<String, Node>();
        for (var root : roots) {
            if (root.subject.isEmpty()) continue;
            var there = bySubject.get(root.subject);
            boolean better =
                    there == null
                            || (!there.isDummy()
                                    && (root.isDummy() || (there.reply && !root.reply)));
            if (better) bySubject.put(root.subject, root);
        }
        var left = new ArrayList<Node>();
        var replaced = new HashMap<Node, Node>();
        for (var root : roots) {
            var first = bySubject.get(root.subject);
            if (first == null || first == root) {
                left.add(root);
                continue;
            }
            var there = replaced.getOrDefault(first, first);
            if (there.isDummy() && root.isDummy()) there.children.addAll(root.children);
            else if (there.isDummy() || (root.reply && !there.reply)) there.children.add(root);
            else {
                var both = new Node();
                both.children.add(there);
                both.children.add(root);
                replaced.put(first, both);
            }
        }
        left.replaceAll(root -> replaced.getOrDefault(root, root));
        return left;
    }

    /// (6): brothers by date, and the threads.
    private static void sortAll(List<Node> roots, Comparator<Node> order) {
        Deque<Node> open = new ArrayDeque<>(roots);
        while (!open.isEmpty()) {
            var node = open.pop();
            node.children.sort(order);
            node.children.forEach(open::push);
        }
        for (var root : roots) if (root.isDummy()) root.sent = root.children.getFirst().sent;
        roots.sort(order);
    }

    private static long latest(Node root) {
        long latest = Long.MIN_VALUE;
        Deque<Node> open = new ArrayDeque<>();
        open.push(root);
        while (!open.isEmpty()) {
            var node = open.pop();
            if (!node.isDummy()) latest = Math.max(latest, node.received);
            node.children.forEach(open::push);
        }
        return latest;
    }
}
