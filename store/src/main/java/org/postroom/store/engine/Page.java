package org.postroom.store.engine;

import java.util.List;

/// Some rows of a scan, and whether the range holds more behind the last of them.
public record Page(List<Row> rows, boolean more) {}
