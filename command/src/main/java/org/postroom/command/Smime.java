package org.postroom.command;

import org.postroom.agent.keys.TemporarySpool;
import org.postroom.control.Exit;
import org.postroom.crypto.Unusable;
import org.postroom.crypto.Verdict;
import org.postroom.crypto.Withheld;
import org.postroom.crypto.smime.Certificates;
import org.postroom.crypto.smime.Decrypting;
import org.postroom.crypto.smime.Encrypting;
import org.postroom.crypto.smime.Identity;
import org.postroom.crypto.smime.Signing;
import org.postroom.crypto.smime.Trust;
import org.postroom.crypto.smime.Verifying;
import org.postroom.mime.render.Visible;
import org.postroom.wire.Secret;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `./postroom smime`: S/MIME's cryptography on standard input and output. What an authority does is
/// [AuthorityFolder]'s.
final class Smime {

    private static final int LONGEST = 200;

    private final Streams streams;
    private final Arguments given;

    Smime(Streams streams, Arguments given) {
        this.streams = streams;
        this.given = given;
    }

    int run(Verb verb) throws Misuse {
        try {
            int exit = perform(verb);
            streams.text().flush();
            streams.out().flush();
            return exit;
        } catch (Sop.Refused refused) {
            return fail(Exit.DATA, refused.why);
        } catch (Unusable unusable) {
            return fail(Exit.DATA, unusable.text());
        } catch (IOException e) {
            return fail(Exit.SYSTEM, String.valueOf(e.getMessage()));
        }
    }

    private int fail(int exit, String why) {
        streams.errors().println("postroom smime: " + Visible.line(why, LONGEST));
        return exit;
    }

    private int perform(Verb verb) throws IOException, Unusable, Sop.Refused, Misuse {
        return switch (verb) {
            case SMIME_MAKE_KEY -> {
                var key = Identity.generate().getPrivate();
                streams.text().print(Identity.pem(key, newPassphrase()));
                yield Exit.OK;
            }
            case SMIME_REQUEST -> request();
            case SMIME_SIGN -> sign();
            case SMIME_VERIFY -> verify();
            case SMIME_ENCRYPT -> encrypt();
            case SMIME_DECRYPT -> decrypt();
            case SMIME_SHOW -> show();
            default -> new AuthorityFolder(streams, given, this).perform(verb);
        };
    }

    private int request() throws IOException, Unusable, Sop.Refused {
        var key = identity(given.argument(Parameter.KEY_FILE)).key();
        var addresses = given.arguments(Parameter.ADDRESSES);
        var name = given.option(Parameter.CALLED).orElse(addresses.getFirst());
        streams.text().print(Identity.request(pair(key), name, addresses));
        return Exit.OK;
    }

    private static KeyPair pair(PrivateKey key) throws Unusable {
        try {
            if (key instanceof RSAPrivateCrtKey rsa)
                return new KeyPair(
                        KeyFactory.getInstance("RSA")
                                .generatePublic(
                                        new RSAPublicKeySpec(
                                                rsa.getModulus(), rsa.getPublicExponent())),
                        key);
        } catch (GeneralSecurityException e) {
            throw new Unusable(Unusable.Why.BAD_DATA, "This is no whole key");
        }
        throw new Unusable(Unusable.Why.BAD_DATA, "Keys of RSA alone are asked for here");
    }

    private int sign() throws IOException, Unusable, Sop.Refused {
        var signing = new Signing(identities());
        boolean text = !given.has(Parameter.NO_ARMOR);
        if (given.has(Parameter.OPAQUE)) signing.opaque(streams.in(), streams.out(), text);
        else signing.detached(streams.in(), streams.out(), text);
        return Exit.OK;
    }

    private int verify() throws IOException, Unusable, Sop.Refused {
        var verifying = new Verifying(trust(), Instant.now());
        var signature = given.option(Parameter.SIGNATURE);
        try (var held = new Withheld(new TemporarySpool())) {
            Verifying.Read read;
            if (signature.isPresent())
                try (var in = Indirect.open(signature.get())) {
                    read = verifying.detached(in, streams.in());
                }
            else read = verifying.opaque(streams.in(), held);
            for (var verdict : read.signatures()) streams.errors().println(told(verdict));
            var sender = given.option(Parameter.SENDER);
            boolean good =
                    read.signatures().stream()
                            .anyMatch(one ->
                                    sender.isEmpty() ? one.isGood() : one.speaksFor(sender.get()));
            if (!good) return fail(Exit.DATA, "No signature is good");
            if (signature.isEmpty()) held.release().writeTo(streams.out());
            return Exit.OK;
        }
    }

