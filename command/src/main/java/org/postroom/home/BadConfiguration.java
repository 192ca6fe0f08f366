package org.postroom.home;

import java.util.List;

/// A configuration that can't be used: everything that is wrong with it, at once.
public final class BadConfiguration extends Exception {

    private static final long serialVersionUID = 1;

    /// @param problems each names the file, the line, the key and the cure
    BadConfiguration(List<String> problems) {
        super(String.join("\n", problems), null, false, false);
    }

    public List<String> problems() {
        return String.valueOf(getMessage()).lines().toList();
    }
}
