package org.postroom.crypto.letter;

import org.postroom.crypto.Spool;
import org.postroom.crypto.Unusable;
import org.postroom.crypto.Withheld;
import org.postroom.crypto.pgp.Certificate;
import org.postroom.mime.MediaType;
import org.postroom.mime.Parameter;
import org.postroom.mime.Source;
import org.postroom.mime.compose.CannotCross;
import org.postroom.mime.compose.Composer;
import org.postroom.mime.compose.Entity;
import org.postroom.mime.compose.Header;
import org.postroom.mime.compose.Labels;
import org.postroom.mime.compose.Message;
import org.postroom.mime.compose.NextHop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Signs and encrypts a letter that was composed, its header fields with it (RFC 9788). What is encrypted
/// says `[...]` as its subject outside.
///
/// @param composer whose ids make boundaries
/// @param spool room for what is long
public record Sealing(Composer composer, Spool spool) {

    /// What stands outside instead of an encrypted letter's subject (RFC 9788 §3.2.1).
    public static final String HIDDEN = "[...]";

    /// Fields that say how the octets are to be read, and those that nobody else may see.
    private static final Set<String> NOT_WITHIN = Set.of("bcc", "mime-version", "autocrypt");

    /// How.
    public sealed interface How {}

    /// By OpenPGP: signed by whom, and encrypted to whom, if at all.
    public record Pgp(
            Optional<org.postroom.crypto.pgp.Signing> signing, List<Certificate> recipients)
            implements How {}

    /// By S/MIME.
    ///
    /// @param authenticated whether all recipients read authenticated encryption
    public record Smime(
            Optional<org.postroom.crypto.smime.Signing> signing,
            List<X509Certificate> recipients,
            boolean authenticated)
            implements How {}

    /// What was made.
    ///
    /// @param held room that is to be given back once the message was sent
    public record Sealed(Message message, List<Withheld> held) implements AutoCloseable {
        public Sealed {
            held = List.copyOf(held);
        }

        @Override
        public void close() throws IOException {
            for (var one : held) one.close();
        }
    }

    /// @throws CannotCross if the letter can't be written in seven bits, as what is signed has to be
    public Sealed seal(Message letter, How how) throws IOException, Unusable, CannotCross {
        var held = new ArrayList<Withheld>();
        boolean hidden =
                switch (how) {
                    case Pgp pgp -> !pgp.recipients().isEmpty();
                    case Smime smime -> !smime.recipients().isEmpty();
                };
        var outer = hidden ? outer(letter.header()) : letter.header();
        try {
            var payload = payload(letter, outer, hidden, held);
            var content =
                    switch (how) {
                        case Pgp pgp -> pgp(pgp, payload, held);
                        case Smime smime -> smime(smime, payload, held);
                    };
            return new Sealed(new Message(outer, content), held);
        } catch (IOException | Unusable | CannotCross failed) {
            for (var one : held) one.close();
            throw failed;
        }
    }

    private static List<Header> outer(List<Header> header) {
        return header.stream()
                .map(field ->
                        field.name().equals("Subject")
                                ? new Header.Unstructured("Subject", HIDDEN)
                                : field)
                .toList();
    }

    /// The entity that is signed or encrypted: the letter's fields, and its content.
    private Source payload(Message letter, List<Header> outer, boolean hidden, List<Withheld> held)
            throws IOException, CannotCross {
        var out = hold(held);
        for (var field : letter.header())
            if (isWithin(field)) out.write(field.print(NextHop.SEVEN_BIT));
        if (hidden) // RFC 9788 §2.2: what the recipient may know to have stood outside
        for (var field : outer)
                if (isWithin(field)) {
                    var text = field.text(NextHop.SEVEN_BIT);
                    out.write(("HP-Outer: " + text).getBytes(StandardCharsets.UTF_8));
                }
        protecting(letter.content(), hidden).writeTo(out, NextHop.SEVEN_BIT);
        return out.release();
    }

    private static boolean isWithin(Header field) {
        return !NOT_WITHIN.contains(field.name().toLowerCase(Locale.ROOT));
    }

