package org.postroom.ftp;

/// The descriptor codes of block and compressed mode (RFC 959 §3.4.2): bits, as many as are so.
final class Descriptor {

    static final int END_OF_RECORD = 128;
    static final int END_OF_FILE = 64;

    /// The sender doubts the octets itself: they are kept as they are.
    static final int SUSPECT = 32;

    static final int MARKER = 16;

    private Descriptor() {}

    static void check(int descriptor) throws Refusal {
        if ((descriptor & ~(END_OF_RECORD | END_OF_FILE | SUSPECT | MARKER)) != 0)
            throw new Refusal(Reply.GARBLED);
    }

    /// Says what follows the octets that a descriptor describes.
    ///
    /// @return whether the file is complete
    static <X extends Exception> boolean tell(int descriptor, Flow<X> next) throws X, Refusal {
        if ((descriptor & END_OF_RECORD) != 0) next.endOfRecord();
        if ((descriptor & END_OF_FILE) == 0) return false;
        next.end();
        return true;
    }
}
