package org.postroom.names;

/// A host that offers a service (RFC 2782).
///
/// @param host without its last dot
/// @param priority the lowest is tried first
/// @param weight among equals, the heaviest first
public record Service(String host, int port, int priority, int weight) {}
