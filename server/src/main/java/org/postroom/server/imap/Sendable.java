package org.postroom.server.imap;

import java.io.InputStream;

/// Octets of a message that are read while they are sent.
interface Sendable {

    long length();

    InputStream open();
}
