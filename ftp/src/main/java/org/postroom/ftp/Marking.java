package org.postroom.ftp;

/// A restart marker in the making (RFC 959 §3.4.2): printable, without a blank, and not long.
final class Marking {

    private static final int LONGEST = 255;

    private final StringBuilder marker = new StringBuilder();

    void octets(byte[] octets, int offset, int length) throws Refusal {
        for (int i = offset; i < offset + length; i++) {
            if (octets[i] < 33 || octets[i] > 126 || marker.length() == LONGEST)
                throw new Refusal(Reply.GARBLED);
            marker.append((char) octets[i]);
        }
    }

    /// The marker, once it is complete.
    String take() throws Refusal {
        if (marker.isEmpty()) throw new Refusal(Reply.GARBLED);
        String complete = marker.toString();
        marker.setLength(0);
        return complete;
    }
}
