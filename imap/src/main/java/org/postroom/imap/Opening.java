package org.postroom.imap;

import java.util.Optional;

/// How SELECT and EXAMINE open a mailbox (RFC 7162 §3.1.8, §3.2.5).
///
/// @param condstore whether the client wants to hear of mod-sequences
/// @param resync what it knows already
public record Opening(boolean condstore, Optional<Resync> resync) {

    public static final Opening PLAIN = new Opening(false, Optional.empty());

    /// @param modSeq the last mod-sequence that the client knows of
    /// @param known the UIDs it knows, if it does not want to hear of others
    /// @param match sequence numbers and their UIDs, by which it can be told less
    public record Resync(
            long uidValidity, long modSeq, Optional<SequenceSet> known, Optional<Match> match) {}

    public record Match(SequenceSet sequences, SequenceSet uids) {}
}
