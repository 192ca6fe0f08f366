package org.postroom.ftp;

/// Records where the file is to have none (RFC 959 §3.1.2.1): in a text each becomes a line, elsewhere
/// they run into one another.
final class Unrecorded<X extends Exception> extends Passing<X> {

    private static final byte[] LINE_END = {'\n'};

    private final boolean text;

    Unrecorded(boolean text, Flow<X> next) {
        super(next);
        this.text = text;
    }

    @Override
    public void endOfRecord() throws X, Refusal {
        if (text) next.octets(LINE_END, 0, 1);
    }
}
