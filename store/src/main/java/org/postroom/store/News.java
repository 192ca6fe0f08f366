package org.postroom.store;

import java.util.Set;

/// What a subscription heard since it last asked, all at once. Of an account that is removed there is
/// news of everything once more ([Account#isRemoved]).
///
/// @param version the account's version it knows of; what a view shows is never older
/// @param mailboxes where messages came, went or changed
/// @param list whether mailboxes were made, renamed, removed or subscribed
/// @param files whether the file tree changed
/// @param records whether a record changed
public record News(
        long version, Set<MailboxId> mailboxes, boolean list, boolean files, boolean records) {

    public News {
        mailboxes = Set.copyOf(mailboxes);
    }

    /// The deadline came first, or [Watch.Subscription#wake].
    public boolean isEmpty() {
        return mailboxes.isEmpty() && !list && !files && !records;
    }
}
