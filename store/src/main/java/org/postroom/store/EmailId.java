package org.postroom.store;

/// An email within its account, wherever its copies lie: COPY and MOVE keep it (RFC 8474 §5.1). It
/// is the version of the commit that brought the email, and its place in that commit, so it is
/// unique without a counter.
public record EmailId(long value) implements Comparable<EmailId> {

    @Override
    public int compareTo(EmailId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toHexString(value);
    }
}
