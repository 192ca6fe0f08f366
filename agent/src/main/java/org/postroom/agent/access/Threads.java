package org.postroom.agent.access;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Threads made here, where the server makes none: a letter stands below the closest of its references
/// that is there (RFC 5256 §3, REFERENCES, without what it does to subjects).
final class Threads {

    private static final int DEEPEST = 100;

    private Threads() {}

    static List<Access.Level> of(List<Row> rows) {
        var byId = new HashMap<String, Row>();
        for (var row : rows) row.messageId().ifPresent(id -> byId.putIfAbsent(id, row));
        var parents = new HashMap<Integer, Integer>();
        Map<Integer, List<Row>> children = new LinkedHashMap<>();
        var roots = new ArrayList<Row>();
        for (var row : rows) {
            int parent = parent(row, byId, parents);
            if (parent == 0) roots.add(row);
            else {
                parents.put(row.number(), parent);
                children.computeIfAbsent(parent, _ -> new ArrayList<>()).add(row);
            }
        }
        return walk(roots, children);
    }

    /// The number of the letter that this one answers, or 0.
    private static int parent(Row row, Map<String, Row> byId, Map<Integer, Integer> parents) {
        for (int i = row.references().size() - 1; i >= 0; i--) {
            var found = byId.get(row.references().get(i));
            if (found != null && !isBelow(found.number(), row.number(), parents))
                return found.number();
        }
        return 0;
    }

    /// Whether a letter stands below another or is it; references may lead in circles.
    private static boolean isBelow(int number, int other, Map<Integer, Integer> parents) {
        int at = number;
        for (int i = 0; i < DEEPEST && at != 0; i++) {
            if (at == other) return true;
            at = parents.getOrDefault(at, 0);
        }
        return at != 0; // as deep as that is no thread
    }

    private record Step(Row row, int depth) {}

    private static List<Access.Level> walk(List<Row> roots, Map<Integer, List<Row>> children) {
        var places = new ArrayList<Access.Level>();
        Deque<Step> open = new ArrayDeque<>();
        for (var root : roots) {
            open.push(new Step(root, 0));
            while (!open.isEmpty()) {
                var step = open.pop();
                places.add(new Access.Level(step.row.number(), step.depth));
                var below = children.getOrDefault(step.row.number(), List.of());
                for (int i = below.size() - 1; i >= 0; i--)
                    open.push(new Step(below.get(i), step.depth + 1));
            }
        }
        return places;
    }
}
