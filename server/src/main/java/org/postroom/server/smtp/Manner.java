package org.postroom.server.smtp;

/// What a transaction asks for, as the command says that opened it (RFC 821 §3.4).
enum Manner {
    /// To the mailbox.
    MAIL,
    /// To those who are there, and to nobody later.
    SEND,
    /// To those who are there, or else to the mailbox.
    SOML,
    /// To the mailbox, and to those who are there.
    SAML
}
