package org.postroom.ftp;

/// How a file is wrapped for its way (RFC 959 §3.4; the last is draft-preston-ftpext-deflate's).
public enum Mode {
    STREAM('S'),
    BLOCK('B'),
    COMPRESSED('C'),
    DEFLATE('Z');

    public final char code;

    Mode(char code) {
        this.code = code;
    }
}
