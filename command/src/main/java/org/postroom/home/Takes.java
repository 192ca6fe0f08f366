package org.postroom.home;

/// When a changed key counts.
public enum Takes {
    /// From `reload` or SIGHUP on, for what begins after it.
    LIVE,
    /// From the next start on.
    RESTART
}
