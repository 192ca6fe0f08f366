package org.postroom.command;

import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.postroom.agent.keys.TemporarySpool;
import org.postroom.control.Exit;
import org.postroom.control.Release;
import org.postroom.crypto.Unusable;
import org.postroom.crypto.Verdict;
import org.postroom.crypto.Withheld;
import org.postroom.crypto.pgp.Armor;
import org.postroom.crypto.pgp.Certificate;
import org.postroom.crypto.pgp.Decrypting;
import org.postroom.crypto.pgp.Encrypting;
import org.postroom.crypto.pgp.Key;
import org.postroom.crypto.pgp.Profile;
import org.postroom.crypto.pgp.Signing;
import org.postroom.crypto.pgp.Verifying;
import org.postroom.wire.Secret;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `./postroom pgp`: the verbs of the Stateless OpenPGP Command Line Interface
/// (draft-dkg-openpgp-stateless-cli). They read standard input, write standard output, and keep nothing.
final class Stateless {

    private static final String SPECIFICATION = "draft-dkg-openpgp-stateless-cli-14";
    private static final int LONGEST_TEXT = 64 << 20;

    private final Streams streams;
    private final Arguments given;

    Stateless(Streams streams, Arguments given) {
        this.streams = streams;
        this.given = given;
    }

    /// @return how it ended, by the numbers of [Sop]
    int run(Verb verb) {
        try {
            perform(verb);
            streams.text().flush();
            streams.out().flush();
            return Exit.OK;
        } catch (Sop.Refused refused) {
            return fail(refused.sop, refused.why);
        } catch (Unusable unusable) {
            return fail(Sop.of(unusable), unusable.text());
        } catch (IOException e) {
            streams.errors().println("postroom pgp: " + e.getMessage());
            return Exit.SYSTEM;
        }
    }

    private int fail(Sop sop, String why) {
        streams.errors().println("postroom pgp: " + why);
        return sop.exit;
    }

    private void perform(Verb verb) throws IOException, Unusable, Sop.Refused {
        var in = streams.in();
        var out = streams.out();
        switch (verb) {
            case PGP_GENERATE_KEY -> generateKey();
            case PGP_EXTRACT_CERT -> {
                for (var key : Key.readAll(in)) key.certificate().writeTo(out, armored());
            }
            case PGP_REVOKE_KEY -> {
                for (var key : Key.readAll(in))
                    key.revoked(passphrases(List.of(key))).certificate().writeTo(out, armored());
            }
            case PGP_SIGN -> sign();
            case PGP_VERIFY -> verify();
            case PGP_ENCRYPT -> encrypt();
            case PGP_DECRYPT -> decrypt();
            case PGP_INLINE_SIGN -> inlineSign();
            case PGP_INLINE_VERIFY -> inlineVerify();
            case PGP_INLINE_DETACH -> inlineDetach();
            case PGP_ARMOR -> Armor.armor(in, out);
            case PGP_DEARMOR -> Armor.dearmor(in, out);
            case PGP_LIST_PROFILES -> listProfiles();
            case PGP_VERSION -> version();
            default -> throw new IllegalArgumentException(verb.path);
        }
    }

    private boolean armored() {
        return !given.has(Parameter.NO_ARMOR);
    }

    private void generateKey() throws IOException, Sop.Refused {
        var passwords = secrets(Parameter.KEY_PASSWORD);
        if (passwords.size() > 1)
            throw Sop.INCOMPATIBLE_OPTIONS.because("A key has one passphrase");
        Key.generate(
                        profile(),
                        given.arguments(Parameter.USER_IDS),
                        passwords.stream().findFirst(),
                        given.has(Parameter.SIGNING_ONLY),
                        Instant.now())
                .writeTo(streams.out(), armored());
    }

    private Profile profile() throws Sop.Refused {
        String word = given.option(Parameter.PROFILE).orElse("default");
        for (var profile : Profile.values()) if (profile.word.equals(word)) return profile;
        return switch (word) {
            case "default", "compatibility" -> Profile.RFC4880;
            case "security", "performance" -> Profile.RFC9580;
            default -> throw Sop.UNSUPPORTED_PROFILE.because("There is no profile " + word);
        };
    }

    private void sign() throws IOException, Unusable, Sop.Refused {
        boolean text = isText(Parameter.FORM);
        var keys = keys(given.arguments(Parameter.SIGNERS));
        var signing = new Signing(keys, passphrases(keys), text);
        String hash = signing.detached(input(text), streams.out(), armored());
        write(Parameter.MICALG_OUT, hash);
    }

