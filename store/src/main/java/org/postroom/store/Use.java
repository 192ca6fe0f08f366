package org.postroom.store;

/// What somebody signs in for. An app password may be for one of them alone.
public enum Use {
    /// To read and send letters: IMAP, POP3, submission, JMAP.
    LETTERS(1),
    /// To read and change files: FTP, WebDAV.
    FILES(2);

    /// What says so in a row.
    final int bit;

    Use(int bit) {
        this.bit = bit;
    }
}
