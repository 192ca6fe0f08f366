package org.postroom.server.ftp;

import org.postroom.ftp.Refusal;
import org.postroom.ftp.Reply;
import org.postroom.ftp.Representation;
import org.postroom.server.ftp.Transfer.Progress;
import org.postroom.store.Content;
import org.postroom.wire.Departure;
import org.postroom.wire.Fault;
import org.postroom.wire.Wire;

import java.io.IOException;
import java.io.InputStream;

/// RETR: a file on its way out, a slice at a time.
final class Download implements Transfer.Cargo {

    private static final int SLICE = 256 * 1024;

    private final Content content;
    private final long offset;
    private final Representation representation;

    /// @param offset where to begin, in octets as they are transferred (RFC 3659 §5.3)
    Download(Content content, long offset, Representation representation) {
        this.content = content;
        this.offset = offset;
        this.representation = representation;
    }

    @Override
    public boolean isText() {
        return !representation.isTransparent();
    }

    @Override
    public Reply carry(Wire data, Progress progress) throws Departure, Refusal {
        try (var stored = stored()) {
            var source = representation.<IOException>writer(stored::read);
            var slice = new byte[Math.clamp(content.size(), 1024, SLICE)];
            long skip = representation.isTransparent() ? 0 : offset;
            for (int n = source.read(slice, 0, slice.length);
                    n >= 0;
                    n = source.read(slice, 0, slice.length)) {
                int from = (int) Math.min(skip, n);
                skip -= from;
                data.write(slice, from, n - from);
                progress.add(n - from);
            }
            if (skip > 0) throw new Refusal(Reply.PAST_THE_END);
        } catch (IOException e) {
            throw new Fault("reading a file", e);
        }
        data.endOutput();
        return Reply.TRANSFERRED;
    }

    private InputStream stored() {
        long from = representation.isTransparent() ? offset : 0;
        return content.read(from, content.size() - from);
    }
}
