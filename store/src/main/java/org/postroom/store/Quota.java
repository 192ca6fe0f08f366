package org.postroom.store;

/// What an account may hold and holds. A message counts once however many mailboxes have it; a file
/// counts its logical length, and what clients keep with it. What was expunged or replaced does not count.
///
/// @param limit octets, or 0 for no limit
/// @param used octets of messages and files
/// @param messageLimit messages, or 0 for no limit
public record Quota(long limit, long used, long messages, long files, long messageLimit) {

    /// Without a limit on messages.
    public Quota(long limit, long used, long messages, long files) {
        this(limit, used, messages, files, 0);
    }

    /// Whether so much more fits.
    public boolean has(long octets) {
        return limit == 0 || octets <= limit - used;
    }

    /// Whether one more message does.
    public boolean hasMessage() {
        return messageLimit == 0 || messages < messageLimit;
    }
}
