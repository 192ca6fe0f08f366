package org.postroom.server.ftp;

import org.postroom.ftp.DataChannel;
import org.postroom.ftp.Refusal;
import org.postroom.ftp.Reply;
import org.postroom.ftp.Representation;
import org.postroom.ftp.Structure;
import org.postroom.server.ftp.Transfer.Progress;
import org.postroom.store.ContentStream;
import org.postroom.store.StoredFile;
import org.postroom.wire.Departure;
import org.postroom.wire.Wire;

/// RETR: a file on its way out, a slice at a time.
final class Download implements Transfer.Cargo {

    private static final int SLICE = 256 * 1024;
    private static final int AT_HAND = 64 * 1024;
    private static final int PASSED = 4 << 20;

    private final StoredFile file;
    private final Span span;
    private final Representation representation;

    Download(StoredFile file, Span span, Representation representation) {
        this.file = file;
        this.span = span;
        this.representation = representation;
    }

    @Override
    public boolean isText() {
        return !representation.isTransparent();
    }

    @Override
    public boolean keepsConnection() {
        return representation.keepsConnection();
    }

    /// What fits into what the system keeps for a connection is written without waiting.
    @Override
    public boolean isAtHand() {
        return representation.isTransparent() && file.isAtHand() && file.size() <= AT_HAND;
    }

    @Override
    public Reply carry(Wire data, Progress progress) throws Departure, Refusal {
        if (representation.isTransparent()) copy(data, progress);
        else tell(new DataChannel(data, representation, progress::add));
        return Reply.TRANSFERRED;
    }

    /// A slice waits for the client to read, and then as much is passed on by the system itself as it
    /// takes: what is in its cache is sent without a copy.
    private void copy(Wire data, Progress progress) throws Departure {
        long length = Math.min(span.length(), file.size() - span.start());
        try (var stored = file.read(span.start(), length)) {
            var slice = new byte[Math.clamp(length, 1024, SLICE)];
            for (int n = stored.read(slice, 0, slice.length);
                    n >= 0;
                    n = stored.read(slice, 0, slice.length)) {
                data.write(slice, 0, n);
                progress.add(n);
                if (data.isDirect()) pass(stored, data, progress);
            }
        }
        data.endOutput();
    }

    private static void pass(ContentStream stored, Wire data, Progress progress) throws Departure {
        for (long n = stored.pass(PASSED, data::offer); n > 0; n = stored.pass(PASSED, data::offer))
            progress.add(n);
    }

    /// RFC 3659 §5.3: in a stream the offset is in octets as they are transferred; else it is a marker of
    /// ours, a place in what is stored. Of pages it is the number of the first.
    private void tell(DataChannel channel) throws Departure, Refusal {
        var form = Shapes.form(file.shape());
        if (representation.hasMarkers() || representation.structure() == Structure.PAGE) {
            new Telling(file, representation, span.start()).to(channel.writer(form));
            return;
        }
        var skipping = new Skipping(span.start(), channel);
        new Telling(file, representation, 0).to(representation.writer(form, skipping));
        if (!skipping.isDone()) throw new Refusal(Reply.PAST_THE_END);
    }
}
