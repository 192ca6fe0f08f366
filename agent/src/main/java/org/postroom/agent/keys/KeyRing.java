package org.postroom.agent.keys;

import org.postroom.agent.account.Account;
import org.postroom.agent.account.Asking;
import org.postroom.agent.account.Folder;
import org.postroom.agent.account.Hindrance;
import org.postroom.crypto.Unusable;
import org.postroom.crypto.letter.Keys;
import org.postroom.crypto.pgp.Certificate;
import org.postroom.crypto.pgp.Key;
import org.postroom.crypto.pgp.Profile;
import org.postroom.crypto.smime.Certificates;
import org.postroom.crypto.smime.Identity;
import org.postroom.crypto.smime.Trust;
import org.postroom.wire.Secret;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The keys of one account, in files of the agent's folder that any other program reads, too:
/// `own.asc` and `own.pem` are hers, locked by her passphrase; `people.asc` and `people.pem` are those that
/// she keeps of others; `authorities.pem` says who is believed about certificates; `known` says which key
/// she keeps for whom, and since when.
///
/// The first key that is kept for an address is the one that is expected from then on.
public final class KeyRing implements Keys {

    /// Which key is kept for an address.
    ///
    /// @param fingerprint in capital hexadecimal digits
    public record Kept(String fingerprint, LocalDate since) {}

    private final Folder folder;
    private final Account account;
    private final Asking asking;
    private List<Secret> passphrases = List.of();

    public KeyRing(Folder folder, Account account, Asking asking) {
        this.folder = folder;
        this.account = account;
        this.asking = asking;
    }

    // ---- what a letter is read with

    @Override
    public List<Certificate> certificates() throws IOException, Unusable {
        var all = new ArrayList<>(people());
        for (var key : keys()) all.add(key.certificate());
        return all;
    }

    /// Those of others.
    public List<Certificate> people() throws IOException, Unusable {
        byte[] octets = read("people.asc");
        return octets.length == 0 ? List.of() : Certificate.readAll(octets);
    }

    @Override
    public List<Key> keys() throws IOException, Unusable {
        byte[] octets = read("own.asc");
        return octets.length == 0 ? List.of() : Key.readAll(octets);
    }

    @Override
    public List<Secret> passphrases() {
        if (passphrases.isEmpty())
            try {
                passphrases = List.of(asking.secret("Passphrase of your key"));
            } catch (Hindrance nobody) {
                return List.of();
            }
        return passphrases;
    }

    /// The passphrase did not fit.
    void forgetPassphrase() {
        passphrases = List.of();
    }

    @Override
    public Trust trust() throws IOException, Unusable {
        var anchors = new ArrayList<>(authorities());
        anchors.addAll(certified());
        return Trust.of(anchors);
    }

    public List<X509Certificate> authorities() throws IOException, Unusable {
        return x509("authorities.pem");
    }

    /// The S/MIME certificates that are kept of others.
    public List<X509Certificate> certified() throws IOException, Unusable {
        return x509("people.pem");
    }

    private List<X509Certificate> x509(String name) throws IOException, Unusable {
        byte[] octets = read(name);
        return octets.length == 0 ? List.of() : Certificates.readAll(octets);
    }

    @Override
    public List<Identity> identities() throws IOException, Unusable {
        byte[] octets = read("own.pem");
        if (octets.length == 0) return List.of();
        try {
            return List.of(Identity.read(new ByteArrayInputStream(octets), passphrases));
        } catch (Unusable locked) {
            if (locked.why() != Unusable.Why.LOCKED) throw locked;
            return List.of(Identity.read(new ByteArrayInputStream(octets), passphrases()));
        }
    }

    // ---- one's own

    /// Makes an OpenPGP key for the account's addresses.
    public Certificate make(Secret passphrase) throws IOException, Unusable {
        var people = new ArrayList<String>();
        for (var person : account.own()) {
            String name = person.name().isEmpty() ? account.person().name() : person.name();
            people.add(name.isEmpty() ? person.address() : name + " <" + person.address() + ">");
        }
        var key =
                Key.generate(
                        Profile.RFC4880, people, Optional.of(passphrase), false, Instant.now());
        var all = new ArrayList<>(keys());
        all.addFirst(key);
        writeOwn(all);
        return key.certificate();
    }

