package org.postroom.sasl;

import java.util.List;
import java.util.Optional;

/// What a connection has that a SCRAM-PLUS exchange is bound to (RFC 5802 §6).
@FunctionalInterface
public interface Binding {

    /// The types, the better first.
    List<String> TYPES = List.of("tls-exporter", "tls-server-end-point");

    /// A connection without TLS has none.
    Binding NONE = _ -> Optional.empty();

    /// @return nothing where the connection has none of this type
    Optional<byte[]> of(String type);

    /// The first type that the connection has.
    default Optional<String> best() {
        return TYPES.stream().filter(type -> of(type).isPresent()).findFirst();
    }
}
