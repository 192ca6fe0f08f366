package org.postroom.store.search;

/// What is known so far of whether a message is what is searched for.
public enum Verdict {
    YES,
    NO,
    /// The message has to be opened, or read on.
    NOT_KNOWN;

    static Verdict of(boolean yes) {
        return yes ? YES : NO;
    }
}
