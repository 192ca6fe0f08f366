package org.postroom.store.engine;

import org.postroom.wire.Fault;

/// There is too little room to take more in. Nothing was written; what is stored can still be read.
/// SMTP answers 452 4.3.1, IMAP NO, FTP 452.
public final class DiskFull extends Fault {

    private static final long serialVersionUID = 1;

    public DiskFull(String what) {
        super(what);
    }

    public DiskFull(String what, Throwable cause) {
        super(what, cause);
    }
}
