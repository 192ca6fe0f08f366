package org.postroom.control;

/// A server, or an order, that can't begin; the text is for the administrator and has the cure.
public final class CannotServe extends Exception {

    private static final long serialVersionUID = 1;

    private final int exit;

    /// @param exit how a command ends by it ([Exit])
    public CannotServe(int exit, String why) {
        super(why, null, false, false);
        this.exit = exit;
    }

    public int exit() {
        return exit;
    }
}
