package org.postroom.ftp;

import java.util.function.Consumer;

/// Cuts a listing into its lines. A line that is too long to be one loses its end; a listing without end is
/// broken off.
final class ListingFlow extends OctetsAlone<RuntimeException> {

    private static final int MOST_IN_A_LINE = 64 * 1024;
    private static final int MOST_LINES = 250_000;
    private static final long MOST_OCTETS = 256L << 20;

    private final Consumer<String> lines;
    private byte[] line = new byte[256];
    private int length;
    private int told;
    private long octets;

    ListingFlow(Consumer<String> lines) {
        this.lines = lines;
    }

    @Override
    public void octets(byte[] octets, int offset, int count) throws Refusal {
        this.octets += count;
        if (this.octets > MOST_OCTETS || told > MOST_LINES)
            throw ControlProcess.nonsense("the listing has no end");
        for (int i = offset; i < offset + count; i++) {
            if (octets[i] == '\n') endOfRecord();
            else if (length < MOST_IN_A_LINE) put(octets[i]);
        }
    }

    private void put(byte octet) {
        if (length == line.length) line = java.util.Arrays.copyOf(line, 2 * length);
        line[length++] = octet;
    }

    @Override
    public void endOfRecord() {
        if (length > 0 && line[length - 1] == '\r') length--; // some end lines with CR CR LF
        if (length > 0) {
            told++;
            lines.accept(NameOctets.text(line, length));
        }
        length = 0;
    }

    @Override
    public void end() {
        endOfRecord();
    }
}
