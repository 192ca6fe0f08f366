package org.postroom.store;

import org.jspecify.annotations.Nullable;

/// A mailbox as LIST and STATUS tell of it: one row, no scan, true at one version of the account.
///
/// @param name the whole path in NFC, `/` between its levels; the inbox is `INBOX`
/// @param hasChildren whether mailboxes lie below it
/// @param uidNext larger than every UID the mailbox ever gave (RFC 9051 §2.3.1.1)
/// @param firstRecent the lowest UID that no session has claimed as recent yet
/// @param bytes the sizes of its messages, added
/// @param sort where a client shows it among those beside it (RFC 8621 §2), lower first
public record Mailbox(
        MailboxId id,
        String name,
        @Nullable SpecialUse use,
        boolean subscribed,
        boolean hasChildren,
        UidValidity uidValidity,
        int uidNext,
        int firstRecent,
        ModSeq highestModSeq,
        int exists,
        int unseen,
        long bytes,
        int sort) {

    public static final String INBOX = "INBOX";
    public static final char SEPARATOR = '/';
}
