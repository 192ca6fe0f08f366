package org.postroom.ftp;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// MODE Z, read (draft-preston-ftpext-deflate): one zlib stream (RFC 1950), whose end is the file's.
/// What a little becomes is bounded, and nothing may follow it (TRAPS F16).
final class InflateReader<X extends Exception> extends Decoder<X> {

    /// Octets that come of one; honest text of long lines of blanks reaches some hundred.
    private static final int MOST_OF_ONE = 400;

    /// So many are never too many.
    private static final int FREE = 1 << 20;

    private final Inflater inflater = new Inflater();
    private final byte[] inflated = new byte[16 * 1024];

    InflateReader(Flow<X> next) {
        super(next);
    }

    @Override
    int take(byte[] octets, int offset, int length) throws X, Refusal {
        inflater.setInput(octets, offset, length);
        try {
            int n = inflater.inflate(inflated);
            while (n > 0) {
                if (inflater.getBytesWritten() - FREE > MOST_OF_ONE * inflater.getBytesRead())
                    throw new Refusal(Reply.GARBLED);
                next.octets(inflated, 0, n);
                n = inflater.inflate(inflated);
            }
        } catch (DataFormatException e) {
            throw new Refusal(Reply.GARBLED);
        }
        if (inflater.needsDictionary()) throw new Refusal(Reply.GARBLED);
        int taken = length - inflater.getRemaining();
        complete = inflater.finished();
        if (complete) inflater.end();
        if (taken == 0 && !complete) throw new Refusal(Reply.GARBLED);
        return taken;
    }

    /// The structure may have an end of its own; the connection's is the file's.
    @Override
    public void end() throws X, Refusal {
        super.end();
        next.end();
    }
}
