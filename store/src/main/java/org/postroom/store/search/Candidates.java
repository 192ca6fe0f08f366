package org.postroom.store.search;

import org.postroom.store.EmailId;

/// The messages that a search goes through, by number from 0 on: those of a mailbox, or of all.
public interface Candidates {

    int count();

    EmailId email(int candidate);

    /// The message's size.
    int octets(int candidate);
}
