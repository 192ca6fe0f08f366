package org.postroom.store.engine;

/// A partition as it was at one moment: what several reads find in it belongs together.
public interface Snapshot extends Rows, AutoCloseable {

    /// The version that these rows are; 0 for a partition that was never written.
    default long version() {
        return Version.read(get(Version.key())).number();
    }

    @Override
    void close();
}
