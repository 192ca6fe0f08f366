package org.postroom.crypto.smime;

import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.postroom.crypto.Stranger;
import org.postroom.crypto.Unusable;

import java.io.IOException;
import java.security.Provider;

/// Bouncy Castle's CMS, as it is used here. Its provider is used by its object and not registered: nobody
/// else's cryptography changes by it.
final class Engine {

    static final Provider BC = new BouncyCastleProvider();

    private Engine() {}

    static <T> T read(Stranger.Reading<T> reading) throws IOException, Unusable {
        return Stranger.read("S/MIME", reading);
    }
}
