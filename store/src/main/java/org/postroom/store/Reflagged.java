package org.postroom.store;

/// What STORE did.
///
/// @param touched the messages there were, whether their flags differed or not
/// @param changed those whose flags are now others; they bear `modSeq`
/// @param refused those that changed after UNCHANGEDSINCE and were left alone (RFC 7162 §3.1.3)
public record Reflagged(Uids touched, Uids changed, Uids refused, ModSeq modSeq) {}
