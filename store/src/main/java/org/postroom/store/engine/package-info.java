/// Where bytes go to stay: partitions of ordered rows, the commit that changes them, and the blobs
/// that rows name. An account is a partition; so are the directory and the spool.
///
/// What may live here knows keys, values, versions, files and threads. It knows no mailbox, no
/// message, no user: those are rows that the package above lays out. Nothing outside this package
/// touches the engine, and nothing in it is ever run on a virtual thread: callers wait while a few
/// platform threads (sequencers, readers, file writers, one committer) do the work.
///
/// - [Storage] opens a home: its lock, its format, its engine.
/// - [Commits] is the only way to change rows; [Work] and [Change] are how one says what to change.
/// - [Blobs] holds immutable bytes of any size; [Draft] makes one.
/// - [Engine] is what a database must be able to do; [Rocks] and [Memory] can.
@NullMarked
package org.postroom.store.engine;

import org.jspecify.annotations.NullMarked;