    private boolean isText(Parameter form) throws Sop.Refused {
        return switch (given.argument(form)) {
            case "binary" -> false;
            case "text" -> true;
            default ->
                    throw Sop.UNSUPPORTED_OPTION.because(
                            "--as is binary or text; not " + given.argument(form));
        };
    }

    /// Standard input, which has to be UTF-8 if it is text.
    private InputStream input(boolean text) throws IOException, Sop.Refused {
        if (!text) return streams.in();
        byte[] octets = streams.in().readNBytes(LONGEST_TEXT + 1);
        if (octets.length > LONGEST_TEXT)
            throw Sop.EXPECTED_TEXT.because("No text is as long as this; sign it --as binary");
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets));
            return new ByteArrayInputStream(octets);
        } catch (CharacterCodingException no) {
            throw Sop.EXPECTED_TEXT.because("Standard input is no text in UTF-8");
        }
    }

    private void verify() throws IOException, Unusable, Sop.Refused {
        var verifying =
                verifying(
                        certificates(given.arguments(Parameter.CERTS)),
                        Parameter.NOT_BEFORE,
                        Parameter.NOT_AFTER);
        try (var signatures = Indirect.open(given.argument(Parameter.SIGNATURES))) {
            var good = good(verifying.detached(signatures, streams.in()));
            streams.text().print(good);
        }
    }

    private void encrypt() throws IOException, Unusable, Sop.Refused {
        boolean text = isText(Parameter.FORM);
        profile(); // what all recipients read is found out; a profile has nothing to add
        var recipients = certificates(given.arguments(Parameter.RECIPIENTS));
        var passwords = secrets(Parameter.PASSWORD);
        if (recipients.isEmpty() && passwords.isEmpty())
            throw Sop.MISSING_ARG.because("For whom? Name certificates, or --with-password");
        var signers = keys(given.arguments(Parameter.SIGN_WITH));
        var signing =
                signers.isEmpty()
                        ? Optional.<Signing>empty()
                        : Optional.of(new Signing(signers, passphrases(signers), text));
        new Encrypting(recipients, passwords, signing)
                .encrypt(input(text), streams.out(), armored());
    }

    private void decrypt() throws IOException, Unusable, Sop.Refused {
        var signers = certificates(given.arguments(Parameter.VERIFY_WITH));
        boolean told = given.option(Parameter.VERIFICATIONS_OUT).isPresent();
        if (signers.isEmpty() == told)
            throw Sop.INCOMPLETE_VERIFICATION.because(
                    "--verify-with and --verifications-out go together");
        var keys = keys(given.arguments(Parameter.KEYS));
        var sessionKeys = new ArrayList<String>();
        for (var word : given.arguments(Parameter.SESSION_KEY))
            sessionKeys.add(Indirect.text(word).strip());
        var passwords = secrets(Parameter.PASSWORD);
        if (keys.isEmpty() && passwords.isEmpty() && sessionKeys.isEmpty())
            throw Sop.MISSING_ARG.because("By which key? Name one, or --with-password");
        var verifying = verifying(signers, Parameter.VERIFY_NOT_BEFORE, Parameter.VERIFY_NOT_AFTER);
        var decrypting = new Decrypting(keys, passphrases(keys), passwords, sessionKeys, verifying);
        try (var held = new Withheld(new TemporarySpool())) {
            var decrypted = decrypting.decrypt(streams.in(), held);
            write(Parameter.SESSION_KEY_OUT, decrypted.sessionKey() + "\n");
            write(Parameter.VERIFICATIONS_OUT, lines(decrypted.signatures()));
            held.release().writeTo(streams.out());
        }
    }

    private void inlineSign() throws IOException, Unusable, Sop.Refused {
        var keys = keys(given.arguments(Parameter.SIGNERS));
        if (given.argument(Parameter.FORM).equals("clearsigned")) {
            if (!armored()) throw Sop.INCOMPATIBLE_OPTIONS.because("What is clearsigned is text");
            new Signing(keys, passphrases(keys), true).cleartext(input(true), streams.out());
        } else {
            boolean text = isText(Parameter.FORM);
            new Signing(keys, passphrases(keys), text)
                    .inline(input(text), streams.out(), armored());
        }
    }

    private void inlineVerify() throws IOException, Unusable, Sop.Refused {
        var verifying =
                verifying(
                        certificates(given.arguments(Parameter.CERTS)),
                        Parameter.NOT_BEFORE,
                        Parameter.NOT_AFTER);
        try (var held = new Withheld(new TemporarySpool())) {
            String good = good(verifying.inline(streams.in(), held));
            write(Parameter.VERIFICATIONS_OUT, good);
            held.release().writeTo(streams.out());
        }
    }

    private void inlineDetach() throws IOException, Unusable, Sop.Refused {
        var file =
                given.option(Parameter.SIGNATURES_OUT)
                        .orElseThrow(() -> Sop.MISSING_ARG.because("Say --signatures-out FILE"));
        try (var signatures = Indirect.create(file);
                var held = new Withheld(new TemporarySpool())) {
            Verifying.detach(streams.in(), held, signatures, armored());
            held.release().writeTo(streams.out());
        }
    }

    private void listProfiles() throws Sop.Refused {
        switch (given.argument(Parameter.SUBCOMMAND)) {
            case "generate-key" -> {
                for (var profile : Profile.values())
                    streams.text().println(profile.word + ": " + profile.help);
            }
            case "encrypt" ->
                    streams.text().println("rfc9580: What all recipients say that they read");
            default ->
                    throw Sop.UNSUPPORTED_PROFILE.because("generate-key and encrypt have profiles");
        }
    }

    private void version() {
        var text = streams.text();
        if (given.has(Parameter.SOP_SPEC)) text.println(SPECIFICATION);
        else if (given.has(Parameter.BACKEND)) text.println(backend());
        else {
            text.println("postroom " + Release.VERSION);
            if (given.has(Parameter.EXTENDED)) text.println(backend() + "\n" + SPECIFICATION);
        }
    }

    private static String backend() {
        return "Bouncy Castle " + new BouncyCastleProvider().getVersionStr();
    }

    /// A line for each good signature.
    ///
    /// @throws Sop.Refused if there is none
    private String good(List<Verdict> verdicts) throws Sop.Refused {
        String lines = lines(verdicts);
        if (!lines.isEmpty()) return lines;
        throw Sop.NO_SIGNATURE.because(
                verdicts.isEmpty()
                        ? "There is no signature"
                        : verdicts.getFirst().finding().words
                                + " ("
                                + verdicts.getFirst().key()
                                + ")");
    }

    private static String lines(List<Verdict> verdicts) {
        var lines = new StringBuilder();
        for (var verdict : verdicts)
            if (verdict.isGood())
                lines.append(verdict.when())
                        .append(' ')
                        .append(verdict.key())
                        .append(' ')
                        .append(verdict.certificate())
                        .append(verdict.text() ? " mode:text" : " mode:binary")
                        .append('\n');
        return lines.toString();
    }

    private void write(Parameter option, String text) throws IOException, Sop.Refused {
        var file = given.option(option);
        if (file.isEmpty()) return;
        try (OutputStream to = Indirect.create(file.get())) {
            to.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private List<Secret> secrets(Parameter option) throws IOException, Sop.Refused {
        var secrets = new ArrayList<Secret>();
        for (var word : given.arguments(option)) secrets.add(Indirect.secret(word));
        return secrets;
    }

    /// Those of the files, or one that the terminal asks for if a key needs it.
    private List<Secret> passphrases(List<Key> keys) throws IOException, Sop.Refused {
        var secrets = secrets(Parameter.KEY_PASSWORD);
        if (!secrets.isEmpty() || keys.stream().noneMatch(Key::isLocked)) return secrets;
        var console = Terminal.find();
        if (console.isEmpty()) return secrets;
        char[] typed = console.get().readPassword("Passphrase: ");
        return typed == null ? List.of() : List.of(new Secret(new String(typed)));
    }

    private static List<Key> keys(List<String> files) throws IOException, Unusable, Sop.Refused {
        var keys = new ArrayList<Key>();
        for (var file : files)
            try (var in = Indirect.open(file)) {
                keys.addAll(Key.readAll(in));
            }
        return keys;
    }

    private static List<Certificate> certificates(List<String> files)
            throws IOException, Unusable, Sop.Refused {
        var certificates = new ArrayList<Certificate>();
        for (var file : files)
            try (var in = Indirect.open(file)) {
                certificates.addAll(Certificate.readAll(in));
            }
        return certificates;
    }

    private Verifying verifying(List<Certificate> signers, Parameter from, Parameter until)
            throws Sop.Refused {
        var now = Instant.now();
        return new Verifying(
                signers,
                now,
                time(from, now, Instant.EPOCH),
                time(until, now, now.plusSeconds(600)));
    }

    private Instant time(Parameter option, Instant now, Instant otherwise) throws Sop.Refused {
        String text = given.option(option).orElse("-");
        if (text.equals("now")) return option.byDefault.equals("now") ? otherwise : now;
        if (text.equals("-")) return option.byDefault.equals("now") ? Instant.MAX : Instant.EPOCH;
        try {
            return text.contains("T")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException no) {
            throw Sop.UNSUPPORTED_OPTION.because(
                    option.spelling + " is a date such as 2026-05-01T12:00:00Z; not " + text);
        }
    }
}
