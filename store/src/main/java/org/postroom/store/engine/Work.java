package org.postroom.store.engine;

import org.jspecify.annotations.Nullable;

/// What a commit does: a function from the partition's rows to puts, deletes and a result. It may be
/// run more than once and must then do the same, so it changes nothing but its [Change]. It runs on
/// a platform thread while the partition's other commits queue behind it: it must not wait.
///
/// When it throws, nothing is written.
@FunctionalInterface
public interface Work<T extends @Nullable Object, X extends Exception> {
    T apply(Change change) throws X;
}
