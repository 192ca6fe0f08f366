package org.postroom.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// What lies in the bench's own jar.
final class Resource {

    private Resource() {}

    static String text(String name) throws IOException {
        try (var in = Resource.class.getResourceAsStream("/" + name)) {
            if (in == null) throw new IOException(name + " is not on the class path");
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
