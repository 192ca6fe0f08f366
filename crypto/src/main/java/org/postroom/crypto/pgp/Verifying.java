package org.postroom.crypto.pgp;

import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.api.OpenPGPCertificate.OpenPGPComponentKey;
import org.jspecify.annotations.Nullable;
import org.postroom.crypto.Unusable;
import org.postroom.crypto.Verdict;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Says who signed something.
public final class Verifying {

    /// As much of a signature as anybody has, in octets.
    private static final int LONGEST = 1 << 20;

    private static final int MOST = 64;
    private static final int SLICE = 64 << 10;

    private final Judge judge;

    /// @param certificates those whose signatures are known
    public Verifying(List<Certificate> certificates, Instant now) {
        this(certificates, now, Instant.EPOCH, now.plus(Judge.CLOCKS));
    }

    /// The same for signatures of a certain time.
    public Verifying(
            List<Certificate> certificates, Instant now, Instant notBefore, Instant notAfter) {
        judge = new Judge(List.copyOf(certificates), now, notBefore, notAfter);
    }

    Judge judge() {
        return judge;
    }

    /// @param signatures armoured or not
    public List<Verdict> detached(InputStream signatures, InputStream data)
            throws IOException, Unusable {
        return detached(signatures(signatures), data);
    }

    private List<Verdict> detached(List<PGPSignature> signatures, InputStream data)
            throws IOException, Unusable {
        var keys = new ArrayList<@Nullable OpenPGPComponentKey>();
        for (var signature : signatures) keys.add(started(signature));
        byte[] slice = new byte[SLICE];
        for (int count; (count = data.read(slice)) >= 0; )
            for (int i = 0; i < signatures.size(); i++)
                if (keys.get(i) != null) signatures.get(i).update(slice, 0, count);
        return Engine.read(() -> {
            var verdicts = new ArrayList<Verdict>();
            for (int i = 0; i < signatures.size(); i++)
                verdicts.add(
                        judge.judge(signatures.get(i), keys.get(i), document -> document.verify()));
            return verdicts;
        });
    }

    /// The key that is said to have made it, ready to be updated.
    private @Nullable OpenPGPComponentKey started(PGPSignature signature)
            throws IOException, Unusable {
        var key = judge.key(signature.getKeyIdentifiers());
        if (key == null) return null;
        return Engine.read(() -> {
            signature.init(Engine.BC.pgpContentVerifierBuilderProvider(), key.getPGPPublicKey());
            return key;
        });
    }

    static List<PGPSignature> signatures(InputStream in) throws IOException, Unusable {
        byte[] octets = in.readNBytes(LONGEST + 1);
        if (octets.length > LONGEST)
            throw new Unusable(Unusable.Why.TOO_MUCH, "Signatures are not as long as this");
        var packets = Armor.open(new ByteArrayInputStream(octets));
        return Engine.read(() -> {
            var all = new ArrayList<PGPSignature>();
            var objects = Engine.BC.pgpObjectFactory(packets);
            for (Object next; (next = objects.nextObject()) != null; )
                if (next instanceof PGPSignatureList list) for (var one : list) all.add(one);
                else if (!(next instanceof org.bouncycastle.openpgp.PGPMarker))
                    throw new PGPException("there is something else in it");
            if (all.size() > MOST)
                throw new Unusable(Unusable.Why.TOO_MUCH, "These are too many signatures");
            return all;
        });
    }

    /// A message with its signatures, or text with a signature below it. What is written is good for
    /// nothing before this returned; let it be [org.postroom.crypto.Withheld].
    public List<Verdict> inline(InputStream in, OutputStream text) throws IOException, Unusable {
        var buffered = new BufferedInputStream(in);
        if (isCleartext(buffered)) {
            var clear = Cleartext.parse(buffered);
            text.write(clear.shown());
            return detached(
                    signatures(octets(clear.signature())),
                    new ByteArrayInputStream(clear.canonical()));
        }
        return message(buffered, text).verdicts();
    }

    /// The text of such a message, and its signatures on their own.
    public static void detach(
            InputStream in, OutputStream text, OutputStream signatures, boolean armored)
            throws IOException, Unusable {
        var buffered = new BufferedInputStream(in);
        List<PGPSignature> all;
        if (isCleartext(buffered)) {
            var clear = Cleartext.parse(buffered);
            text.write(clear.canonical());
            all = signatures(octets(clear.signature()));
        } else all = new Verifying(List.of(), Instant.EPOCH).message(buffered, text).signatures();
        if (all.isEmpty()) throw new Unusable(Unusable.Why.BAD_DATA, "It is not signed");
        try (var writer = Armor.writer(signatures, armored)) {
            for (var one : all) writer.write(one.getEncoded());
        }
    }

    private Message.Read message(InputStream in, OutputStream text) throws IOException, Unusable {
        return new Message(
                        _ -> {
                            throw new Unusable(Unusable.Why.BAD_DATA, "It is encrypted");
                        },
                        judge)
                .read(in, text);
    }

    private static InputStream octets(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isCleartext(BufferedInputStream in) throws IOException {
        in.mark(4096);
        var beginning = new String(in.readNBytes(4096), StandardCharsets.ISO_8859_1);
        in.reset();
        return beginning.stripLeading().startsWith(Cleartext.HEAD);
    }
}
