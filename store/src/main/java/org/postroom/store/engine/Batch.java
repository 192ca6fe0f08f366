package org.postroom.store.engine;

import java.util.List;

/// The part of a write that concerns one partition; each key at most once.
public record Batch(long partition, List<Op> ops) {}
