package org.postroom.server.ftp;

import org.postroom.ftp.DataChannel;
import org.postroom.ftp.Flow;
import org.postroom.ftp.Page;
import org.postroom.wire.Departure;

/// A data connection that does not get the first octets (RFC 3659 §5.3: REST counts them as they are
/// transferred, TRAPS F15).
final class Skipping implements Flow<Departure> {

    private final DataChannel channel;
    private long left;

    Skipping(long octets, DataChannel channel) {
        this.left = octets;
        this.channel = channel;
    }

    /// Whether there was as much to skip.
    boolean isDone() {
        return left == 0;
    }

    @Override
    public void octets(byte[] octets, int offset, int length) throws Departure {
        int skipped = (int) Math.min(left, length);
        left -= skipped;
        if (length > skipped) channel.octets(octets, offset + skipped, length - skipped);
    }

    @Override
    public void end() throws Departure {
        if (isDone()) channel.end();
    }

    @Override
    public void endOfRecord() {
        channel.endOfRecord();
    }

    @Override
    public void page(Page page) {
        channel.page(page);
    }

    @Override
    public void marker(String marker) {
        channel.marker(marker);
    }
}
