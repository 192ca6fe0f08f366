package org.postroom.crypto.pgp;

import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.api.OpenPGPImplementation;
import org.bouncycastle.openpgp.api.OpenPGPKey.OpenPGPSecretKey;
import org.bouncycastle.openpgp.api.OpenPGPKeyReader;
import org.bouncycastle.openpgp.api.SignatureParameters;
import org.bouncycastle.openpgp.api.bc.BcOpenPGPImplementation;
import org.jspecify.annotations.Nullable;
import org.postroom.crypto.Stranger;
import org.postroom.crypto.Unusable;
import org.postroom.wire.Secret;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/// Bouncy Castle's OpenPGP, as it is used here.
final class Engine {

    static final OpenPGPImplementation BC = new BcOpenPGPImplementation();
    static final OpenPGPKeyReader KEYS = new OpenPGPKeyReader(BC);

    static {
        // a stranger's message must not ask for more memory than there is before it is known to be
        // whole
        long affordable = Runtime.getRuntime().maxMemory() / 2048;
        System.setProperty(
                "org.bouncycastle.argon2.max_memory_exp",
                Integer.toString(63 - Long.numberOfLeadingZeros(affordable)));
    }

    private Engine() {}

    /// A change to how something is signed; null leaves the signature out.
    static SignatureParameters.Callback signed(
            Function<SignatureParameters, @Nullable SignatureParameters> how) {
        return new SignatureParameters.Callback() {
            @Override
            public @Nullable SignatureParameters apply(SignatureParameters parameters) {
                return how.apply(parameters);
            }
        };
    }

    static <T> T read(Stranger.Reading<T> reading) throws IOException, Unusable {
        return Stranger.read("OpenPGP", reading);
    }

    /// The passphrase that unlocks a key, or null where there is none or none is needed.
    static char @Nullable [] passphrase(OpenPGPSecretKey key, List<Secret> passphrases) {
        if (!key.isLocked()) return null;
        for (var passphrase : passphrases) {
            char[] text = passphrase.reveal().toCharArray();
            if (key.isPassphraseCorrect(text)) return text;
        }
        return null;
    }

    /// The secret key, by the first passphrase that fits.
    static PGPKeyPair unlock(OpenPGPSecretKey key, List<Secret> passphrases) throws Unusable {
        if (!key.isLocked()) {
            try {
                return key.unlock((char[]) null).getKeyPair();
            } catch (PGPException e) {
                throw new Unusable(
                        Unusable.Why.BAD_DATA, "The secret key can't be read: " + e.getMessage());
            }
        }
        for (var passphrase : passphrases)
            try {
                var unlocked = key.unlock(passphrase.reveal().toCharArray());
                if (unlocked != null) return unlocked.getKeyPair();
            } catch (PGPException wrong) {
                // the next one may fit
            }
        throw new Unusable(
                Unusable.Why.LOCKED,
                passphrases.isEmpty()
                        ? "The secret key is locked; it needs its passphrase"
                        : "No passphrase given unlocks the secret key");
    }
}
