package org.postroom.ftp;

/// The end of a way at which octets are all that is wanted: what stands between them is passed over.
public abstract class OctetsAlone<X extends Exception> implements Flow<X> {

    @Override
    public void endOfRecord() throws X {}

    @Override
    public void page(Page page) throws X {}

    @Override
    public void marker(String marker) throws X {}

    @Override
    public void end() throws X {}
}
