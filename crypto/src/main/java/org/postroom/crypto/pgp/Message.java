package org.postroom.crypto.pgp;

import org.bouncycastle.bcpg.KeyIdentifier;
import org.bouncycastle.bcpg.UnknownPacket;
import org.bouncycastle.openpgp.PGPCompressedData;
import org.bouncycastle.openpgp.PGPEncryptedDataList;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPLiteralData;
import org.bouncycastle.openpgp.PGPMarker;
import org.bouncycastle.openpgp.PGPObjectFactory;
import org.bouncycastle.openpgp.PGPOnePassSignature;
import org.bouncycastle.openpgp.PGPOnePassSignatureList;
import org.bouncycastle.openpgp.PGPPadding;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.api.OpenPGPCertificate.OpenPGPComponentKey;
import org.jspecify.annotations.Nullable;
import org.postroom.crypto.Meter;
import org.postroom.crypto.Stranger;
import org.postroom.crypto.Unusable;
import org.postroom.crypto.Verdict;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads one message from its first packet to its last. What it takes is less than RFC 9580 §10.3 allows,
/// and all that programs make: perhaps encryption, once and outermost; perhaps compression; perhaps
/// signatures, over the text itself; one text; nothing after it. So there is no doubt of what was signed
/// (TRAPS T38).
final class Message {

    /// How deep compression and encryption nest, together.
    private static final int MOST_LAYERS = 4;

    /// How many signatures are looked at; each costs a hash over all of the text.
    private static final int MOST_SIGNATURES = 64;

    /// What may come out of compression: this much, and beyond it so many times what went in.
    private static final long FREE = 64 << 20;

    private static final int EXPANSION = 256;
    private static final int SLICE = 64 << 10;

    /// Opens what is encrypted, or refuses.
    @FunctionalInterface
    interface Opener {
        Opened open(PGPEncryptedDataList encrypted) throws PGPException, IOException, Unusable;
    }

    /// @param clear the packets within
    /// @param isWhole says, after the last octet, whether nothing was altered
    /// @param sessionKey as the Stateless OpenPGP interface prints it
    record Opened(InputStream clear, Integrity isWhole, String sessionKey) {}

    @FunctionalInterface
    interface Integrity {
        boolean test() throws PGPException, IOException;
    }

    /// What was in it.
    ///
    /// @param signatures as they stand there, to be kept apart
    /// @param sessionKey of an encrypted message
    record Read(
            List<Verdict> verdicts,
            List<PGPSignature> signatures,
            Optional<String> sessionKey,
            char format) {}

    /// A signature that is computed while the text passes by: one that was announced, or one that came
    /// first.
    private record Running(
            @Nullable PGPOnePassSignature announced,
            @Nullable PGPSignature first,
            @Nullable OpenPGPComponentKey key) {

        void update(byte[] slice, int count) {
            if (key == null) return;
            if (announced != null) announced.update(slice, 0, count);
            if (first != null) first.update(slice, 0, count);
        }
    }

    private final Opener opener;
    private final Judge judge;
    private final List<PGPOnePassSignature> announced = new ArrayList<>();
    private final List<PGPSignature> first = new ArrayList<>();
    private final List<PGPSignature> last = new ArrayList<>();
    private final List<Meter> meters = new ArrayList<>();
    private final List<PGPObjectFactory> layers = new ArrayList<>();
    private @Nullable Opened opened;
    private boolean compressed;

    Message(Opener opener, Judge judge) {
        this.opener = opener;
        this.judge = judge;
    }

    /// Reads a message. What comes out is good for nothing before this returned.
    Read read(InputStream in, OutputStream plaintext) throws IOException, Unusable {
        try {
            enter(Armor.open(in));
            return Engine.read(() -> message(plaintext));
        } catch (Unusable unusable) {
            // what was opened and can't be read was altered: a message never says more than that
            if (opened != null && unusable.why() == Unusable.Why.BAD_DATA)
                throw new Unusable(
                        Unusable.Why.ALTERED, "What was encrypted was altered, or is not whole");
            throw unusable;
        }
    }

    private void enter(InputStream in) {
        if (!meters.isEmpty()) meters.getLast().text();
        var meter = new Meter(in);
        meters.add(meter);
        layers.add(Engine.BC.pgpObjectFactory(meter));
    }

    private Read message(OutputStream plaintext) throws IOException, PGPException, Unusable {
        try {
            var literal = literal();
            var running = running();
            meters.getLast().text();
            copy(literal.getDataStream(), plaintext, running);
            rest();
            if (opened != null && !opened.isWhole().test()) throw bad("it was altered");
            return new Read(
                    verdicts(running),
                    signatures(),
                    Optional.ofNullable(opened).map(Opened::sessionKey),
                    (char) literal.getFormat());
        } catch (Meter.Excess excess) {
            throw excess.unusable();
        }
    }

