package org.postroom.ftp;

import java.util.HexFormat;

/// EBCDIC, to and from stored text, octet by octet (RFC 959 §3.1.1.2). The table is code page 1047 with
/// the end of a line as EBCDIC text has it: NL (15) is our LF, and LF (25) our NEL (85). Each of the 256
/// stands for one of ISO 8859-1, so nothing is lost either way (TRAPS F15).
final class CodePage1047<X extends Exception> extends Stage<X> {

    static final int SPACE = 0x40;

    private static final byte[] TO_TEXT =
            HexFormat.of()
                    .parseHex(
                            "000102039c09867f978d8e0b0c0d0e0f"
                                    + "101112139d0a08871819928f1c1d1e1f"
                                    + "808182838485171b88898a8b8c050607"
                                    + "909116939495960498999a9b14159e1a"
                                    + "20a0e2e4e0e1e3e5e7f1a22e3c282b7c"
                                    + "26e9eaebe8edeeefecdf21242a293b5e"
                                    + "2d2fc2c4c0c1c3c5c7d1a62c255f3e3f"
                                    + "f8c9cacbc8cdcecfcc603a2340273d22"
                                    + "d8616263646566676869abbbf0fdfeb1"
                                    + "b06a6b6c6d6e6f707172aabae6b8c6a4"
                                    + "b57e737475767778797aa1bfd05bdeae"
                                    + "aca3a5b7a9a7b6bcbdbedda8af5db4d7"
                                    + "7b414243444546474849adf4f6f2f3f5"
                                    + "7d4a4b4c4d4e4f505152b9fbfcf9faff"
                                    + "5cf7535455565758595ab2d4d6d2d3d5"
                                    + "30313233343536373839b3dbdcd9da9f");

    private static final byte[] FROM_TEXT = inverse();

    private final byte[] table;

    private CodePage1047(Flow<X> next, byte[] table) {
        super(next);
        this.table = table;
    }

    /// From the data connection.
    static <X extends Exception> CodePage1047<X> reader(Flow<X> stored) {
        return new CodePage1047<>(stored, TO_TEXT);
    }

    /// To the data connection.
    static <X extends Exception> CodePage1047<X> writer(Flow<X> channel) {
        return new CodePage1047<>(channel, FROM_TEXT);
    }

    @Override
    void octet(byte octet) throws X, Refusal {
        put(table[octet & 0xff]);
    }

    private static byte[] inverse() {
        var inverse = new byte[256];
        for (int code = 0; code < 256; code++) inverse[TO_TEXT[code] & 0xff] = (byte) code;
        return inverse;
    }
}
