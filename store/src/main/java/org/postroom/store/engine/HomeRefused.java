package org.postroom.store.engine;

/// A home that this program must not open; the text tells the administrator why, and what to do.
public final class HomeRefused extends Exception {

    private static final long serialVersionUID = 1;

    private final boolean inUse;

    public HomeRefused(String why) {
        this(why, false);
    }

    /// @param inUse whether it is for now: another process has it open
    HomeRefused(String why, boolean inUse) {
        super(why, null, false, false);
        this.inUse = inUse;
    }

    /// Whether it may be open to us later, without anybody doing anything about it.
    public boolean isInUse() {
        return inUse;
    }
}
