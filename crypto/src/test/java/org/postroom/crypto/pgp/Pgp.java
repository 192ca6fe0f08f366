package org.postroom.crypto.pgp;

import org.postroom.crypto.Spool;
import org.postroom.crypto.Unusable;
import org.postroom.crypto.Verdict;
import org.postroom.crypto.Withheld;
import org.postroom.wire.Secret;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the tests do with OpenPGP, in a word each.
final class Pgp {

    static final byte[] TEXT =
            "Dear Bob,\n- and all\nthe rest   \n\nFrom Ann, grüßend\n"
                    .getBytes(StandardCharsets.UTF_8);

    private Pgp() {}

    static Key key(Profile profile, String... people) {
        return Key.generate(
                profile, List.of(people), Optional.empty(), false, Instant.now().minusSeconds(60));
    }

    static InputStream in(byte[] octets) {
        return new ByteArrayInputStream(octets);
    }

    static byte[] armored(Key key) throws IOException {
        var out = new ByteArrayOutputStream();
        key.writeTo(out, true);
        return out.toByteArray();
    }

    static byte[] armored(Certificate certificate) throws IOException {
        var out = new ByteArrayOutputStream();
        certificate.writeTo(out, true);
        return out.toByteArray();
    }

    static Signing signing(Key key, boolean text) {
        return new Signing(List.of(key), List.of(), text);
    }

    static byte[] detached(Key key, boolean text) throws IOException, Unusable {
        var out = new ByteArrayOutputStream();
        signing(key, text).detached(in(TEXT), out, true);
        return out.toByteArray();
    }

    static byte[] inline(Key key) throws IOException, Unusable {
        var out = new ByteArrayOutputStream();
        signing(key, false).inline(in(TEXT), out, true);
        return out.toByteArray();
    }

    static byte[] cleartext(Key key) throws IOException, Unusable {
        var out = new ByteArrayOutputStream();
        signing(key, true).cleartext(in(TEXT), out);
        return out.toByteArray();
    }

    static byte[] encrypted(byte[] text, Certificate recipient, Key... signers)
            throws IOException, Unusable {
        var out = new ByteArrayOutputStream();
        var signing =
                signers.length == 0
                        ? Optional.<Signing>empty()
                        : Optional.of(new Signing(List.of(signers), List.of(), false));
        new Encrypting(List.of(recipient), List.of(), signing).encrypt(in(text), out, true);
        return out.toByteArray();
    }

    static Verifying verifying(Certificate... certificates) {
        return new Verifying(List.of(certificates), Instant.now());
    }

    /// What came out.
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Opened(byte[] text, List<Verdict> signatures) {}

    static Opened decrypted(byte[] message, Key key, Certificate... signers)
            throws IOException, Unusable {
        return decrypted(message, Decrypting.by(List.of(key), List.of(), verifying(signers)));
    }

    static Opened decrypted(byte[] message, Decrypting decrypting) throws IOException, Unusable {
        try (var held = new Withheld(Spool.NONE)) {
            var read = decrypting.decrypt(in(message), held);
            try (var text = held.release().open()) {
                return new Opened(text.readAllBytes(), read.signatures());
            }
        }
    }

    static Opened verified(byte[] message, Certificate... signers) throws IOException, Unusable {
        try (var held = new Withheld(Spool.NONE)) {
            var verdicts = verifying(signers).inline(in(message), held);
            try (var text = held.release().open()) {
                return new Opened(text.readAllBytes(), verdicts);
            }
        }
    }

    static List<Secret> secrets(String... texts) {
        return java.util.Arrays.stream(texts).map(Secret::new).toList();
    }
}
