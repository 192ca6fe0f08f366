package org.postroom.store.engine;

import java.nio.file.Path;

/// A second process that wants the lock.
final class LockChild {

    private LockChild() {}

    static void main(String[] args) {
        try (var _ = HomeLock.take(Path.of(args[0]))) {
            System.out.println("taken");
        } catch (HomeRefused refused) {
            System.out.println(refused.getMessage());
        }
    }
}
