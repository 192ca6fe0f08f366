package org.postroom.store;

/// What an expunge removed; `modSeq` is the mailbox's highest after it (RFC 7162 §3.2.7).
public record Expunged(Uids uids, ModSeq modSeq) {}
