package org.postroom.smtp;

import java.util.Locale;

/// A mailbox's address (RFC 5321 §4.1.2), its quoting undone. [#toString] prints it with the least
/// quoting that it needs.
///
/// @param localPart as its owner reads it; only the owner's server knows whether case counts
/// @param domain in lower case; an address literal keeps its brackets
public record Address(String localPart, String domain) implements ReversePath, ForwardPath {

    public Address {
        domain = domain.toLowerCase(Locale.ROOT);
    }

    /// `[192.0.2.1]` instead of a name (RFC 5321 §4.1.3).
    public boolean isLiteral() {
        return domain.startsWith("[");
    }

    /// Whether it can be said to a server that does not know SMTPUTF8 (RFC 6531 §3.2).
    public boolean isAscii() {
        return Grammar.isAscii(localPart) && Grammar.isAscii(domain);
    }

    @Override
    public String toString() {
        return Grammar.printLocalPart(localPart) + "@" + domain;
    }
}
