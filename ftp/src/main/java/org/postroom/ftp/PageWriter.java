package org.postroom.ftp;

/// Pages, written (RFC 959 §3.1.2.3): each behind its header, and the last page at the end.
final class PageWriter<X extends Exception> extends Stage<X> {

    private final int octetsInAByte;

    /// @param octetsInAByte of a logical byte
    PageWriter(int octetsInAByte, Flow<X> next) {
        super(next);
        this.octetsInAByte = octetsInAByte;
    }

    @Override
    void octet(byte octet) throws X, Refusal {
        put(octet);
    }

    @Override
    public void page(Page page) throws X, Refusal {
        field(Page.HEADER + page.fields().size());
        field(page.index());
        field(page.length());
        field(page.kind().code);
        for (long field : page.fields()) field(field);
    }

    /// @throws Refusal a logical byte is too small for it
    private void field(long value) throws X, Refusal {
        if (octetsInAByte < Long.BYTES && value >>> (8 * octetsInAByte) != 0)
            throw new Refusal(Reply.UNKNOWN_PAGE_TYPE);
        for (int i = octetsInAByte - 1; i >= 0; i--)
            put(i < Long.BYTES ? (int) (value >>> (8 * i)) : 0);
    }

    @Override
    public void end() throws X, Refusal {
        page(Page.LAST);
        super.end();
    }
}
