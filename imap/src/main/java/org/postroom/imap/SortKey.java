package org.postroom.imap;

/// By what SORT sorts (RFC 5256 §3, RFC 5957 §3).
///
/// @param reverse whether the largest comes first
public record SortKey(By by, boolean reverse) {

    /// RFC 5256 §5: sort-key
    public enum By {
        ARRIVAL,
        CC,
        DATE,
        FROM,
        SIZE,
        SUBJECT,
        TO,
        DISPLAYFROM,
        DISPLAYTO
    }

    @Override
    public String toString() {
        return reverse ? "REVERSE " + by : by.toString();
    }
}
