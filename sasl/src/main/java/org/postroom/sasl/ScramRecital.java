package org.postroom.sasl;

import org.postroom.wire.Secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/// The client's side of SCRAM (RFC 5802 §5), with channel binding or without.
final class ScramRecital implements ClientExchange.Script {

    /// RFC 7677 §4: a server asks for 4,096 at least.
    private static final int FEWEST = 4096;

    /// More is an attack on the client.
    private static final int MOST = 5_000_000;

    private final Scram scram;
    private final String header;
    private final byte[] bound; // header and binding
    private final String bare;
    private final Secret password;
    private final String nonce;
    private Optional<byte[]> expected = Optional.empty();
    private boolean satisfied;

    ScramRecital(Scram scram, String name, Secret password, String nonce) {
        this(scram, name, password, nonce, "n,,", new byte[0]);
    }

    /// @param header the gs2-header (RFC 5802 §7)
    /// @param data of the binding it names
    ScramRecital(
            Scram scram, String name, Secret password, String nonce, String header, byte[] data) {
        this.header = header;
        byte[] octets = header.getBytes(StandardCharsets.UTF_8);
        this.bound = Arrays.copyOf(octets, octets.length + data.length);
        System.arraycopy(data, 0, bound, octets.length, data.length);
        this.scram = scram;
        this.bare = "n=" + Scram.saslNameOf(name) + ",r=" + nonce;
        this.password = password;
        this.nonce = nonce;
    }

    @Override
    public Optional<String> opening() {
        return Optional.of(header + bare);
    }

    @Override
    public Optional<String> answer(String challenge) {
        return expected.isEmpty() ? serverFirst(challenge) : serverFinal(challenge, expected.get());
    }

    // RFC 5802 §7: server-first-message = nonce "," salt "," iteration-count ["," extensions]
    private Optional<String> serverFirst(String message) {
        String[] parts = message.split(",", -1);
        if (parts.length < 3) return Optional.empty();
        // RFC 5802 §5.1: the nonce begins with ours, and the server has added to it
        var whole =
                Scram.value('r', parts[0])
                        .filter(Scram::isNonce)
                        .filter(r -> r.startsWith(nonce) && r.length() > nonce.length());
        var salt = Scram.value('s', parts[1]).flatMap(Base64Text::octets);
        int iterations = Scram.value('i', parts[2]).map(ScramRecital::positNumber).orElse(0);
        if (whole.isEmpty() || salt.isEmpty() || iterations < FEWEST || iterations > MOST)
            return Optional.empty();

        String withoutProof = "c=" + Base64Text.of(bound) + ",r=" + whole.get();
        String authMessage = bare + "," + message + "," + withoutProof;
        var prepared = scram.salted(password, salt.get(), iterations);
        if (prepared.isEmpty()) return Optional.empty();
        byte[] salted = prepared.get();
        byte[] clientKey = scram.clientKey(salted);
        byte[] proof = Scram.xor(clientKey, scram.signature(scram.hash(clientKey), authMessage));
        expected = Optional.of(scram.signature(scram.serverKey(salted), authMessage));
        return Optional.of(withoutProof + ",p=" + Base64Text.of(proof));
    }

    // RFC 5802 §7: server-final-message = (server-error / verifier) ["," extensions]
    private Optional<String> serverFinal(String message, byte[] signature) {
        var verifier = Scram.value('v', message.split(",", -1)[0]).flatMap(Base64Text::octets);
        if (satisfied || verifier.isEmpty() || !MessageDigest.isEqual(verifier.get(), signature))
            return Optional.empty();
        satisfied = true;
        return Optional.of("");
    }

    // RFC 5802 §7: posit-number = %x31-39 *DIGIT
    private static int positNumber(String digits) {
        if (digits.length() > 9 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) return 0;
        return Integer.parseInt(digits);
    }

    @Override
    public boolean isSatisfied() {
        return satisfied;
    }
}
