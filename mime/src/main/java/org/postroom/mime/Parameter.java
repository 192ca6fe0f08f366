package org.postroom.mime;

/// One parameter of a Content-Type or Content-Disposition, as it came: the name in lower case, the
/// value without its quotes, octets as ISO 8859-1. RFC 2231's pieces (`name*0*`) stand apart.
public record Parameter(String name, String value) {}
