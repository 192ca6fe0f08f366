package org.postroom.smtp;

/// When a verb is allowed (RFC 5321 §4.1.4).
public enum When {
    /// At any time.
    ALWAYS,
    /// After EHLO, HELO or LHLO, while no transaction is open.
    BETWEEN,
    /// While a transaction is open: after MAIL.
    TRANSACTION,
    /// Once the transaction has a recipient.
    RECIPIENTS
}
