package org.postroom.crypto.smime;

import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cms.CMSAuthEnvelopedDataParser;
import org.bouncycastle.cms.CMSEnvelopedDataParser;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.KeyAgreeRecipientInformation;
import org.bouncycastle.cms.KeyTransRecipientInformation;
import org.bouncycastle.cms.Recipient;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.cms.RecipientInformationStore;
import org.bouncycastle.cms.jcajce.JceKeyAgreeAuthEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyAgreeEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyTransAuthEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyTransEnvelopedRecipient;
import org.postroom.crypto.Meter;
import org.postroom.crypto.Unusable;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.util.List;

/// Decrypts, by whichever key opens it.
public record Decrypting(List<Identity> keys) {

    public Decrypting {
        keys = List.copyOf(keys);
    }

    /// What it was.
    ///
    /// @param authenticated whether it shows that nobody altered it; if not, only a signature within does
    ///     (TRAPS T38)
    public record Decrypted(boolean authenticated) {}

    /// What is written is good for nothing before this returned; let it be
    /// [org.postroom.crypto.Withheld].
    public Decrypted decrypt(InputStream in, OutputStream text) throws IOException, Unusable {
        var opened = Pem.open(in);
        return switch (opened.kind()) {
            case ENVELOPED, AUTHENTICATED -> {
                boolean authenticated = opened.kind() == Pem.Kind.AUTHENTICATED;
                decrypt(opened.octets(), authenticated, text);
                yield new Decrypted(authenticated);
            }
            case SIGNED, OTHER ->
                    throw new Unusable(Unusable.Why.BAD_DATA, "This is nothing encrypted");
        };
    }

    private void decrypt(Meter octets, boolean authenticated, OutputStream text)
            throws IOException, Unusable {
        var clear =
                Engine.read(() -> {
                    try {
                        return clear(octets, authenticated);
                    } catch (Meter.Excess excess) {
                        throw excess.unusable();
                    }
                });
        octets.text();
        try {
            Engine.read(() -> {
                Verifying.copy(clear, text);
                while (octets.read() >= 0) {} // nothing but ends may follow
                return text;
            });
        } catch (Unusable broken) {
            throw new Unusable(
                    Unusable.Why.ALTERED, "What was encrypted was altered, or is not whole");
        }
    }

    private InputStream clear(Meter octets, boolean authenticated)
            throws IOException, CMSException, GeneralSecurityException, Unusable {
        var recipients =
                authenticated
                        ? new CMSAuthEnvelopedDataParser(octets).getRecipientInfos()
                        : new CMSEnvelopedDataParser(octets).getRecipientInfos();
        for (var key : keys)
            for (var one : matching(recipients, key))
                return one.getContentStream(recipient(one, key, authenticated)).getContentStream();
        throw new Unusable(
                Unusable.Why.CANNOT_DECRYPT, "It is not encrypted to any of the keys at hand");
    }

    @SuppressWarnings("unchecked") // the library's selectors are raw
    private static List<RecipientInformation> matching(
            RecipientInformationStore recipients, Identity key) throws GeneralSecurityException {
        var holder = new JcaX509CertificateHolder(key.certificate());
        return recipients.getRecipients().stream()
                .filter(one -> one.getRID().match(holder))
                .toList();
    }

    private static Recipient recipient(
            RecipientInformation one, Identity key, boolean authenticated) throws Unusable {
        if (one instanceof KeyTransRecipientInformation)
            return authenticated
                    ? new JceKeyTransAuthEnvelopedRecipient(key.key()).setProvider(Engine.BC)
                    : new JceKeyTransEnvelopedRecipient(key.key()).setProvider(Engine.BC);
        if (one instanceof KeyAgreeRecipientInformation)
            return authenticated
                    ? new JceKeyAgreeAuthEnvelopedRecipient(key.key()).setProvider(Engine.BC)
                    : new JceKeyAgreeEnvelopedRecipient(key.key()).setProvider(Engine.BC);
        throw new Unusable(
                Unusable.Why.CANNOT_DECRYPT, "It is encrypted in a way that is not known here");
    }
}
