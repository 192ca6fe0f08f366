package org.postroom.agent.access;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A mailbox in a list.
///
/// @param name as the server spells it, its levels parted by the delimiter
/// @param selectable whether there can be letters in it
public record Mailbox(String name, String delimiter, Optional<Use> use, boolean selectable) {

    /// What a mailbox is for (RFC 6154 §2), with the names that are usual where the server does not say.
    public enum Use {
        SENT("\\Sent", "Sent", "Sent Items", "Sent Messages"),
        DRAFTS("\\Drafts", "Drafts", "Entwürfe"),
        TRASH("\\Trash", "Trash", "Deleted Items", "Deleted Messages"),
        JUNK("\\Junk", "Junk", "Spam"),
        ARCHIVE("\\Archive", "Archive", "Archives");

        final String attribute;

        @SuppressWarnings("ImmutableEnumChecker") // List.of's are
        final List<String> names;

        Use(String attribute, String... names) {
            this.attribute = attribute;
            this.names = List.of(names);
        }

        /// What such a mailbox is called when one has to be made.
        public String usual() {
            return names.getFirst();
        }

        boolean isCalled(String name) {
            return names.stream().anyMatch(name::equalsIgnoreCase);
        }
    }

    /// The last level of its name.
    String ownName() {
        int cut = delimiter.isEmpty() ? -1 : name.lastIndexOf(delimiter);
        return cut < 0 ? name : name.substring(cut + delimiter.length());
    }

    public boolean isInbox() {
        return name.toUpperCase(Locale.ROOT).equals("INBOX");
    }
}
