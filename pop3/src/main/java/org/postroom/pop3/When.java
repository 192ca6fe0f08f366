package org.postroom.pop3;

/// The states in which a verb is allowed (RFC 1939 §3). Nothing is said in UPDATE.
public enum When {
    AUTHORIZATION,
    TRANSACTION,
    EITHER
}
