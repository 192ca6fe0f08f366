package org.postroom.ftp;

/// A stored text as records: each line is one (RFC 959 §3.1.2).
public final class Records {

    private Records() {}

    /// Tells a piece of a text; a line may go on in the next.
    public static <X extends Exception> void tell(byte[] text, int length, Flow<X> flow)
            throws X, Refusal {
        int from = 0;
        for (int at = 0; at < length; at++)
            if (text[at] == '\n') {
                if (at > from) flow.octets(text, from, at - from);
                flow.endOfRecord();
                from = at + 1;
            }
        if (length > from) flow.octets(text, from, length - from);
    }
}
