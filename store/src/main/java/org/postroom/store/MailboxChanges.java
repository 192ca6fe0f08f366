package org.postroom.store;

import org.jspecify.annotations.Nullable;
import org.postroom.store.Refused.Reason;

import java.util.List;

/// What happens to mailboxes as such; each method is the work of one commit.
final class MailboxChanges {

    private static final int LIMIT = 10_000;
    private static final int TOP = 0;

    private MailboxChanges() {}

    // RFC 9051 §6.3.4: a trailing separator only declares an intent; superior names are made, too
    static Mailbox create(Edit edit, String name, @Nullable SpecialUse use) throws Refused {
        var levels = MailboxName.levels(stripped(name));
        var tree = edit.tree();
        if (tree.find(levels) != null) throw new Refused(Reason.MAILBOX_EXISTS);
        if (use != null && tree.use(use) != null) throw new Refused(Reason.USE_TAKEN);
        int parent = parents(edit, levels);
        var box = made(edit, parent, levels.getLast());
        if (use != null) edit.list(box, () -> box.use = use);
        return tree.mailbox(box);
    }

    private static String stripped(String name) {
        return name.length() > 1 && name.charAt(name.length() - 1) == Mailbox.SEPARATOR
                ? name.substring(0, name.length() - 1)
                : name;
    }

    /// The mailbox above the last level, made if it is missing.
    private static int parents(Edit edit, List<String> levels) throws Refused {
        int parent = TOP;
        for (var level : levels.subList(0, levels.size() - 1)) {
            var box = edit.tree().child(parent, level);
            if (box == null) box = made(edit, parent, level);
            parent = box.id;
        }
        return parent;
    }

    /// A subscription that outlived a mailbox of the name is the new one's (RFC 3501 §6.3.6).
    private static MailboxRow made(Edit edit, int parent, String name) throws Refused {
        if (edit.tree().size() >= LIMIT) throw new Refused(Reason.TOO_MANY_MAILBOXES);
        var box = edit.newBox(parent, name);
        byte[] left = SubscriptionRow.key(edit.tree().path(box));
        if (edit.change().get(left) != null) {
            edit.delete(left);
            edit.list(box, () -> box.subscribed = true);
        }
        return box;
    }

    /// Renames any mailbox but INBOX; what lies below follows by itself.
    // RFC 9051 §6.3.6
    static Mailbox rename(Edit edit, List<String> from, String to) throws Refused {
        var tree = edit.tree();
        var box = find(edit, from);
        var levels = MailboxName.levels(stripped(to));
        var taken = tree.find(levels);
        if (taken != null) throw new Refused(Reason.MAILBOX_EXISTS);
        int above = nearest(tree, levels);
        if (above != TOP && tree.isWithin(above, box.id)) throw new Refused(Reason.INTO_ITSELF);
        if (levels.size() - 1 + tree.height(box.id) > MailboxName.LEVELS)
            throw new Refused(Reason.BAD_NAME);
        edit.rename(box, parents(edit, levels), levels.getLast());
        return tree.mailbox(box);
    }

    /// The lowest mailbox there is on the way to this name.
    private static int nearest(MailboxTree tree, List<String> levels) {
        int at = TOP;
        for (var level : levels) {
            var box = tree.child(at, level);
            if (box == null) return at;
            at = box.id;
        }
        return at;
    }

    /// Removes a mailbox that holds no message any more.
    static void drop(Edit edit, MailboxRow box) {
        if (box.subscribed)
            edit.put(SubscriptionRow.key(edit.tree().path(box)), SubscriptionRow.ROW);
        edit.drop(box);
    }

    static MailboxRow find(Edit edit, List<String> levels) throws Refused {
        var box = edit.tree().find(levels);
        if (box == null) throw new Refused(Reason.NO_SUCH_MAILBOX);
        return box;
    }

    static void subscribe(Edit edit, List<String> levels) throws Refused {
        var box = find(edit, levels);
        if (!box.subscribed) edit.list(box, () -> box.subscribed = true);
    }

    static void unsubscribe(Edit edit, List<String> levels) {
        var box = edit.tree().find(levels);
        if (box != null && box.subscribed) edit.list(box, () -> box.subscribed = false);
        byte[] left = SubscriptionRow.key(MailboxName.join(levels));
        if (edit.change().get(left) != null) edit.delete(left);
    }

    static void use(Edit edit, MailboxId mailbox, @Nullable SpecialUse use) throws Refused {
        var tree = edit.tree();
        var box = edit.box(mailbox);
        if (box.use == use) return;
        if (use != null && tree.use(use) != null) throw new Refused(Reason.USE_TAKEN);
        edit.list(box, () -> box.use = use);
    }
}
