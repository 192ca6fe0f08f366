package org.postroom.mime.compose;

import java.io.IOException;
import java.io.OutputStream;

/// Lines as mail has them.
final class Lines {

    private Lines() {}

    /// Ends one.
    static void end(OutputStream out) throws IOException {
        out.write('\r');
        out.write('\n');
    }
}
