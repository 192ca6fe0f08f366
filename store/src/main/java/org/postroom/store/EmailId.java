package org.postroom.store;

import java.util.Optional;

/// An email within its account, wherever its copies lie: COPY and MOVE keep it (RFC 8474 §5.1). It
/// is the version of the commit that brought the email, and its place in that commit, so it is
/// unique without a counter.
public record EmailId(long value) implements Comparable<EmailId> {

    /// As clients know it: EMAILID of RFC 8474 §5.1 and the id of RFC 8621 §4.1.1.
    public String text() {
        return "M" + value;
    }

    /// What [#text] says, or nothing.
    public static Optional<EmailId> parse(String text) {
        return Ids.number('M', text).map(EmailId::new);
    }

    @Override
    public int compareTo(EmailId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toHexString(value);
    }
}
