package org.postroom.server.ftp;

import org.postroom.ftp.DataChannel;
import org.postroom.ftp.Flow;
import org.postroom.ftp.Page;
import org.postroom.ftp.Refusal;
import org.postroom.ftp.Reply;
import org.postroom.ftp.Representation;
import org.postroom.server.ftp.Transfer.Progress;
import org.postroom.store.Refused;
import org.postroom.store.StoredFile;
import org.postroom.store.Upload;
import org.postroom.wire.Departure;
import org.postroom.wire.Wire;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;

/// STOR, STOU and APPE: a file on its way in, a slice at a time. It is the file from its commit on, and
/// 226 is said after that is on disk; what was cut, by whatever means, leaves the file as it was, and is
/// kept for a REST (TRAPS F12).
final class Deposit implements Transfer.Cargo {

    private static final System.Logger LOG = System.getLogger(Deposit.class.getName());
    private static final int FIRST_SLICE = 16 * 1024;
    private static final int SLICE = 256 * 1024;
    private static final int MUCH = 256 * 1024;
    private static final int BULK = 512 * 1024;
    private static final Semaphore BULKS = new Semaphore(16); // together 16 MiB outside the heap

    private final Upload upload;
    private final Representation representation;
    private final Reply done;

    /// @param upload closed with the cargo
    /// @param done what is said when it is the file
    Deposit(Upload upload, Representation representation, Reply done) {
        this.upload = upload;
        this.representation = representation;
        this.done = done;
    }

    @Override
    public boolean isText() {
        return !representation.isTransparent();
    }

    @Override
    public boolean keepsConnection() {
        return representation.keepsConnection();
    }

    @Override
    public Reply carry(Wire data, Progress progress) throws Refused {
        var broken = receive(data, progress);
        if (broken.isNegative()) {
            upload.keep();
            return broken;
        }
        if (!keepsConnection()) answer(data);
        upload.commit();
        return done;
    }

    /// Whether all came, to an end that the client meant.
    private Reply receive(Wire data, Progress progress) throws Refused {
        try {
            if (representation.isTransparent()) return copy(data, progress);
            new DataChannel(data, representation, progress::add)
                    .receive(new Stored(upload, progress));
            return Reply.TRANSFERRED;
        } catch (Departure cut) {
            return Reply.CUT;
        } catch (Refusal senseless) {
            return senseless.reply();
        }
    }

    private Reply copy(Wire data, Progress progress) throws Departure, Refused {
        var slice = new byte[FIRST_SLICE];
        for (int n = data.read(slice, 0, slice.length);
                n >= 0;
                n = data.read(slice, 0, slice.length)) {
            progress.add(n);
            upload.write(slice, 0, n);
            if (n == slice.length && n < SLICE) slice = new byte[2 * n];
            if (upload.written() > MUCH && data.isDirect() && BULKS.tryAcquire())
                try {
                    copyMuch(data, progress);
                } finally {
                    BULKS.release();
                }
        }
        return data.endedCleanly() ? Reply.TRANSFERRED : Reply.CUT;
    }

    /// To the end, by two buffers: while one is filled from the network, the other goes to the disk.
    private void copyMuch(Wire data, Progress progress) throws Departure, Refused {
        try (var arena = Arena.ofShared()) {
            var filling = arena.allocate(BULK).asByteBuffer();
            var writing = arena.allocate(BULK).asByteBuffer();
            try {
                for (boolean more = true; more; ) {
                    try {
                        more = fill(filling, data, progress);
                    } finally { // what came before a cut is kept
                        upload.write(filling.flip());
                    }
                    var written = writing.clear();
                    writing = filling;
                    filling = written;
                }
            } finally {
                upload.settle();
            }
        }
    }

    private static boolean fill(ByteBuffer buffer, Wire data, Progress progress) throws Departure {
        while (buffer.hasRemaining()) {
            int n = data.read(buffer);
            if (n < 0) return false;
            progress.add(n);
        }
        return true;
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

    /// The store's end of the way. A restart marker is answered once what came before it is on disk
    /// (RFC 959 §3.5).
    private record Stored(Upload upload, Progress progress) implements Flow<Refused> {

        @Override
        public void octets(byte[] octets, int offset, int length) throws Refused {
            upload.write(octets, offset, length);
        }

        @Override
        public void endOfRecord() throws Refused {
            upload.endOfRecord();
        }

        @Override
        public void page(Page page) throws Refused {
            upload.page(
                    new StoredFile.Page(
                            page.index(), page.kind().code, page.length(), page.fields()));
        }

        @Override
        public void marker(String marker) throws Refused {
            var mark = upload.mark();
            mark.ifPresent(set -> progress.say(Reply.mark(marker, RestartPoint.of(set))));
        }

        @Override
        public void end() {}
    }
}
