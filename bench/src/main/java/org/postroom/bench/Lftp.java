package org.postroom.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Map;

/// Our server once more, for lftp to call.
final class Lftp extends Postroom {

    Lftp(Site site, Path folder, InetAddress address, Stage stage) throws IOException {
        super(site, folder, address, stage, Map.of());
    }
}
