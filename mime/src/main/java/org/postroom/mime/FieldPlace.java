package org.postroom.mime;

/// Where in a message a header field stands, its line end included. The name is as it came.
public record FieldPlace(String name, long offset, int length) {

    FieldPlace shifted(long by) {
        return new FieldPlace(name, offset + by, length);
    }
}
