package org.postroom.smtp;

/// When a verb is allowed (RFC 5321 §4.1.4), as HELP tells it.
public enum When {
    ALWAYS("at any time"),
    BETWEEN("after hello, while no transaction is open"),
    TRANSACTION("while a transaction is open"),
    RECIPIENTS("once the transaction has a recipient");

    final String words;

    When(String words) {
        this.words = words;
    }
}