    private void writeOwn(List<Key> keys) throws IOException {
        var out = new ByteArrayOutputStream();
        for (var key : keys) key.writeTo(out, true);
        write("own.asc", out.toByteArray());
    }

    /// The key that signs and decrypts now.
    public Optional<Key> own() throws IOException, Unusable {
        var now = Instant.now();
        return keys().stream().filter(key -> !key.certificate().isRevoked(now)).findFirst();
    }

    /// Says of one's own key that nobody should use it any more.
    ///
    /// @return its certificate, for everybody who has it
    public Certificate revoke() throws IOException, Unusable {
        var all = new ArrayList<>(keys());
        var own = own().orElseThrow(KeyRing::noKey);
        var revoked = own.revoked(own.isLocked() ? passphrases() : List.of());
        all.replaceAll(key ->
                key.certificate().fingerprint().equals(own.certificate().fingerprint())
                        ? revoked
                        : key);
        writeOwn(all);
        return revoked.certificate();
    }

    static Unusable noKey() {
        return new Unusable(
                Unusable.Why.CANNOT_SIGN, "There is no key of yours; `keys make` makes one");
    }

    // ---- others'

    /// What is kept for whom.
    public Map<String, Kept> known() throws IOException {
        var known = new LinkedHashMap<String, Kept>();
        for (var line : new String(read("known"), StandardCharsets.UTF_8).lines().toList()) {
            var words = line.split("\t", -1);
            if (words.length == 3)
                known.put(words[0], new Kept(words[1], LocalDate.parse(words[2])));
        }
        return known;
    }

