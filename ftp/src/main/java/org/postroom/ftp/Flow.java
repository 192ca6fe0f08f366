package org.postroom.ftp;

/// A file on its way: its octets in order, and what stands between them. A way from the data connection
/// to the store, or back, is some flows one behind the other, each of which tells the next
/// ([Representation]).
///
/// @param <X> what goes wrong at the far end
public interface Flow<X extends Exception> {

    /// @throws Refusal what comes is not what was agreed
    void octets(byte[] octets, int offset, int length) throws X, Refusal;

    /// A record is complete (RFC 959 §3.1.2.2). Where there are no records, nobody says so.
    void endOfRecord() throws X, Refusal;

    /// A page begins (RFC 959 §3.1.2.3); the octets that follow are its own, until the next.
    void page(Page page) throws X, Refusal;

    /// The sender's name for this place in the file (RFC 959 §3.5).
    void marker(String marker) throws X, Refusal;

    /// That was all of the file. Where the end is told by the connection's, whoever reads it says so
    /// here; where it is told in the octets, that is too early then.
    void end() throws X, Refusal;
}
