package org.postroom.bench;

import org.postroom.server.Port;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;

/// A subject without processes: a library, which a load starts as often as it likes.
final class Library extends Subject {

    final MessageReader reader;

    Library(Site site, Path folder, InetAddress address, MessageReader reader) throws IOException {
        super(site, folder, address);
        this.reader = reader;
    }

    @Override
    List<Child> start() {
        return List.of();
    }

    @Override
    List<Port> greeters() {
        return List.of();
    }
}
