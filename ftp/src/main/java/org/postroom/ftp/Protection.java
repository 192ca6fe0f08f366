package org.postroom.ftp;

/// What protects the data connection (RFC 2228 §3). Under TLS there is all or nothing: SAFE and
/// CONFIDENTIAL are understood and refused (RFC 4217 §9).
public enum Protection {
    CLEAR('C'),
    SAFE('S'),
    CONFIDENTIAL('E'),
    PRIVATE('P');

    public final char code;

    Protection(char code) {
        this.code = code;
    }
}
