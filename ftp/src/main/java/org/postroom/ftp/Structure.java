package org.postroom.ftp;

/// What a file is made of (RFC 959 §3.1.2).
public enum Structure {
    FILE('F'),
    RECORD('R'),
    PAGE('P');

    public final char code;

    Structure(char code) {
        this.code = code;
    }
}
