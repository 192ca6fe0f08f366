package org.postroom.wire;

/// Something of ours broke: a disk, a bug, a peer service. One of the three ways to fail (the others
/// are a protocol's own Refusal, and [Departure]). Its stack goes to the log where it is caught; the
/// peer hears generic words, never this text.
///
/// After a Fault from a commit it is unknown whether the change was written.
public class Fault extends RuntimeException {

    private static final long serialVersionUID = 1;

    /// @param what what was being done, for the log
    public Fault(String what) {
        super(what);
    }

    /// @param what what was being done, for the log
    public Fault(String what, Throwable cause) {
        super(what, cause);
    }
}
