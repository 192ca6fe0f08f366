package org.postroom.smtp;

/// Whom a letter is from, and whom to tell when it can't be delivered.
public sealed interface ReversePath permits NullPath, Address {}
