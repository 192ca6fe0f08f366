package org.postroom.crypto.pgp;

import org.bouncycastle.bcpg.PacketFormat;
import org.bouncycastle.openpgp.api.OpenPGPCertificate;
import org.bouncycastle.openpgp.api.OpenPGPCertificate.OpenPGPUserId;
import org.bouncycastle.openpgp.api.OpenPGPKey;
import org.postroom.crypto.Unusable;
import org.postroom.mime.Address;
import org.postroom.mime.Addresses;
import org.postroom.wire.Fault;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// A public key with what it says of itself: whose it is, until when, and what for (a transferable public
/// key, RFC 9580 §10.1).
public final class Certificate {

    /// How long a file of keys may be, in octets; certificates with many signatures on them are long.
    private static final int LONGEST = 32 << 20;

    private static final int MOST = 10_000;
    private static final String BEGIN = "-----BEGIN PGP ";

    private final OpenPGPCertificate certificate;

    Certificate(OpenPGPCertificate certificate) {
        this.certificate = certificate;
    }

    OpenPGPCertificate inner() {
        return certificate;
    }

    /// The certificates in a file: armoured, in as many blocks as there are, or not. Of secret keys the
    /// public part is taken.
    public static List<Certificate> readAll(InputStream in) throws IOException, Unusable {
        var all = new ArrayList<Certificate>();
        for (var block : blocks(in))
            for (var one : Engine.read(() -> Engine.KEYS.parseKeysOrCertificates(block)))
                all.add(new Certificate(one instanceof OpenPGPKey key ? key.toCertificate() : one));
        if (all.isEmpty())
            throw new Unusable(Unusable.Why.BAD_DATA, "There is no certificate in it");
        return all;
    }

    public static List<Certificate> readAll(byte[] octets) throws Unusable {
        try {
            return readAll(new ByteArrayInputStream(octets));
        } catch (IOException e) {
            throw new Fault("memory can't be read", e);
        }
    }

    /// What is to be read one after the other, as packets.
    static List<byte[]> blocks(InputStream in) throws IOException, Unusable {
        byte[] all = in.readNBytes(LONGEST + 1);
        if (all.length > LONGEST)
            throw new Unusable(Unusable.Why.TOO_MUCH, "A file of keys is not as long as this");
        if (all.length > 0 && all[0] < 0) return List.of(all);
        var text = new String(all, StandardCharsets.ISO_8859_1);
        var blocks = new ArrayList<byte[]>();
        for (int at = text.indexOf(BEGIN); at >= 0; ) {
            int next = text.indexOf(BEGIN, at + BEGIN.length());
            if (at == 0 || text.charAt(at - 1) == '\n') {
                if (blocks.size() == MOST)
                    throw new Unusable(Unusable.Why.TOO_MUCH, "That is too many keys in a file");
                var block = text.substring(at, next < 0 ? text.length() : next);
                var packets = new ByteArrayOutputStream();
                Armor.dearmor(
                        new ByteArrayInputStream(block.getBytes(StandardCharsets.ISO_8859_1)),
                        packets);
                blocks.add(packets.toByteArray());
            }
            at = next;
        }
        return blocks;
    }

    /// In capital hexadecimal digits.
    public String fingerprint() {
        return hex(certificate.getFingerprint());
    }

    static String hex(byte[] octets) {
        return HexFormat.of().withUpperCase().formatHex(octets);
    }

    /// Who it says its owner is, now: `Ann <ann@example.org>`.
    public List<String> people(Instant now) {
        return certificate.getValidUserIds(Date.from(now)).stream()
                .map(OpenPGPUserId::getUserId)
                .toList();
    }

    /// The e-mail addresses in what it says of its owner.
    public List<String> addresses(Instant now) {
        return addresses(people(now));
    }

    static List<String> addresses(List<String> people) {
        var addresses = new ArrayList<String>();
        for (var person : people) {
            String octets =
                    new String(
                            person.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            // a user id is a name and an address, or an address alone (RFC 9580 §5.11)
            var read = Addresses.parse(octets);
            if (read.size() == 1 && read.getFirst().host() != null)
                addresses.add(address(read.getFirst()));
        }
        return addresses;
    }

    private static String address(Address address) {
        return new String(
                address.addrSpec().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    public Instant made() {
        return certificate.getPrimaryKey().getCreationTime().toInstant();
    }

    /// When it expires, if it does.
    public Optional<Instant> expires() {
        return Optional.ofNullable(certificate.getExpirationTime()).map(Date::toInstant);
    }

    /// Whether its owner said that it must not be used any more.
    public boolean isRevoked(Instant now) {
        return certificate.getRevocation(Date.from(now)) != null;
    }

    /// Whether one can encrypt to it.
    public boolean encrypts(Instant now) {
        return !certificate.getEncryptionKeys(Date.from(now)).isEmpty();
    }

    /// Of which version it is: 4 or 6.
    public int version() {
        return certificate.getPrimaryKey().getVersion();
    }

    /// This one and another state of the same one: new signatures, user ids, revocations.
    public Certificate joined(Certificate other) throws IOException, Unusable {
        return new Certificate(
                Engine.read(() -> OpenPGPCertificate.join(certificate, other.certificate)));
    }

    /// Its packets.
    public byte[] octets() {
        try {
            return certificate.getEncoded(PacketFormat.CURRENT);
        } catch (IOException e) {
            throw new Fault("a certificate can't be written", e);
        }
    }

    public void writeTo(OutputStream out, boolean armored) throws IOException {
        try (var writer = Armor.writer(out, armored)) {
            writer.write(octets());
        }
    }
}