    /// Goes down to the text.
    private PGPLiteralData literal() throws IOException, PGPException, Unusable {
        while (true)
            switch (layers.getLast().nextObject()) {
                case null -> throw bad("there is no message in it");
                case PGPLiteralData literal -> {
                    return literal;
                }
                case PGPEncryptedDataList encrypted -> {
                    if (opened != null || compressed || signed())
                        throw bad("something encrypted is within");
                    opened = opener.open(encrypted);
                    enter(opened.clear());
                }
                case PGPCompressedData data -> {
                    if (signed() || layers.size() == MOST_LAYERS)
                        throw bad("something compressed is within");
                    compressed = true;
                    enter(data.getDataStream());
                }
                case PGPOnePassSignatureList list -> {
                    for (var one : list) announced.add(one);
                    bound();
                }
                case PGPSignatureList list -> {
                    for (var one : list) first.add(one);
                    bound();
                }
                case PGPMarker _, PGPPadding _, UnknownPacket _ -> {} // RFC 9580 §4.3: passed over
                case Object other -> throw bad("it is " + other.getClass().getSimpleName());
            }
    }

    private boolean signed() {
        return !announced.isEmpty() || !first.isEmpty();
    }

    private void bound() throws Meter.Excess {
        if (announced.size() + first.size() + last.size() > 2 * MOST_SIGNATURES)
            throw new Meter.Excess("more signatures than anybody looks at");
    }

    private List<Running> running() throws PGPException {
        var running = new ArrayList<Running>();
        var verifiers = Engine.BC.pgpContentVerifierBuilderProvider();
        for (var one : announced) {
            var key = judge.key(List.of(one.getKeyIdentifier()));
            if (key != null) one.init(verifiers, key.getPGPPublicKey());
            running.add(new Running(one, null, key));
        }
        for (var one : first) {
            var key = judge.key(one.getKeyIdentifiers());
            if (key != null) one.init(verifiers, key.getPGPPublicKey());
            running.add(new Running(null, one, key));
        }
        return running;
    }

    private void copy(InputStream in, OutputStream out, List<Running> running) throws IOException {
        byte[] slice = new byte[SLICE];
        long size = 0;
        for (int count; (count = in.read(slice)) >= 0; ) {
            size += count;
            if (compressed && size > FREE && size / EXPANSION > meters.getFirst().count())
                throw new Meter.Excess("far more text than octets");
            for (var one : running) one.update(slice, count);
            try {
                out.write(slice, 0, count);
            } catch (IOException e) {
                throw new Stranger.OurTrouble(e);
            }
        }
    }

    /// What comes after the text: the signatures that were announced, and nothing else.
    private void rest() throws IOException, Unusable {
        for (int i = layers.size() - 1; i >= 0; i--) {
            meters.get(i).after();
            for (Object next; (next = layers.get(i).nextObject()) != null; ) {
                if (next instanceof PGPSignatureList list && i == layers.size() - 1) {
                    for (var one : list) last.add(one);
                    bound();
                } else if (!isPassedOver(next)) throw bad("something follows the message");
            }
        }
    }

    private static boolean isPassedOver(Object packet) {
        return packet instanceof PGPMarker
                || packet instanceof PGPPadding
                || packet instanceof UnknownPacket;
    }

    private List<PGPSignature> signatures() {
        var all = new ArrayList<>(first);
        all.addAll(last);
        return all;
    }

    private List<Verdict> verdicts(List<Running> running) {
        var verdicts = new ArrayList<Verdict>();
        var waiting = new ArrayList<>(running);
        for (var signature : last) {
            var match =
                    waiting.stream()
                            .filter(one -> announces(one.announced(), signature))
                            .findFirst();
            if (match.isEmpty()) continue; // nobody has hashed the text for it
            waiting.remove(match.get());
            var announced = match.get().announced();
            verdicts.add(
                    judge.judge(
                            signature, match.get().key(), document -> document.verify(announced)));
        }
        for (var one : waiting)
            if (one.first() != null)
                verdicts.add(judge.judge(one.first(), one.key(), document -> document.verify()));
        return verdicts;
    }

    private static boolean announces(@Nullable PGPOnePassSignature one, PGPSignature signature) {
        return one != null
                && one.getSignatureType() == signature.getSignatureType()
                && one.getHashAlgorithm() == signature.getHashAlgorithm()
                && one.getKeyAlgorithm() == signature.getKeyAlgorithm()
                && KeyIdentifier.matches(
                        signature.getKeyIdentifiers(), one.getKeyIdentifier(), false);
    }

    private static Unusable bad(String why) {
        return new Unusable(Unusable.Why.BAD_DATA, "This is no OpenPGP message: " + why);
    }
}
