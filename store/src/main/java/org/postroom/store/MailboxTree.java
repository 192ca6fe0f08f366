package org.postroom.store;

import org.jspecify.annotations.Nullable;
import org.postroom.store.engine.Rows;
import org.postroom.wire.Fault;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// An account's mailboxes by name: which lies in which.
final class MailboxTree {

    private record Child(int parent, String name) {}

    private static final int TOP = 0;

    private final Map<Integer, MailboxRow> rows = new TreeMap<>();
    private final Map<Child, MailboxRow> children = new HashMap<>();
    private final Map<Integer, Integer> counts = new HashMap<>();

    MailboxTree(Collection<MailboxRow> all) {
        all.forEach(this::add);
    }

    static MailboxTree read(Rows rows) {
        var all = new ArrayList<MailboxRow>();
        MailboxRow.ALL.each(
                rows, row -> all.add(MailboxRow.read(Key.intAt(row.key(), 1), row.value())));
        return new MailboxTree(all);
    }

    void add(MailboxRow box) {
        rows.put(box.id, box);
        children.put(new Child(box.parent, box.name), box);
        counts.merge(box.parent, 1, Integer::sum);
    }

    void remove(MailboxRow box) {
        rows.remove(box.id);
        children.remove(new Child(box.parent, box.name));
        counts.merge(box.parent, -1, Integer::sum);
    }

    int size() {
        return rows.size();
    }

    Collection<MailboxRow> rows() {
        return rows.values();
    }

    @Nullable MailboxRow byId(int id) {
        return rows.get(id);
    }

    @Nullable MailboxRow child(int parent, String name) {
        return children.get(new Child(parent, name));
    }

    @Nullable MailboxRow find(List<String> levels) {
        int parent = TOP;
        MailboxRow box = null;
        for (var level : levels) {
            box = child(parent, level);
            if (box == null) return null;
            parent = box.id;
        }
        return box;
    }

    @Nullable MailboxRow use(SpecialUse use) {
        return rows.values().stream().filter(box -> box.use == use).findFirst().orElse(null);
    }

    boolean hasChildren(int id) {
        return counts.getOrDefault(id, 0) > 0;
    }

    /// Whether the first is the second or lies somewhere below it.
    boolean isWithin(int id, int ancestor) {
        for (int at = id; at != TOP; at = up(at)) if (at == ancestor) return true;
        return false;
    }

    /// How many levels there are from this one down to the lowest below it.
    int height(int id) {
        int height = 0;
        for (var box : rows.values()) {
            int levels = 1;
            int at = box.id;
            for (; at != TOP && at != id; at = up(at)) levels++;
            if (at == id) height = Math.max(height, levels);
        }
        return height;
    }

    private int up(int id) {
        var box = rows.get(id);
        if (box == null)
            throw new Fault("mailbox " + id + " is named as a parent and is not there");
        return box.parent;
    }

    String path(MailboxRow box) {
        var levels = new ArrayList<String>();
        levels.add(box.name);
        for (int at = box.parent; at != TOP; at = up(at)) {
            var above = rows.get(at);
            if (above == null || levels.size() > rows.size())
                throw new Fault("mailboxes lie in a ring");
            levels.addFirst(above.name);
        }
        return MailboxName.join(levels);
    }

    Mailbox mailbox(MailboxRow box) {
        return new Mailbox(
                new MailboxId(box.id),
                path(box),
                box.use,
                box.subscribed,
                hasChildren(box.id),
                new UidValidity(box.uidValidity),
                box.uidNext,
                box.firstRecent,
                new ModSeq(box.modSeq),
                box.exists,
                box.unseen,
                box.bytes,
                box.sort);
    }

    /// All, by name, INBOX and what is below it first.
    List<Mailbox> list() {
        return rows.values().stream()
                .map(this::mailbox)
                .sorted(
                        Comparator.<Mailbox, Boolean>comparing(box -> !isInbox(box.name()))
                                .thenComparing(Mailbox::name))
                .toList();
    }

    private static boolean isInbox(String name) {
        return name.equals(Mailbox.INBOX) || name.startsWith(Mailbox.INBOX + Mailbox.SEPARATOR);
    }
}
