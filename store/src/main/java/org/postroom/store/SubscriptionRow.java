package org.postroom.store;

/// Row `L` name: a subscription to a name whose mailbox is gone; that of a mailbox is in its row `B`.
/// The value is the version byte alone.
final class SubscriptionRow {

    static final KeyRange ALL = KeyRange.of(Key.of('L'));
    static final byte[] ROW = {1};

    private SubscriptionRow() {}

    static byte[] key(String name) {
        return Key.of('L', name);
    }

    static String name(byte[] key) {
        return Key.textFrom(key, 1);
    }
}
