package org.postroom.imap;

import java.util.List;
import java.util.Set;

/// Which mailboxes LIST tells of, and what of them (RFC 5258 §3).
///
/// @param status what of their STATUS is told, too (RFC 5819 §2)
public record ListOptions(Set<Selection> selection, Set<Return> returned, List<StatusItem> status) {

    /// RFC 5258 §6: list-select-opt
    public enum Selection {
        SUBSCRIBED("SUBSCRIBED"),
        REMOTE("REMOTE"),
        RECURSIVEMATCH("RECURSIVEMATCH"),
        /// RFC 6154 §5.2
        SPECIAL_USE("SPECIAL-USE");

        final String atom;

        Selection(String atom) {
            this.atom = atom;
        }
    }

    /// RFC 5258 §6: return-option
    public enum Return {
        SUBSCRIBED("SUBSCRIBED"),
        CHILDREN("CHILDREN"),
        /// RFC 6154 §5.2
        SPECIAL_USE("SPECIAL-USE");

        final String atom;

        Return(String atom) {
            this.atom = atom;
        }
    }

    public static final ListOptions NONE = new ListOptions(Set.of(), Set.of(), List.of());

    public ListOptions {
        selection = Set.copyOf(selection);
        returned = Set.copyOf(returned);
        status = List.copyOf(status);
    }

    public boolean selects(Selection option) {
        return selection.contains(option);
    }

    public boolean returns(Return option) {
        return returned.contains(option);
    }
}
