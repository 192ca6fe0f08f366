package org.postroom.crypto.letter;

import org.postroom.crypto.Spool;
import org.postroom.crypto.Unusable;
import org.postroom.crypto.Unusable.Why;
import org.postroom.crypto.Verdict;
import org.postroom.crypto.Withheld;
import org.postroom.crypto.letter.Opened.By;
import org.postroom.crypto.letter.Opened.Encryption;
import org.postroom.crypto.pgp.Decrypting;
import org.postroom.crypto.pgp.Verifying;
import org.postroom.mime.Decoding;
import org.postroom.mime.MediaType;
import org.postroom.mime.Part;
import org.postroom.mime.Source;
import org.postroom.mime.Structure;
import org.postroom.mime.Summary;
import org.postroom.wire.Secret;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Opens a letter, layer by layer, from the outside in. It goes on only where a layer encloses all of what
/// was within the last one; so what is shown at the end is what was signed, and nothing else is shown.
public final class Reader {

    /// Encryption, a signature, and as much again.
    private static final int MOST_LAYERS = 4;

    private static final int LONGEST_INLINE = 16 << 20;

    private final Keys keys;
    private final Spool spool;
    private final Instant now;

    private final List<Withheld> held = new ArrayList<>();
    private final List<Verdict> signatures = new ArrayList<>();
    private final List<X509Certificate> certificates = new ArrayList<>();
    private Encryption encryption = Encryption.NONE;
    private By by = By.NOTHING;

    private Reader(Keys keys, Spool spool, Instant now) {
        this.keys = keys;
        this.spool = spool;
        this.now = now;
    }

    /// @return the letter as it may be shown: as it is, if nothing encloses it
    /// @throws Unusable if it can't be opened; nothing of what is within may be shown then
    public static Opened open(Summary summary, Source letter, Keys keys, Spool spool, Instant now)
            throws IOException, Unusable {
        var reader = new Reader(keys, spool, now);
        try {
            return reader.open(summary, letter);
        } catch (IOException | Unusable failed) {
            for (var one : reader.held) one.close();
            throw failed;
        }
    }

    /// Whether there is anything in it for [#open] to do.
    public static boolean concerns(Summary summary, Source letter) throws IOException {
        return isLayer(summary.root()) || isInline(summary, letter) || within(summary.root());
    }

    private Opened open(Summary outer, Source letter) throws IOException, Unusable {
        var summary = outer;
        var source = letter;
        boolean inline = isInline(summary, source);
        for (int layers = 0; isLayer(summary.root()) || inline; layers++) {
            if (layers == MOST_LAYERS)
                throw new Unusable(Why.TOO_MUCH, "It is wrapped up more often than anybody does");
            source = inline ? inline(summary, source) : layer(summary.root(), source);
            summary = summary(source);
            inline = false; // RFC 3156 says what is text within
        }
        if (by == By.NOTHING)
            return plain(within(outer.root()) ? By.PART_ONLY : By.NOTHING, outer, letter);
        return Header.of(outer, letter, summary, source, signatures)
                .opened(by, encryption, certificates, held);
    }

    private static Opened plain(By by, Summary summary, Source letter) {
        return new Opened(
                by, Encryption.NONE, List.of(), summary, letter, false, List.of(), List.of());
    }

    static Summary summary(Source source) throws IOException {
        var parser = new Structure.Parser();
        byte[] slice = new byte[64 << 10];
        try (var in = source.open()) {
            for (int count; (count = in.read(slice)) >= 0; ) parser.write(slice, 0, count);
        }
        return parser.finish();
    }

    // ---- what a layer looks like

    private static boolean isLayer(Part part) {
        return isPgpSigned(part) || isPgpEncrypted(part) || isSmimeSigned(part) || isOpaque(part);
    }

    // RFC 3156 §5: two parts exactly, and the second is the signature
    private static boolean isPgpSigned(Part part) {
        return isSigned(part, "application/pgp-signature")
                && part.children().get(1).type().is("application", "pgp-signature");
    }

