package org.postroom.store;

/// What an account may hold and holds. A message counts once however many mailboxes have it; a file
/// counts its logical length, and what clients keep with it. What was expunged or replaced does not count.
///
/// @param limit octets, or 0 for no limit
/// @param used octets of messages and files
public record Quota(long limit, long used, long messages, long files) {

    /// Whether so much more fits.
    public boolean has(long octets) {
        return limit == 0 || octets <= limit - used;
    }
}
