package org.postroom.smtp;

/// Whom a letter is for.
public sealed interface ForwardPath permits Postmaster, Address {}