    // RFC 8551 §3.5.3; x- is what it was called before it had a name
    private static boolean isSmimeSigned(Part part) {
        if (!part.type().is("multipart", "signed") || part.children().size() != 2) return false;
        var type = part.children().get(1).type();
        return type.is("application", "pkcs7-signature")
                || type.is("application", "x-pkcs7-signature");
    }

    private static boolean isSigned(Part part, String protocol) {
        return part.type().is("multipart", "signed")
                && part.children().size() == 2
                && part.type().text("protocol").filter(protocol::equalsIgnoreCase).isPresent();
    }

    // RFC 3156 §4
    private static boolean isPgpEncrypted(Part part) {
        return part.type().is("multipart", "encrypted")
                && part.children().size() == 2
                && part.children().get(0).type().is("application", "pgp-encrypted");
    }

    private static boolean isOpaque(Part part) {
        var type = part.type();
        return (type.is("application", "pkcs7-mime") || type.is("application", "x-pkcs7-mime"))
                && !type.text("smime-type").orElse("").equalsIgnoreCase("certs-only");
    }

    /// Whether there is a layer somewhere, but not around the whole.
    private static boolean within(Part part) {
        for (var child : part.children()) if (isLayer(child) || within(child)) return true;
        return false;
    }

    /// Whether it is a text that is OpenPGP itself, as it was done before PGP/MIME.
    private static boolean isInline(Summary summary, Source letter) throws IOException {
        var root = summary.root();
        if (!root.type().is("text", "plain") || root.body().length() > LONGEST_INLINE) return false;
        return block(root, letter).isPresent();
    }

    private static java.util.Optional<String> block(Part root, Source letter) throws IOException {
        try (var in = Decoding.of(letter.slice(root.body()).open(), root.encoding())) {
            var text = new String(in.readNBytes(LONGEST_INLINE), StandardCharsets.ISO_8859_1);
            return between(text, "-----BEGIN PGP MESSAGE-----", "-----END PGP MESSAGE-----")
                    .or(() ->
                            between(
                                    text,
                                    "-----BEGIN PGP SIGNED MESSAGE-----",
                                    "-----END PGP SIGNATURE-----"));
        }
    }

    private static java.util.Optional<String> between(String text, String begin, String end) {
        int from = text.startsWith(begin) ? 0 : text.indexOf("\n" + begin) + 1;
        if (from == 0 && !text.startsWith(begin)) return java.util.Optional.empty();
        int to = text.indexOf("\n" + end, from);
        return to < 0
                ? java.util.Optional.empty()
                : java.util.Optional.of(text.substring(from, to + 1 + end.length()) + "\n");
    }

    // ---- and how it is opened

    private Source layer(Part part, Source source) throws IOException, Unusable {
        if (isPgpSigned(part)) return pgpSigned(part, source);
        if (isPgpEncrypted(part)) return pgpEncrypted(decoded(part.children().get(1), source));
        if (isSmimeSigned(part)) return smimeSigned(part, source);
        return opaque(part, source);
    }

    /// The octets that a signature covers: the first part, with its header fields, without the line end
    /// before the delimiter (RFC 1847 §2.1).
    private static Source covered(Part multipart, Source source) {
        var first = multipart.children().get(0);
        long from = first.header().offset();
        return source.slice(from, first.body().end() - from);
    }

    private static Source decoded(Part part, Source source) {
        return () -> Decoding.of(source.slice(part.body()).open(), part.encoding());
    }

    private Source pgpSigned(Part part, Source source) throws IOException, Unusable {
        by = By.PGP_MIME;
        var covered = covered(part, source);
        try (var signature = decoded(part.children().get(1), source).open();
                var data = covered.open()) {
            signatures.addAll(verifying().detached(signature, data));
        }
        return covered;
    }

    private Source smimeSigned(Part part, Source source) throws IOException, Unusable {
        by = By.SMIME;
        var covered = covered(part, source);
        try (var signature = decoded(part.children().get(1), source).open();
                var data = covered.open()) {
            var read = smimeVerifying().detached(signature, data);
            signatures.addAll(read.signatures());
            certificates.addAll(read.certificates());
        }
        return covered;
    }

