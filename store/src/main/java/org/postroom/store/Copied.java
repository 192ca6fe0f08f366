package org.postroom.store;

/// What COPYUID tells (RFC 9051 §7.1): `sources` and `copies` pair up in order. Messages that were gone
/// already are not among them. After a move, `modSeq` is the source's, too.
public record Copied(UidValidity uidValidity, Uids sources, Uids copies, ModSeq modSeq) {}
