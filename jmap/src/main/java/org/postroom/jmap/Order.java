package org.postroom.jmap;

import tools.jackson.databind.node.ObjectNode;

/// By what a query sorts: a Comparator of RFC 8620 §5.5, which is another thing in Java.
///
/// @param extra what the type's own comparators have besides, such as `keyword`
public record Order(String property, boolean ascending, ObjectNode extra) {}
