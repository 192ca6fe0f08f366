package org.postroom.store.engine;

/// A home that this program must not open; the text tells the administrator why, and what to do.
public final class HomeRefused extends Exception {

    private static final long serialVersionUID = 1;

    public HomeRefused(String why) {
        super(why, null, false, false);
    }
}
