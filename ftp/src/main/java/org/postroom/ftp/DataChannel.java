package org.postroom.ftp;

import org.postroom.wire.Departure;
import org.postroom.wire.Wire;

import java.util.function.LongConsumer;

/// The data connection at the end of a way ([Representation#writer]), or at its beginning.
public final class DataChannel implements Flow<Departure> {

    private static final int FIRST_SLICE = 16 * 1024;
    private static final int SLICE = 256 * 1024;

    private final Wire data;
    private final Representation representation;
    private final LongConsumer progress;

    /// @param progress hears how many octets crossed, as they do
    public DataChannel(Wire data, Representation representation, LongConsumer progress) {
        this.data = data;
        this.representation = representation;
        this.progress = progress;
    }

    /// Reads a file to its end, which its sender meant, and tells it.
    ///
    /// @throws Refusal it was cut, or makes no sense
    public <X extends Exception> void receive(Flow<X> stored) throws Departure, Refusal, X {
        var whole = new Whole<>(stored);
        var reader = representation.reader(whole);
        var slice = new byte[FIRST_SLICE];
        while (!whole.ended || representation.endsWithConnection()) {
            int n = data.read(slice, 0, slice.length);
            if (n < 0) {
                if (!data.endedCleanly()) throw new Refusal(Reply.CUT); // TRAPS F12
                reader.end();
                return;
            }
            progress.accept(n);
            reader.octets(slice, 0, n);
            if (n == slice.length && n < SLICE) slice = new byte[2 * n];
        }
    }

    /// What sends a file.
    ///
    /// @param stored the carriage control that the stored text has
    public Flow<Departure> writer(Type.Form stored) {
        return representation.writer(stored, this);
    }

    @Override
    public void octets(byte[] octets, int offset, int length) throws Departure {
        data.write(octets, offset, length);
        progress.accept(length);
    }

    /// RFC 959 §3.3: the connection stays where the file's end was told in it.
    @Override
    public void end() throws Departure {
        if (representation.keepsConnection()) data.flush();
        else data.endOutput();
    }

    @Override
    public void endOfRecord() {
        throw new IllegalStateException("octets cross, and nothing else");
    }

    @Override
    public void page(Page page) {
        throw new IllegalStateException("octets cross, and nothing else");
    }

    @Override
    public void marker(String marker) {
        throw new IllegalStateException("octets cross, and nothing else");
    }

    /// Knows when the file has ended.
    private static final class Whole<X extends Exception> extends Passing<X> {

        private boolean ended;

        Whole(Flow<X> stored) {
            super(stored);
        }

        @Override
        public void end() throws X, Refusal {
            ended = true;
            super.end();
        }
    }
}
