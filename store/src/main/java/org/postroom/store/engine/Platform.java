package org.postroom.store.engine;

/// The rule of the house: no engine and no file on a virtual thread. A native call holds the carrier,
/// and with two carriers two slow calls stop every conversation.
final class Platform {

    private Platform() {}

    static void demand() {
        if (Thread.currentThread().isVirtual())
            throw new IllegalStateException("the disk was touched on a virtual thread");
    }
}
