package org.postroom.store;

import java.time.Instant;
import java.util.Optional;

/// Row `R` id8 of an account's partition: a link to a file or directory, which it names by its node, so
/// that it goes on leading there under another name. What proves it stands as it is: who has the rows
/// has the files.
///
/// Layout 1: created8 expires8 (0 for never) purpose1 node8 proof password (a [PasswordRow], or nothing)
/// most4 used4.
@SuppressWarnings("ArrayRecordComponent") // compared in constant time, by hand
record FileLinkRow(
        long id,
        long created,
        long expires,
        FileLink.Purpose purpose,
        long node,
        byte[] proof,
        byte[] password,
        int most,
        int used) {

    static final KeyRange ALL = KeyRange.of(Key.of('R'));
    private static final int LAYOUT = 1;

    static byte[] key(long id) {
        return Key.of('R', id);
    }

    static FileLinkRow read(byte[] key, byte[] row) {
        var in = new RowIn("file link", row, LAYOUT);
        return new FileLinkRow(
                Key.longAt(key, 1),
                in.long8(),
                in.long8(),
                purpose(in.octet()),
                in.long8(),
                in.counted(),
                in.counted(),
                in.int4(),
                in.int4());
    }

    private static FileLink.Purpose purpose(int code) {
        return code == FileLink.Purpose.READ.code ? FileLink.Purpose.READ : FileLink.Purpose.ADD;
    }

    byte[] row() {
        return new RowOut(LAYOUT)
                .long8(created)
                .long8(expires)
                .octet(purpose.code)
                .long8(node)
                .counted(proof)
                .counted(password)
                .int4(most)
                .int4(used)
                .row();
    }

    boolean isOver(long now) {
        return expires != 0 && now >= expires;
    }

    FileLinkRow usedOnceMore() {
        return new FileLinkRow(
                id, created, expires, purpose, node, proof, password, most, used + 1);
    }

    FileLink shown(AccountId account, Optional<FilePath> path) {
        return new FileLink(
                id,
                account,
                purpose,
                path,
                Instant.ofEpochMilli(created),
                expires == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(expires)),
                password.length > 0,
                most,
                used);
    }
}
