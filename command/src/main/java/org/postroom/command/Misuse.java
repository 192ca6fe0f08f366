package org.postroom.command;

/// The command was called in a way that makes no sense; the text says which way would.
final class Misuse extends Exception {

    private static final long serialVersionUID = 1;

    Misuse(String cure) {
        super(cure, null, false, false);
    }
}
