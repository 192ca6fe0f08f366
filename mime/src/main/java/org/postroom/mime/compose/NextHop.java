package org.postroom.mime.compose;

/// What the next hop takes, as its EHLO says.
///
/// @param eightBit octets above 127 in bodies (RFC 6152)
/// @param binary lines of any length and any octets (RFC 3030 §3)
/// @param utf8 UTF-8 in header fields and addresses (RFC 6531)
public record NextHop(boolean eightBit, boolean binary, boolean utf8) {

    /// What every hop takes (RFC 5321 §2.4).
    public static final NextHop SEVEN_BIT = new NextHop(false, false, false);

    public static final NextHop EIGHT_BIT = new NextHop(true, false, false);
    public static final NextHop BINARY = new NextHop(true, true, false);

    /// RFC 6531 §3.1: who announces SMTPUTF8 announces 8BITMIME.
    public static final NextHop UTF8 = new NextHop(true, false, true);

    public NextHop {
        eightBit = eightBit || binary || utf8;
    }

    NextHop or(NextHop other) {
        return new NextHop(eightBit || other.eightBit, binary || other.binary, utf8 || other.utf8);
    }

    /// Whether what needs `other` can go here.
    boolean takes(NextHop other) {
        return (eightBit || !other.eightBit) && (binary || !other.binary) && (utf8 || !other.utf8);
    }
}
