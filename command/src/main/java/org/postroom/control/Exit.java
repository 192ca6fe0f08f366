package org.postroom.control;

/// How the command ends, by the numbers of sysexits.h, which mail programs have always used.
public final class Exit {

    public static final int OK = 0;

    /// The command was called in a wrong way.
    public static final int USAGE = 64;

    /// What was asked about is not so, or not there.
    public static final int DATA = 65;

    /// No server runs where one was needed.
    public static final int UNAVAILABLE = 69;

    /// Something of ours broke.
    public static final int SOFTWARE = 70;

    /// The system did not let us: a port, a file.
    public static final int SYSTEM = 71;

    /// The caller may not.
    public static final int PERMISSION = 77;

    /// It may work later: the home is in use, a demo's step failed.
    public static final int TEMPORARY = 75;

    /// The configuration has an error.
    public static final int CONFIGURATION = 78;

    private Exit() {}
}
