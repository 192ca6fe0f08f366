package org.postroom.queue;

import org.postroom.smtp.Command;
import org.postroom.store.AccountId;

import java.util.List;
import java.util.Optional;

/// One envelope of a letter. A letter may have several: a list's members have its owner as sender and
/// other fields before the letter than who was named beside the list.
///
/// @param id what its sender was told that it was accepted as: its journey's name; empty for what
///     the queue itself writes
/// @param mail the sender, and what was said of the letter; its BODY is true
/// @param trace complete lines that stand before the letter on its way elsewhere
/// @param submitter the account that handed it in, if one signed in
/// @param recipients at least one
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record Consignment(
        String id,
        Command.Mail mail,
        byte[] trace,
        Optional<AccountId> submitter,
        List<Recipient> recipients) {

    public Consignment {
        recipients = List.copyOf(recipients);
        if (recipients.isEmpty())
            throw new IllegalArgumentException("a consignment is for somebody");
    }
}
