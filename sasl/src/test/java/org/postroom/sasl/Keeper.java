package org.postroom.sasl;

import org.postroom.wire.Secret;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Keeps credentials for the tests: names and their passwords.
@SuppressWarnings("ArrayRecordComponent") // read, never compared
record Keeper(String name, List<String> passwords, byte[] salt, int iterations)
        implements Credentials<String> {

    static final byte[] SALT = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    static Keeper of(String name, String... passwords) {
        return new Keeper(name, List.of(passwords), SALT, 4096);
    }

    @Override
    public Optional<String> password(String authorization, String authentication, Secret password) {
        boolean right = name.equals(authentication) && passwords.contains(password.reveal());
        return right && (authorization.isEmpty() || authorization.equals(name))
                ? Optional.of(name)
                : Optional.empty();
    }

    /// Says by which password.
    @Override
    public ScramKeys<String> scram(Mechanism mechanism, String authentication) {
        var pairs = new ArrayList<ScramKeys.Pair<String>>();
        if (authentication.equals(name))
            for (var password : passwords) {
                var scram = Scram.of(mechanism);
                byte[] salted = scram.salted(new Secret(password), salt, iterations).orElseThrow();
                byte[] stored = scram.hash(scram.clientKey(salted));
                pairs.add(new ScramKeys.Pair<>(stored, scram.serverKey(salted), password));
            }
        return new ScramKeys<>(salt, iterations, pairs);
    }

    @Override
    public Optional<String> external(String authorization) {
        return authorization.isEmpty() || authorization.equals(name)
                ? Optional.of(name)
                : Optional.empty();
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static String text(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }
}
