package org.postroom.crypto.pgp;

import org.bouncycastle.bcpg.AEADEncDataPacket;
import org.bouncycastle.bcpg.SymmetricEncIntegrityPacket;
import org.bouncycastle.openpgp.PGPEncryptedData;
import org.bouncycastle.openpgp.PGPEncryptedDataList;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPBEEncryptedData;
import org.bouncycastle.openpgp.PGPPublicKeyEncryptedData;
import org.bouncycastle.openpgp.PGPSessionKey;
import org.bouncycastle.openpgp.api.OpenPGPKey.OpenPGPSecretKey;
import org.jspecify.annotations.Nullable;
import org.postroom.crypto.Unusable;
import org.postroom.crypto.Verdict;
import org.postroom.wire.Secret;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Decrypts, by whichever key, password or session key opens it.
///
/// @param passphrases those that unlock the keys
/// @param passwords those that open a message itself
/// @param sessionKeys as [Decrypted#sessionKey] gives them; the first is used before all else
/// @param verifying who is known of those who may have signed it
public record Decrypting(
        List<Key> keys,
        List<Secret> passphrases,
        List<Secret> passwords,
        List<String> sessionKeys,
        Verifying verifying) {

    public Decrypting {
        keys = List.copyOf(keys);
        passphrases = List.copyOf(passphrases);
        passwords = List.copyOf(passwords);
        sessionKeys = List.copyOf(sessionKeys);
    }

    public static Decrypting by(List<Key> keys, List<Secret> passphrases, Verifying verifying) {
        return new Decrypting(keys, passphrases, List.of(), List.of(), verifying);
    }

    /// What was in it.
    ///
    /// @param signatures what came of each
    /// @param sessionKey what opens this very message, `9:` and hexadecimal digits
    public record Decrypted(List<Verdict> signatures, String sessionKey) {}

    /// What is written is good for nothing before this returned; let it be
    /// [org.postroom.crypto.Withheld].
    public Decrypted decrypt(InputStream in, OutputStream text) throws IOException, Unusable {
        var read = new Message(this::open, verifying.judge()).read(in, text);
        var sessionKey =
                read.sessionKey()
                        .orElseThrow(
                                () -> new Unusable(Unusable.Why.BAD_DATA, "It is not encrypted"));
        return new Decrypted(read.verdicts(), sessionKey);
    }

    private Message.Opened open(PGPEncryptedDataList encrypted)
            throws PGPException, IOException, Unusable {
        var packet = encrypted.getEncryptedData();
        // RFC 9580 §5.7, §13.7: without integrity protection nothing is decrypted (TRAPS T38)
        if (!(packet instanceof SymmetricEncIntegrityPacket)
                && !(packet instanceof AEADEncDataPacket))
            throw new Unusable(
                    Unusable.Why.UNPROTECTED,
                    "It is encrypted in an old way that does not show whether it was altered");
        if (!sessionKeys.isEmpty()) return opened(encrypted, sessionKey(sessionKeys.getFirst()));
        var locked = new ArrayList<Unusable>();
        for (var data : encrypted) {
            Message.Opened found = null;
            if (data instanceof PGPPublicKeyEncryptedData forKey) {
                var sessionKey = byKey(forKey, locked);
                if (sessionKey != null) found = opened(encrypted, sessionKey);
            } else if (data instanceof PGPPBEEncryptedData forPassword) found = byWord(forPassword);
            if (found != null) return found;
        }
        if (!locked.isEmpty()) throw locked.getFirst();
        throw new Unusable(
                Unusable.Why.CANNOT_DECRYPT, "It is not encrypted to any of the keys at hand");
    }

    private static Message.Opened opened(PGPEncryptedDataList encrypted, PGPSessionKey sessionKey)
            throws PGPException {
        var data = encrypted.extractSessionKeyEncryptedData();
        var clear = data.getDataStream(Engine.BC.sessionKeyDataDecryptorFactory(sessionKey));
        return opened(data, clear, sessionKey);
    }

    private static Message.Opened opened(
            PGPEncryptedData data, InputStream clear, PGPSessionKey sessionKey) {
        return new Message.Opened(
                clear,
                () -> data.isIntegrityProtected() ? data.verify() : clear.read() < 0,
                sessionKey.getAlgorithm()
                        + ":"
                        + HexFormat.of().withUpperCase().formatHex(sessionKey.getKey()));
    }

    private static PGPSessionKey sessionKey(String text) throws IOException, Unusable {
        return Engine.read(() -> PGPSessionKey.fromAsciiRepresentation(text));
    }

    private @Nullable PGPSessionKey byKey(PGPPublicKeyEncryptedData data, List<Unusable> locked)
            throws IOException {
        for (var secret : candidates(data))
            try {
                var secretKey = Engine.unlock(secret, passphrases).getPrivateKey();
                return Engine.read(() ->
                        data.getSessionKey(Engine.BC.publicKeyDataDecryptorFactory(secretKey)));
            } catch (Unusable no) {
                if (no.why() == Unusable.Why.LOCKED) locked.add(no); // else it is for another one
            }
        return null;
    }

    /// The keys that it says it is for; if it does not say, all that decrypt.
    private List<OpenPGPSecretKey> candidates(PGPPublicKeyEncryptedData data) {
        var identifier = data.getKeyIdentifier();
        var candidates = new ArrayList<OpenPGPSecretKey>();
        for (var key : keys)
            for (var secret : key.inner().getSecretKeys().values())
                if (secret.getPGPPublicKey().isEncryptionKey()
                        && secret.getKeyIdentifier().matches(identifier)) candidates.add(secret);
        return candidates;
    }

    /// A wrong password makes a session key, too: only the first octets that it opens tell.
    private Message.@Nullable Opened byWord(PGPPBEEncryptedData data) throws IOException {
        for (var password : passwords)
            try {
                char[] text = password.reveal().toCharArray();
                return Engine.read(() -> {
                    var factory = Engine.BC.pbeDataDecryptorFactory(text);
                    var sessionKey = data.getSessionKey(factory);
                    return opened(data, data.getDataStream(factory), sessionKey);
                });
            } catch (Unusable wrong) {
                // the next one may fit
            }
        return null;
    }
}
