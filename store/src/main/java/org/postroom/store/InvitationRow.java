package org.postroom.store;

import java.time.Instant;
import java.util.Optional;

/// Row `o` id8 of the directory's partition: an invitation, or a wish for one.
///
/// Layout 1: state1 created8 expires8 (0 for never) address note sha256 password (of one that is pending:
/// a [PasswordRow], else nothing).
@SuppressWarnings("ArrayRecordComponent") // compared in constant time, by hand
record InvitationRow(
        long id,
        Invitation.State state,
        long created,
        long expires,
        String address,
        String note,
        byte[] sha256,
        byte[] password) {

    static final KeyRange ALL = KeyRange.of(Key.of('o'));
    private static final int LAYOUT = 1;

    static byte[] key(long id) {
        return Key.of('o', id);
    }

    static InvitationRow read(byte[] key, byte[] row) {
        var in = new RowIn("invitation", row, LAYOUT);
        return new InvitationRow(
                Key.longAt(key, 1),
                in.octet() == Invitation.State.SENT.code
                        ? Invitation.State.SENT
                        : Invitation.State.PENDING,
                in.long8(),
                in.long8(),
                in.text(),
                in.text(),
                in.counted(),
                in.counted());
    }

    byte[] row() {
        return new RowOut(LAYOUT)
                .octet(state.code)
                .long8(created)
                .long8(expires)
                .text(address)
                .text(note)
                .counted(sha256)
                .counted(password)
                .row();
    }

    boolean isOver(long now) {
        return expires != 0 && now >= expires;
    }

    Invitation shown() {
        return new Invitation(
                id,
                address,
                state,
                Instant.ofEpochMilli(created),
                expires == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(expires)),
                note);
    }
}
