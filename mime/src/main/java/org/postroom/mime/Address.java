package org.postroom.mime;

import org.jspecify.annotations.Nullable;

/// One member of an address list in IMAP's terms (RFC 9051 §7.5.2): display name, source route,
/// local part, domain. Text is octets as ISO 8859-1, unquoted; encoded words stay encoded.
///
/// A group is a [#groupStart], its members, and [#GROUP_END]. A name without an address
/// (`From: Forouzan`) has the name, and an empty mailbox and host: a null host would begin a group.
public record Address(
        @Nullable String name,
        @Nullable String route,
        @Nullable String mailbox,
        @Nullable String host) {

    /// The semicolon that ends a group.
    public static final Address GROUP_END = new Address(null, null, null, null);

    /// The phrase and colon that begin a group.
    public static Address groupStart(String phrase) {
        return new Address(null, null, phrase, null);
    }

    static Address nameOnly(String name) {
        return new Address(name, null, "", "");
    }

    public boolean isGroupStart() {
        return host == null && mailbox != null;
    }

    public boolean isGroupEnd() {
        return host == null && mailbox == null;
    }
}
