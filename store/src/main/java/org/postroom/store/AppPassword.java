package org.postroom.store;

import java.time.Instant;

/// A password that a program signs in with, made by the server: what is known of it after its one
/// showing.
public record AppPassword(long id, String label, Instant created) {}
