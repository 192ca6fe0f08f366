package org.postroom.crypto.pgp;

import org.bouncycastle.bcpg.UnsupportedPacketVersionException;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPRuntimeOperationException;
import org.bouncycastle.openpgp.api.OpenPGPImplementation;
import org.bouncycastle.openpgp.api.OpenPGPKey.OpenPGPSecretKey;
import org.bouncycastle.openpgp.api.OpenPGPKeyReader;
import org.bouncycastle.openpgp.api.SignatureParameters;
import org.bouncycastle.openpgp.api.bc.BcOpenPGPImplementation;
import org.jspecify.annotations.Nullable;
import org.postroom.crypto.Unusable;
import org.postroom.wire.Secret;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Function;

/// Where Bouncy Castle is called.
///
/// It answers hostile octets with exceptions of many kinds, checked and unchecked: [#read] makes
/// one of them, so that what can't be read is a finding and never a crash. Errors of the disk, of either
/// side, pass.
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

    /// Something that reads what strangers wrote.
    @FunctionalInterface
    interface Reading<T> {
        T read() throws IOException, PGPException, Unusable;
    }

    static <T> T read(Reading<T> reading) throws IOException, Unusable {
        try {
            return reading.read();
        } catch (DiskTrouble trouble) {
            throw trouble.cause;
        } catch (PGPException
                | IOException
                | PGPRuntimeOperationException
                | UnsupportedPacketVersionException
                | IllegalArgumentException
                | IllegalStateException
                | IndexOutOfBoundsException
                | ArithmeticException
                | ClassCastException
                | NegativeArraySizeException
                | NullPointerException
                | UnsupportedOperationException broken) {
            throw new Unusable(Unusable.Why.BAD_DATA, "This is no whole OpenPGP: " + words(broken));
        }
    }

    private static String words(Exception e) {
        String text = e.getMessage();
        return text == null ? e.getClass().getSimpleName() : text;
    }

    /// Our own side's trouble, which says nothing about what was read.
    static final class DiskTrouble extends RuntimeException {

        private static final long serialVersionUID = 1;
        private final IOException cause;

        DiskTrouble(IOException cause) {
            super(cause);
            this.cause = cause;
        }
    }

    /// The octets of a stream whose errors are the disk's, not the data's.
    static InputStream ours(InputStream in) {
        return new OwnInput(in);
    }

    private static final class OwnInput extends InputStream {

        private final InputStream in;

        OwnInput(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() {
            try {
                return in.read();
            } catch (IOException e) {
                throw new DiskTrouble(e);
            }
        }

        @Override
        public int read(byte[] b, int off, int len) {
            try {
                return in.read(b, off, len);
            } catch (IOException e) {
                throw new DiskTrouble(e);
            }
        }
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
                        Unusable.Why.BAD_DATA, "The secret key can't be read: " + words(e));
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
