package org.postroom.server.ftp;

import org.postroom.ftp.Reply;
import org.postroom.ftp.Representation;
import org.postroom.server.ftp.Transfer.Progress;
import org.postroom.store.Refused;
import org.postroom.store.Upload;
import org.postroom.wire.Departure;
import org.postroom.wire.Wire;

/// STOR and APPE: a file on its way in, a slice at a time. It is the file from its commit on, and 226 is
/// said after that is on disk; what was cut, by whatever means, leaves the file as it was, and is kept
/// for a REST (TRAPS F12).
final class Deposit implements Transfer.Cargo {

    private static final System.Logger LOG = System.getLogger(Deposit.class.getName());
    private static final int FIRST_SLICE = 16 * 1024;
    private static final int SLICE = 256 * 1024;

    private final Upload upload;
    private final Representation representation;

    /// @param upload closed with the cargo
    Deposit(Upload upload, Representation representation) {
        this.upload = upload;
        this.representation = representation;
    }

    @Override
    public boolean isText() {
        return !representation.isTransparent();
    }

    @Override
    public Reply carry(Wire data, Progress progress) throws Refused {
        if (!receive(data, progress)) {
            upload.keep();
            return Reply.CUT;
        }
        answer(data);
        upload.commit();
        return Reply.TRANSFERRED;
    }

    /// Whether all came, to an end that the client meant.
    private boolean receive(Wire data, Progress progress) throws Refused {
        try {
            var source =
                    representation.<Departure>reader((into, offset, length) -> {
                        int n = data.read(into, offset, length);
                        if (n > 0) progress.add(n);
                        return n;
                    });
            var slice = new byte[FIRST_SLICE];
            for (int n = source.read(slice, 0, slice.length);
                    n >= 0;
                    n = source.read(slice, 0, slice.length)) {
                upload.write(slice, 0, n);
                if (n == slice.length && n < SLICE) slice = new byte[2 * n];
            }
            return data.endedCleanly();
        } catch (Departure cut) {
            return false;
        }
    }

    /// Our close_notify, too (TRAPS F20). A client that waits for none has sent all the same.
    private static void answer(Wire data) {
        try {
            data.endOutput();
        } catch (Departure gone) {
            LOG.log(System.Logger.Level.DEBUG, "{0}", gone.getMessage());
        }
    }

    @Override
    public void close() {
        upload.close();
    }
}
