package org.postroom.store;

/// A whole message that no account holds yet: its bytes sealed in a blob, its structure found. Once
/// appended, delivered or spooled it stays; otherwise it is swept a day later. Several accounts can
/// be given the same.
public final class Letter {

    Letter() {}

    /// In octets, without any trace prefix.
    public long size() {
        return Unwritten.yet();
    }
}
