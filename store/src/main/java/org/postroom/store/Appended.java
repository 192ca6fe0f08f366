package org.postroom.store;

import java.util.List;

/// Where new messages went: what APPENDUID tells (RFC 9051 §7.1).
///
/// @param uids ascending, in the order the messages were given
public record Appended(
        MailboxId mailbox,
        UidValidity uidValidity,
        Uids uids,
        List<EmailId> emails,
        ModSeq modSeq) {}