    // RFC 9788 §2.1.1: hp="clear" of what is signed alone, hp="cipher" of what is encrypted
    private Entity protecting(Entity content, boolean hidden) {
        var hp = new Parameter("hp", hidden ? "cipher" : "clear");
        return switch (content) {
            case Entity.Leaf(var type, var labels, var source) ->
                    new Entity.Leaf(
                            new MediaType(type.type(), type.subtype(), with(type.parameters(), hp)),
                            labels,
                            source);
            case Entity.Multipart(var subtype, var parameters, var boundary, var parts) ->
                    new Entity.Multipart(subtype, with(parameters, hp), boundary, parts);
            case Entity.Enclosed _, Entity.Verbatim _ ->
                    composer.multipart("mixed", List.of(hp), List.of(content));
        };
    }

    private static List<Parameter> with(List<Parameter> parameters, Parameter one) {
        var all = new ArrayList<>(parameters);
        all.add(one);
        return all;
    }

    private Withheld hold(List<Withheld> held) {
        var one = new Withheld(spool);
        held.add(one);
        return one;
    }

    // ---- OpenPGP

    private Entity pgp(Pgp how, Source payload, List<Withheld> held) throws IOException, Unusable {
        if (how.recipients().isEmpty())
            return pgpSigned(how.signing().orElseThrow(), payload, held);
        var out = hold(held);
        try (var in = payload.open()) {
            new org.postroom.crypto.pgp.Encrypting(how.recipients(), List.of(), how.signing())
                    .encrypt(in, out, true);
        }
        // RFC 3156 §4
        var version =
                new Entity.Leaf(
                        new MediaType("application", "pgp-encrypted", List.of()),
                        Labels.NONE.described("PGP/MIME version identification"),
                        Source.of("Version: 1\r\n".getBytes(StandardCharsets.US_ASCII)));
        var message = text("octet-stream", "encrypted.asc", out.release());
        return composer.multipart(
                "encrypted",
                List.of(new Parameter("protocol", "application/pgp-encrypted")),
                List.of(version, message));
    }

    private Entity pgpSigned(
            org.postroom.crypto.pgp.Signing signing, Source payload, List<Withheld> held)
            throws IOException, Unusable {
        var out = hold(held);
        String hash;
        try (var in = payload.open()) {
            hash = signing.detached(in, out, true);
        }
        return signed(
                "application/pgp-signature",
                hash, // RFC 3156 §5
                payload,
                text("pgp-signature", "signature.asc", out.release()));
    }

    /// Armour, as lines that mail has.
    private static Entity text(String subtype, String name, Source armor) {
        return new Entity.Leaf(
                new MediaType("application", subtype, List.of()),
                Labels.NONE.named(name),
                () -> new Lines(armor.open()));
    }

    private Entity signed(String protocol, String hash, Source payload, Entity signature) {
        // RFC 1847 §2.1
        return composer.multipart(
                "signed",
                List.of(new Parameter("protocol", protocol), new Parameter("micalg", hash)),
                List.of(new Entity.Verbatim(payload), signature));
    }

    // ---- S/MIME

    private Entity smime(Smime how, Source payload, List<Withheld> held)
            throws IOException, Unusable, CannotCross {
        var content = payload;
        if (how.signing().isPresent()) {
            var signed = smimeSigned(how.signing().get(), payload, held);
            if (how.recipients().isEmpty()) return signed;
            var out = hold(held);
            signed.writeTo(out, NextHop.SEVEN_BIT);
            content = out.release();
        }
        var out = hold(held);
        try (var in = content.open()) {
            new org.postroom.crypto.smime.Encrypting(how.recipients(), how.authenticated())
                    .encrypt(in, out, false);
        }
        // RFC 8551 §3.2.2
        var type = how.authenticated() ? "authEnveloped-data" : "enveloped-data";
        return new Entity.Leaf(
                new MediaType(
                        "application", "pkcs7-mime", List.of(new Parameter("smime-type", type))),
                Labels.attachment("smime.p7m"),
                out.release());
    }

    private Entity smimeSigned(
            org.postroom.crypto.smime.Signing signing, Source payload, List<Withheld> held)
            throws IOException, Unusable {
        var out = hold(held);
        try (var in = payload.open()) {
            signing.detached(in, out, false);
        }
        var signature =
                new Entity.Leaf(
                        new MediaType("application", "pkcs7-signature", List.of()),
                        Labels.attachment("smime.p7s"),
                        out.release());
        return signed(
                "application/pkcs7-signature",
                org.postroom.crypto.smime.Signing.HASH,
                payload,
                signature);
    }
}