    private static String told(Verdict verdict) {
        var who = new ArrayList<>(verdict.people());
        who.addAll(verdict.addresses());
        return Visible.line(
                verdict.finding().words
                        + (who.isEmpty() ? "" : ": " + String.join(", ", who))
                        + ", "
                        + verdict.when(),
                LONGEST);
    }

    private Trust trust() throws IOException, Unusable, Sop.Refused {
        var anchors = new ArrayList<X509Certificate>();
        for (var word : given.arguments(Parameter.TRUST))
            try (var in = Indirect.open(word)) {
                anchors.addAll(Certificates.readAll(in));
            }
        var revoked = new ArrayList<X509CRL>();
        for (var word : given.arguments(Parameter.REVOKED))
            try (var in = Indirect.open(word)) {
                revoked.addAll(Certificates.readRevocations(in));
            }
        return new Trust(anchors, List.of(), revoked, Optional.empty());
    }

    private int encrypt() throws IOException, Unusable, Sop.Refused {
        var recipients = new ArrayList<X509Certificate>();
        for (var word : given.arguments(Parameter.CERT_FILES))
            try (var in = Indirect.open(word)) {
                recipients.add(Certificates.readAll(in).getFirst());
            }
        new Encrypting(recipients, !given.has(Parameter.CBC))
                .encrypt(streams.in(), streams.out(), !given.has(Parameter.NO_ARMOR));
        return Exit.OK;
    }

    private int decrypt() throws IOException, Unusable, Sop.Refused {
        try (var held = new Withheld(new TemporarySpool())) {
            var read = new Decrypting(identities()).decrypt(streams.in(), held);
            if (!read.authenticated())
                streams.errors()
                        .println(
                                "postroom smime: It is encrypted in a way that does not show"
                                        + " whether it was altered.");
            held.release().writeTo(streams.out());
            return Exit.OK;
        }
    }

    private int show() throws IOException, Unusable, Sop.Refused {
        try (var in = Indirect.open(given.argument(Parameter.SHOWN))) {
            for (var one : Certificates.readAll(in)) show(one);
        }
        return Exit.OK;
    }

    private void show(X509Certificate one) {
        var addresses = String.join(", ", Certificates.addresses(one));
        line("Owner", Certificates.name(one));
        line("Addresses", addresses);
        line("Issuer", one.getIssuerX500Principal().getName());
        line("Serial", one.getSerialNumber().toString(16).toUpperCase(Locale.ROOT));
        line("Valid", one.getNotBefore().toInstant() + " to " + one.getNotAfter().toInstant());
        line("Key", one.getPublicKey().getAlgorithm());
        line("SHA-256", Certificates.fingerprint(one));
        streams.text().println();
    }

    private void line(String name, String value) {
        streams.text().printf("%-10s %s%n", name, Visible.line(value, LONGEST));
    }

    // ---- keys

    private List<Identity> identities() throws IOException, Unusable, Sop.Refused {
        var all = new ArrayList<Identity>();
        for (var word : given.arguments(Parameter.KEY_FILES)) {
            var one = identity(word);
            if (one.chain().isEmpty())
                throw new Unusable(
                        Unusable.Why.BAD_DATA, "There is no certificate beside the key in " + word);
            all.add(one);
        }
        return all;
    }

    /// A key, by the passphrase of a file or one that the terminal asks for.
    Identity identity(String word) throws IOException, Unusable, Sop.Refused {
        var secrets = new ArrayList<Secret>();
        for (var file : given.arguments(Parameter.KEY_PASSWORD)) secrets.add(Indirect.secret(file));
        try (var in = Indirect.open(word)) {
            return Identity.read(in, secrets);
        } catch (Unusable locked) {
            var console = Terminal.find();
            if (locked.why() != Unusable.Why.LOCKED || console.isEmpty()) throw locked;
            char[] typed = console.get().readPassword("Passphrase of %s: ", word);
            try (var in = Indirect.open(word)) {
                return Identity.read(
                        in, typed == null ? List.of() : List.of(new Secret(new String(typed))));
            }
        }
    }

    /// What locks a new key: from a file, or from the terminal; nothing, if it is left empty or there is
    /// no terminal.
    Optional<Secret> newPassphrase() throws IOException, Sop.Refused, Misuse {
        var files = given.arguments(Parameter.KEY_PASSWORD);
        if (files.size() > 1) throw new Misuse("A key has one passphrase.");
        if (!files.isEmpty()) return Optional.of(Indirect.secret(files.getFirst()));
        return Terminal.find().isEmpty()
                ? Optional.empty()
                : Optional.of(Passwords.ask("the key", false));
    }
}
