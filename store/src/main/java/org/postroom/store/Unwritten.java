package org.postroom.store;

/// Stands where a body is still to come.
final class Unwritten {

    private Unwritten() {}

    @SuppressWarnings({"TypeParameterUnusedInFormals", "DoNotCallSuggester"})
    static <T> T yet() {
        throw new UnsupportedOperationException("not written yet");
    }
}
