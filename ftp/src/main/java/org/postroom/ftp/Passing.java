package org.postroom.ftp;

/// A flow that tells the next all that it is told, but for what its kind does otherwise.
abstract class Passing<X extends Exception> implements Flow<X> {

    final Flow<X> next;

    Passing(Flow<X> next) {
        this.next = next;
    }

    @Override
    public void octets(byte[] octets, int offset, int length) throws X, Refusal {
        next.octets(octets, offset, length);
    }

    @Override
    public void endOfRecord() throws X, Refusal {
        next.endOfRecord();
    }

    @Override
    public void page(Page page) throws X, Refusal {
        next.page(page);
    }

    @Override
    public void marker(String marker) throws X, Refusal {
        next.marker(marker);
    }

    @Override
    public void end() throws X, Refusal {
        next.end();
    }
}
