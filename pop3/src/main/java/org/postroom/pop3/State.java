package org.postroom.pop3;

/// The states of a session in which commands are given (RFC 1939 §3). UPDATE is not one: nothing is
/// said in it.
public enum State {
    AUTHORIZATION,
    TRANSACTION
}
