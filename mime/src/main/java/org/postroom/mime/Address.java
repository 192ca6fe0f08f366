package org.postroom.mime;

import org.jspecify.annotations.Nullable;

/// One member of an address list in IMAP's terms (RFC 9051 §7.5.2): display name, source route,
/// local part, domain. Text is octets as ISO 8859-1, unquoted; encoded words stay encoded.
///
/// A group is a [#groupStart], its members, and [#GROUP_END]. What has no domain (`From: Forouzan`)
/// has an empty host, since a null one would begin a group; words that are no local part (`From:
/// Behrouz Forouzan`) are a name, with an empty mailbox, too.
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

    /// The name made readable, or empty if there is none.
    public String displayName() {
        return name == null ? "" : Words.decode(name);
    }

    /// `local@domain` in Unicode (RFC 6532 §3.2), the local part in quotes if it needs them; empty of
    /// what has no mailbox.
    public String addrSpec() {
        if (mailbox == null || host == null || (mailbox.isEmpty() && host.isEmpty())) return "";
        String local = isDotAtom(mailbox) ? mailbox : quoted(mailbox);
        return Words.octets(host.isEmpty() ? local : local + "@" + host);
    }

    // RFC 5322 §3.2.3: dot-atom-text = 1*atext *("." 1*atext)
    private static boolean isDotAtom(String text) {
        boolean dot = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' ? dot : c <= ' ' || c == 127 || "()<>[]:;@\\,\"".indexOf(c) >= 0)
                return false;
            dot = c == '.';
        }
        return !dot;
    }

    // RFC 5322 §3.2.4: quoted-string = DQUOTE *([FWS] qcontent) [FWS] DQUOTE
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    public boolean isGroupStart() {
        return host == null && mailbox != null;
    }

    public boolean isGroupEnd() {
        return host == null && mailbox == null;
    }
}
