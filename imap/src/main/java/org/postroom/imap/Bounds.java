package org.postroom.imap;

/// How much of a command is kept in memory. APPEND's message is not: it is streamed, and bounded by
/// whoever takes it.
///
/// @param literal octets of one literal
/// @param command octets of one command, lines and literals together (TRAPS T21)
/// @param drained octets of literals in a refused command that are heard and thrown away, so that the
///     session can go on; beyond, it ends (RFC 7888 §4)
public record Bounds(int literal, int command, long drained) {

    /// RFC 7162 §4: a line of 8,192 octets is the least to take, and clients send far more.
    public static final Bounds SIGNED_IN = new Bounds(256 * 1024, 1024 * 1024, 64L * 1024 * 1024);

    /// For whoever has not signed in: a tenth at most (TRAPS T20).
    public static final Bounds STRANGER = new Bounds(8 * 1024, 64 * 1024, 1024 * 1024);

    /// Conditions nest no deeper (TRAPS T20).
    static final int DEPTH = 50;

    /// What each literal costs besides its octets.
    static final int LITERAL_COST = 256;
}
