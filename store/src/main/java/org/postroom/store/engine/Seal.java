package org.postroom.store.engine;

import org.jspecify.annotations.Nullable;
import org.postroom.wire.Fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Keeps what has to be read again and by nobody else (a second factor's seed), under a key that lies in
/// a file beside the rows: whoever has the rows alone has nothing.
///
/// Sealed: 12 octets of nonce, then what AES-256 in GCM makes of it, 16 octets longer.
public final class Seal {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int KEY_OCTETS = 32;
    private static final int NONCE_OCTETS = 12;
    private static final int TAG_BITS = 128;

    private final Path file;
    private volatile @Nullable SecretKeySpec key;

    Seal(Path file) {
        this.file = file;
    }

    /// Not on a virtual thread.
    ///
    /// @param about what it belongs to: it is opened for that alone
    public byte[] close(byte[] open, byte[] about) {
        byte[] nonce = new byte[NONCE_OCTETS];
        RANDOM.nextBytes(nonce);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, nonce, open, about);
        byte[] all = Arrays.copyOf(nonce, NONCE_OCTETS + sealed.length);
        System.arraycopy(sealed, 0, all, NONCE_OCTETS, sealed.length);
        return all;
    }

    /// Not on a virtual thread.
    ///
    /// @throws Fault when the key is another's, or what was sealed was changed or belongs to another
    public byte[] open(byte[] sealed, byte[] about) {
        if (sealed.length < NONCE_OCTETS) throw new Fault("opening a seal: too short");
        return crypt(
                Cipher.DECRYPT_MODE,
                Arrays.copyOf(sealed, NONCE_OCTETS),
                Arrays.copyOfRange(sealed, NONCE_OCTETS, sealed.length),
                about);
    }

    private byte[] crypt(int mode, byte[] nonce, byte[] octets, byte[] about) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key(), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(about);
            return cipher.doFinal(octets);
        } catch (GeneralSecurityException e) {
            throw new Fault("a seal whose key is " + file, e);
        }
    }

    private synchronized SecretKeySpec key() {
        Platform.demand();
        var known = key;
        if (known != null) return known;
        try {
            known = new SecretKeySpec(octets(), "AES");
            key = known;
            return known;
        } catch (IOException e) {
            throw new Fault("the key " + file, e);
        }
    }

    private byte[] octets() throws IOException {
        try {
            byte[] there = Files.readAllBytes(file);
            if (there.length != KEY_OCTETS)
                throw new IOException(
                        "it has " + there.length + " octets instead of " + KEY_OCTETS);
            return there;
        } catch (NoSuchFileException first) {
            byte[] fresh = new byte[KEY_OCTETS];
            RANDOM.nextBytes(fresh);
            Folder.write(file, fresh);
            return fresh;
        }
    }
}
