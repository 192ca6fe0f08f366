package org.postroom.store;

import java.time.Instant;

/// Row `S` id8 of an account's partition: a session of a browser, by the hash of what its cookie bears.
///
/// Layout 1: created8 used8 sha256 agent from.
@SuppressWarnings("ArrayRecordComponent") // compared in constant time, by hand
record WebSessionRow(long id, long created, long used, byte[] sha256, String agent, String from) {

    static final KeyRange ALL = KeyRange.of(Key.of('S'));
    private static final int LAYOUT = 1;

    static byte[] key(long id) {
        return Key.of('S', id);
    }

    static WebSessionRow read(byte[] key, byte[] row) {
        var in = new RowIn("web session", row, LAYOUT);
        return new WebSessionRow(
                Key.longAt(key, 1), in.long8(), in.long8(), in.counted(), in.text(), in.text());
    }

    byte[] row() {
        return new RowOut(LAYOUT)
                .long8(created)
                .long8(used)
                .counted(sha256)
                .text(agent)
                .text(from)
                .row();
    }

    WebSession shown() {
        return new WebSession(
                id, Instant.ofEpochMilli(created), Instant.ofEpochMilli(used), agent, from);
    }
}
