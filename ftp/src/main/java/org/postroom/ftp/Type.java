package org.postroom.ftp;

/// How the octets on the data connection stand for those of the file (RFC 959 §3.1.1).
public sealed interface Type {

    record Ascii(Form form) implements Type {}

    record Ebcdic(Form form) implements Type {}

    record Image() implements Type {}

    /// @param byteSize bits of a logical byte, 1 to 255
    record Local(int byteSize) implements Type {}

    /// Vertical format control (RFC 959 §3.1.1.5).
    enum Form {
        NON_PRINT('N'),
        TELNET('T'),
        CARRIAGE_CONTROL('C');

        public final char code;

        Form(char code) {
            this.code = code;
        }
    }
}