    private Verifying verifying() throws IOException, Unusable {
        return new Verifying(keys.certificates(), now);
    }

    private org.postroom.crypto.smime.Verifying smimeVerifying() throws IOException, Unusable {
        return new org.postroom.crypto.smime.Verifying(keys.trust(), now);
    }

    private Withheld withheld() {
        var one = new Withheld(spool);
        held.add(one);
        return one;
    }

    /// From here on all that came before was said by who knows whom about octets that he could not read.
    private void entered(Encryption how) throws Unusable {
        if (encryption != Encryption.NONE)
            throw new Unusable(Why.BAD_DATA, "Something encrypted is within something encrypted");
        encryption = how;
        signatures.clear();
    }

    private Source pgpEncrypted(Source message) throws IOException, Unusable {
        by = By.PGP_MIME;
        return decrypted(message);
    }

    private Source decrypted(Source message) throws IOException, Unusable {
        entered(Encryption.WHOLE);
        try {
            return decrypted(message, List.of());
        } catch (Unusable locked) {
            if (locked.why() != Why.LOCKED) throw locked;
            return decrypted(message, keys.passphrases());
        }
    }

    private Source decrypted(Source message, List<Secret> passphrases)
            throws IOException, Unusable {
        var text = withheld();
        try (var in = message.open()) {
            signatures.addAll(
                    Decrypting.by(keys.keys(), passphrases, verifying())
                            .decrypt(in, text)
                            .signatures());
        }
        return text.release();
    }

    private Source opaque(Part part, Source source) throws IOException, Unusable {
        by = By.SMIME;
        var message = decoded(part, source);
        var text = withheld();
        try (var in = message.open()) {
            if (isSignedData(message)) {
                var read = smimeVerifying().opaque(in, text);
                signatures.addAll(read.signatures());
                certificates.addAll(read.certificates());
            } else {
                var read =
                        new org.postroom.crypto.smime.Decrypting(keys.identities())
                                .decrypt(in, text);
                entered(read.authenticated() ? Encryption.WHOLE : Encryption.UNPROTECTED);
            }
        }
        return text.release();
    }

    /// What it is, it says itself; smime-type is a hint (RFC 8551 §3.2.2).
    private static boolean isSignedData(Source message) throws IOException, Unusable {
        try (var in = message.open()) {
            return org.postroom.crypto.smime.Verifying.isSigned(in);
        }
    }

    private Source inline(Summary summary, Source source) throws IOException, Unusable {
        by = By.INLINE_PGP;
        var block = block(summary.root(), source).orElseThrow();
        Source octets = () -> stream(block);
        Source text;
        if (block.startsWith("-----BEGIN PGP MESSAGE")) text = messageOrSigned(octets);
        else {
            var shown = withheld();
            signatures.addAll(verifying().inline(stream(block), shown));
            text = shown.release();
        }
        var charset = charset(summary.root().type(), block);
        return () ->
                new java.io.SequenceInputStream(
                        stream("Content-Type: text/plain; charset=" + charset + "\r\n\r\n"),
                        text.open());
    }

    private Source messageOrSigned(Source octets) throws IOException, Unusable {
        try {
            var shown = withheld();
            try (var in = octets.open()) {
                signatures.addAll(verifying().inline(in, shown));
            }
            return shown.release();
        } catch (Unusable encrypted) {
            signatures.clear();
            return decrypted(octets);
        }
    }

    private static InputStream stream(String octets) {
        return new ByteArrayInputStream(octets.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// RFC 9580 §5.9: text is UTF-8; what was not encrypted has the letter's charset.
    private static String charset(MediaType type, String block) {
        if (block.startsWith("-----BEGIN PGP MESSAGE")) return "utf-8";
        return type.parameter("charset")
                .filter(name ->
                        name.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '-'))
                .orElse("utf-8");
    }
}