    private void writeKnown(Map<String, Kept> known) throws IOException {
        var text = new StringBuilder();
        known.forEach((address, kept) ->
                text.append(address)
                        .append('\t')
                        .append(kept.fingerprint())
                        .append('\t')
                        .append(kept.since())
                        .append('\n'));
        write("known", text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /// The key that is kept for an address.
    public Optional<Kept> kept(String address) throws IOException {
        return Optional.ofNullable(known().get(address.toLowerCase(Locale.ROOT)));
    }

    /// Keeps a certificate. It becomes what is expected of each address that it names.
    ///
    /// @return the addresses for which another one was kept until now
    public List<String> keep(Certificate certificate) throws IOException, Unusable {
        var all = new ArrayList<Certificate>();
        var kept = certificate;
        for (var one : people())
            if (one.fingerprint().equals(certificate.fingerprint())) kept = one.joined(certificate);
            else all.add(one);
        all.add(kept);
        var out = new ByteArrayOutputStream();
        for (var one : all) one.writeTo(out, true);
        write("people.asc", out.toByteArray());
        return expected(kept.fingerprint(), kept.addresses(Instant.now()));
    }

    /// Keeps an S/MIME certificate; that of an authority is believed from now on about others.
    public List<String> keep(X509Certificate certificate) throws IOException, Unusable {
        boolean authority = certificate.getBasicConstraints() >= 0;
        String file = authority ? "authorities.pem" : "people.pem";
        var all = new ArrayList<>(x509(file));
        if (!all.contains(certificate)) all.add(certificate);
        var text = new StringBuilder();
        for (var one : all) text.append(Certificates.pem(one));
        write(file, text.toString().getBytes(StandardCharsets.US_ASCII));
        if (authority) return List.of();
        // an address has a key of each kind
        var addresses =
                Certificates.addresses(certificate).stream().map(one -> "smime:" + one).toList();
        return expected(Certificates.fingerprint(certificate), addresses);
    }

    private List<String> expected(String fingerprint, List<String> addresses) throws IOException {
        var known = known();
        var changed = new ArrayList<String>();
        for (var address : addresses) {
            String key = address.toLowerCase(Locale.ROOT);
            var before = known.get(key);
            if (before != null && before.fingerprint().equals(fingerprint)) continue;
            if (before != null) changed.add(address);
            known.put(key, new Kept(fingerprint, LocalDate.now(ZoneOffset.UTC)));
        }
        writeKnown(known);
        return changed;
    }

    /// Nothing is expected of this address any more.
    ///
    /// @return whether anything was
    public boolean forget(String address) throws IOException {
        var known = known();
        boolean was = known.remove(address.toLowerCase(Locale.ROOT)) != null;
        was |= known.remove("smime:" + address.toLowerCase(Locale.ROOT)) != null;
        writeKnown(known);
        return was;
    }

    /// The certificate that is kept for an address.
    public Optional<Certificate> of(String address) throws IOException, Unusable {
        var kept = kept(address);
        if (kept.isEmpty()) return Optional.empty();
        return certificates().stream()
                .filter(one -> one.fingerprint().equals(kept.get().fingerprint()))
                .findFirst();
    }

    /// The S/MIME certificate that is kept for an address.
    public Optional<X509Certificate> certifiedOf(String address) throws IOException, Unusable {
        var kept = kept("smime:" + address);
        if (kept.isEmpty()) return Optional.empty();
        return certified().stream()
                .filter(one -> Certificates.fingerprint(one).equals(kept.get().fingerprint()))
                .findFirst();
    }

    // ---- files of keys

    /// Takes keys and certificates of any kind.
    ///
    /// @return what was taken, in words
    public List<String> take(byte[] octets) throws IOException, Unusable {
        var text = new String(octets, StandardCharsets.ISO_8859_1);
        if (text.contains("-----BEGIN PGP PRIVATE") || isPgpSecret(octets)) {
            var all = new ArrayList<>(Key.readAll(octets));
            var taken =
                    all.stream().map(key -> "your key " + key.certificate().fingerprint()).toList();
            all.addAll(keys());
            writeOwn(all);
            return taken;
        }
        if (text.contains("-----BEGIN PGP ") || (octets.length > 0 && octets[0] < 0))
            return takeCertificates(Certificate.readAll(octets));
        if (text.contains("PRIVATE KEY-----") || isPkcs12(octets, text))
            return takeIdentity(octets);
        var taken = new ArrayList<String>();
        for (var one : Certificates.readAll(octets)) {
            var changed = keep(one);
            taken.add("the certificate of " + Certificates.name(one) + changed(changed));
        }
        return taken;
    }

    private List<String> takeCertificates(List<Certificate> certificates)
            throws IOException, Unusable {
        var taken = new ArrayList<String>();
        for (var one : certificates) {
            var changed = keep(one);
            taken.add(
                    "the key of "
                            + String.join(", ", one.people(Instant.now()))
                            + changed(changed));
        }
        return taken;
    }

    private static String changed(List<String> addresses) {
        return addresses.isEmpty()
                ? ""
                : " INSTEAD OF ANOTHER that you kept for " + String.join(", ", addresses);
    }

    private List<String> takeIdentity(byte[] octets) throws IOException, Unusable {
        var identity = Identity.read(new ByteArrayInputStream(octets), passphrases());
        if (identity.chain().isEmpty())
            throw new Unusable(Unusable.Why.BAD_DATA, "There is no certificate beside the key");
        var passphrase = passphrases().stream().findFirst();
        write("own.pem", identity.pem(passphrase).getBytes(StandardCharsets.US_ASCII));
        return List.of("your S/MIME key, " + Certificates.name(identity.certificate()));
    }

    // RFC 9580 §5: a secret key's packet has tag 5
    private static boolean isPgpSecret(byte[] octets) {
        if (octets.length == 0 || octets[0] >= 0) return false;
        int first = octets[0] & 0xff;
        return ((first & 0x40) != 0 ? first & 0x3f : (first & 0x3c) >> 2) == 5;
    }

    private static boolean isPkcs12(byte[] octets, String text) {
        // a PFX begins with its version, a certificate with a sequence
        return octets.length > 8
                && octets[0] == 0x30
                && text.substring(1, 8).contains("\u0002\u0001\u0003");
    }

    private Path file(String name) throws IOException {
        folder.folder("keys");
        return folder.folder("keys/" + account.name().replaceAll("[^A-Za-z0-9@._-]", "_"))
                .resolve(name);
    }

    private byte[] read(String name) throws IOException {
        try {
            return Files.readAllBytes(file(name));
        } catch (NoSuchFileException none) {
            return new byte[0];
        }
    }

    /// Whole, or not at all; for nobody else's eyes.
    private void write(String name, byte[] octets) throws IOException {
        var file = file(name);
        var fresh = Files.createTempFile(file.getParent(), name, ".new");
        Files.write(fresh, octets);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
