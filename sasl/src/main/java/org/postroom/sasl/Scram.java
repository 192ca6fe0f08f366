package org.postroom.sasl;

import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import com.ongres.scram.common.StringPreparation;

import org.postroom.wire.Secret;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Supplier;

/// SCRAM's functions (RFC 5802 §3) for one hash, and the productions that both sides read.
record Scram(ScramMechanism functions, int length) {

    private static final SecureRandom RANDOM = new SecureRandom();

    static Scram of(Mechanism mechanism) {
        return switch (mechanism) {
            case SCRAM_SHA_1, SCRAM_SHA_1_PLUS -> new Scram(ScramMechanism.SCRAM_SHA_1, 20);
            case SCRAM_SHA_256, SCRAM_SHA_256_PLUS -> new Scram(ScramMechanism.SCRAM_SHA_256, 32);
            case SCRAM_SHA_512, SCRAM_SHA_512_PLUS -> new Scram(ScramMechanism.SCRAM_SHA_512, 64);
            case PLAIN, LOGIN, EXTERNAL -> throw new IllegalArgumentException("not SCRAM");
        };
    }

    /// A nonce of 144 random bits: base64 has no comma.
    static Supplier<String> nonce() {
        return () -> {
            var octets = new byte[18];
            RANDOM.nextBytes(octets);
            return Base64Text.of(octets);
        };
    }

    /// SaltedPassword. As many HMACs as there are iterations: not for a virtual thread in a hurry.
    /// Nothing, for a password of what SASLprep (RFC 4013) prohibits.
    Optional<byte[]> salted(Secret password, byte[] salt, int iterations) {
        try {
            char[] text = password.reveal().toCharArray();
            var preparation = StringPreparation.SASL_PREPARATION;
            return Optional.of(
                    ScramFunctions.saltedPassword(functions, preparation, text, salt, iterations));
        } catch (IllegalArgumentException prohibited) {
            return Optional.empty();
        }
    }

    byte[] clientKey(byte[] salted) {
        return ScramFunctions.clientKey(functions, salted);
    }

    byte[] serverKey(byte[] salted) {
        return ScramFunctions.serverKey(functions, salted);
    }

    byte[] hash(byte[] octets) {
        return ScramFunctions.hash(functions, octets);
    }

    /// ServerSignature, ClientSignature: HMAC(key, AuthMessage).
    byte[] signature(byte[] key, String authMessage) {
        return ScramFunctions.serverSignature(functions, key, authMessage);
    }

    /// ClientKey XOR ClientSignature makes the proof, and the proof XOR the signature the key.
    static byte[] xor(byte[] one, byte[] other) {
        var result = new byte[one.length];
        for (int i = 0; i < one.length; i++) result[i] = (byte) (one[i] ^ other[i]);
        return result;
    }

    /// Whether this proof was made with the password of this stored key (RFC 5802 §3), in constant
    /// time.
    boolean proves(byte[] proof, byte[] storedKey, String authMessage) {
        byte[] clientKey = xor(proof, signature(storedKey, authMessage));
        return MessageDigest.isEqual(hash(clientKey), storedKey);
    }

    // RFC 5802 §7: attr-val = ALPHA "=" value
    static Optional<String> value(char attribute, String attrVal) {
        return attrVal.length() > 2 && attrVal.charAt(0) == attribute && attrVal.charAt(1) == '='
                ? Optional.of(attrVal.substring(2))
                : Optional.empty();
    }

    // RFC 5802 §7: saslname = 1*(value-safe-char / "=2C" / "=3D")
    static Optional<String> saslName(String value) {
        var name = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\0') return Optional.empty();
            if (c != '=') name.append(c);
            else {
                if (value.startsWith("=2C", i)) name.append(',');
                else if (value.startsWith("=3D", i)) name.append('=');
                else return Optional.empty(); // RFC 5802 §5.1: it MUST fail
                i += 2;
            }
        }
        return name.isEmpty() ? Optional.empty() : Optional.of(name.toString());
    }

    static String saslNameOf(String name) {
        return name.replace("=", "=3D").replace(",", "=2C");
    }

    // RFC 5802 §7: c-nonce = printable, %x21-2B / %x2D-7E
    static boolean isNonce(String value) {
        return value.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ',');
    }
}
