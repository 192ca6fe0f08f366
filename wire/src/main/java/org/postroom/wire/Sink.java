package org.postroom.wire;

/// Takes the octets of a body as they come.
@FunctionalInterface
public interface Sink {

    /// Takes `length` octets; the array is the caller's again afterwards.
    void write(byte[] octets, int offset, int length);
}
