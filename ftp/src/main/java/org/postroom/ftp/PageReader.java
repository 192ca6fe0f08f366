package org.postroom.ftp;

import java.util.ArrayList;
import java.util.List;

/// Pages, read (RFC 959 §3.1.2.3): a header whose fields are logical bytes (TRAPS F14), then the page's
/// data, until the page that says it is the last.
final class PageReader<X extends Exception> implements Flow<X> {

    private final int octetsInAByte;
    private final boolean endsByItself;
    private final Flow<X> stored;

    private final List<Long> header = new ArrayList<>();
    private long field;
    private int fieldOctets;
    private long left;
    private boolean last;
    private boolean complete;

    /// @param octetsInAByte of a logical byte
    /// @param endsByItself whether the last page ends the file, because the mode has no end of its own
    PageReader(int octetsInAByte, boolean endsByItself, Flow<X> stored) {
        this.octetsInAByte = octetsInAByte;
        this.endsByItself = endsByItself;
        this.stored = stored;
    }

    @Override
    public void octets(byte[] octets, int offset, int length) throws X, Refusal {
        for (int at = offset, stop = offset + length; at < stop; ) {
            if (last) throw new Refusal(Reply.GARBLED);
            if (left == 0) field(octets[at++]);
            else {
                int n = (int) Math.min(left, stop - at);
                stored.octets(octets, at, n);
                at += n;
                left -= n;
            }
        }
    }

    private void field(byte octet) throws X, Refusal {
        field = (field << 8) | (octet & 0xff);
        if (++fieldOctets < octetsInAByte) return;
        if (field < 0) throw new Refusal(Reply.GARBLED);
        header.add(field);
        field = 0;
        fieldOctets = 0;
        long headerLength = header.getFirst();
        if (headerLength < Page.HEADER || headerLength > Page.HEADER + Page.MOST_FIELDS)
            throw new Refusal(Reply.GARBLED);
        if (header.size() == headerLength) begin();
    }

    // RFC 959 §3.1.2.3: Header Length, Page Index, Data Length, Page Type, Optional Fields
    private void begin() throws X, Refusal {
        var page =
                new Page(
                        header.get(1),
                        header.get(2),
                        Page.Kind.of(header.get(3)),
                        header.subList(Page.HEADER, header.size()));
        header.clear();
        if (!page.isWellFormed() || page.length() > Long.MAX_VALUE / octetsInAByte)
            throw new Refusal(Reply.GARBLED);
        last = page.kind() == Page.Kind.LAST;
        left = page.length() * octetsInAByte;
        if (!last) stored.page(page);
        else if (endsByItself) finish();
    }

    private void finish() throws X, Refusal {
        complete = true;
        stored.end();
    }

    /// Pages have no records.
    @Override
    public void endOfRecord() {}

    @Override
    public void page(Page page) {
        throw new IllegalStateException("a page in a page");
    }

    @Override
    public void marker(String marker) throws X, Refusal {
        stored.marker(marker);
    }

    @Override
    public void end() throws X, Refusal {
        if (!last) throw new Refusal(Reply.CUT);
        if (!complete) finish();
    }
}
