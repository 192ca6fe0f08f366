package org.postroom.store.engine;

import org.jspecify.annotations.Nullable;

/// What is read of one partition at one moment. It runs on a reader thread: it may loop over many
/// rows, but must not wait for anything, nor commit.
@FunctionalInterface
public interface Reading<T extends @Nullable Object, X extends Exception> {
    T apply(Snapshot rows) throws X;
}
