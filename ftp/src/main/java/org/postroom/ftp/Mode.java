package org.postroom.ftp;

/// How a file is wrapped for its way (RFC 959 §3.4).
public enum Mode {
    STREAM('S'),
    BLOCK('B'),
    COMPRESSED('C');

    public final char code;

    Mode(char code) {
        this.code = code;
    }
}
