package org.postroom.store;

import org.postroom.wire.Fault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;

/// Row `v` hash16: when a sender was told that the account's owner is away, by a hash of who and what
/// (RFC 5230 §4.2).
///
/// Layout 1: when8.
final class AnsweredRow {

    static final KeyRange ALL = KeyRange.of(Key.of('v'));
    private static final int LAYOUT = 1;

    private AnsweredRow() {}

    private static byte[] key(String sender, Vacation what) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(sender.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            var hash = ByteBuffer.wrap(digest.digest(what.record()));
            return Key.of('v', hash.getLong(), hash.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new Fault("hashing", e);
        }
    }

    static boolean begin(Edit edit, String sender, Vacation what, Duration onceIn) {
        byte[] key = key(sender, what);
        byte[] row = edit.change().get(key);
        if (row != null && when(row) > edit.now() - onceIn.toMillis()) return false;
        edit.put(key, new RowOut(LAYOUT).long8(edit.now()).row());
        return true;
    }

    static long when(byte[] row) {
        return new RowIn("answered", row, LAYOUT).long8();
    }
}
