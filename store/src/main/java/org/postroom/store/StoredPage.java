package org.postroom.store;

import java.util.List;
import java.util.Optional;

/// A page of a file (RFC 959 §3.1.2.3): its header, and where its octets lie.
///
/// @param kind the header's code
/// @param length in the sender's logical bytes
/// @param fields what else stood in the header
/// @param octets none for a page without data
record StoredPage(long index, int kind, long length, List<Long> fields, Optional<Extent> octets) {

    /// Descriptor pages are about the file, and no piece of it.
    static final int DESCRIPTOR = 2;

    StoredPage {
        fields = List.copyOf(fields);
    }

    boolean isPiece() {
        return kind != DESCRIPTOR;
    }

    long size() {
        return octets.map(Extent::length).orElse(0L);
    }

    static StoredPage read(RowIn in) {
        long index = in.long8();
        int kind = in.octet();
        long length = in.long8();
        var fields = new java.util.ArrayList<Long>();
        for (int n = in.octet(); n > 0; n--) fields.add(in.long8());
        return new StoredPage(
                index,
                kind,
                length,
                fields,
                in.bool() ? Optional.of(Extent.read(in)) : Optional.empty());
    }

    void write(RowOut out) {
        out.long8(index).octet(kind).long8(length).octet(fields.size());
        fields.forEach(out::long8);
        out.bool(octets.isPresent());
        octets.ifPresent(extent -> extent.write(out));
    }
}
