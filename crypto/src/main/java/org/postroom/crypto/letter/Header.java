package org.postroom.crypto.letter;

import org.postroom.crypto.Verdict;
import org.postroom.crypto.Withheld;
import org.postroom.crypto.letter.Opened.By;
import org.postroom.crypto.letter.Opened.Encryption;
import org.postroom.mime.Addresses;
import org.postroom.mime.Field;
import org.postroom.mime.Fields;
import org.postroom.mime.Source;
import org.postroom.mime.Structure;
import org.postroom.mime.Summary;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Which header fields a letter is shown with: those that were protected with its text, if there are any;
/// else those it came with (RFC 9788).
///
/// @param summary the letter to be shown, header fields and text
record Header(Summary summary, Source source, boolean isProtected, List<Verdict> signatures) {

    private static final int LONGEST = 1 << 20;

    Header {
        signatures = List.copyOf(signatures);
    }

    Opened opened(
            By by, Encryption encryption, List<X509Certificate> certificates, List<Withheld> held) {
        return new Opened(
                by, encryption, signatures, summary, source, isProtected, certificates, held);
    }

    /// @param outer the letter as it came
    /// @param payload what was within all layers: an entity
    static Header of(
            Summary outer, Source letter, Summary inner, Source payload, List<Verdict> signatures)
            throws IOException {
        var came = fields(outer, letter);
        var within = fields(inner, payload);
        // RFC 9788 §2.1.1: hp says that the fields are the letter's
        boolean isProtected = inner.root().type().text("hp").isPresent();
        var shown = new ByteArrayOutputStream();
        for (var field : isProtected ? within : came)
            if (!isStructural(field) && !isBookkeeping(field)) write(shown, field);
        if (isProtected && !mayNameSender(came, within, signatures)) {
            shown.reset();
            for (var field : within)
                if (!isStructural(field) && !isBookkeeping(field) && !isNamed(field, "From"))
                    write(shown, field);
            for (var field : came) if (isNamed(field, "From")) write(shown, field);
        }
        if (isProtected) // what was put there on the way, by whoever it was
        for (var field : came) if (isNamed(field, "Received")) write(shown, field);
        for (var field : within) if (isStructural(field)) write(shown, field);
        shown.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        byte[] header = shown.toByteArray();
        var body = payload.slice(inner.root().body());
        Source source =
                () -> new SequenceInputStream(new ByteArrayInputStream(header), body.open());
        return new Header(Reader.summary(source), source, isProtected, signatures);
    }

    /// Whether the protected From may be shown: it is the outer one, or who signed owns it. Else anybody
    /// could encrypt a letter that seems to come from another than the servers have seen (RFC 9788 §4.4).
    private static boolean mayNameSender(
            List<Field> came, List<Field> within, List<Verdict> signatures) {
        var inner = address(within);
        if (inner.isEmpty()) return false;
        if (inner.equals(address(came))) return true;
        return signatures.stream().anyMatch(one -> one.speaksFor(inner.get()));
    }

    private static Optional<String> address(List<Field> fields) {
        for (var field : fields)
            if (isNamed(field, "From")) {
                var all = Addresses.parse(field.value());
                return all.size() == 1 && all.getFirst().host() != null
                        ? Optional.of(all.getFirst().addrSpec().toLowerCase(Locale.ROOT))
                        : Optional.empty();
            }
        return Optional.empty();
    }

    private static List<Field> fields(Summary summary, Source source) throws IOException {
        try (var in = source.slice(summary.root().header()).open()) {
            return new ArrayList<>(
                    Fields.of(in.readNBytes(Math.min(LONGEST, Structure.MAX_HEADER))).list());
        }
    }

    private static boolean isNamed(Field field, String name) {
        return field.name().equalsIgnoreCase(name);
    }

    // RFC 9788 §1.8: fields that say how the octets are to be read
    private static boolean isStructural(Field field) {
        return field.name().toLowerCase(Locale.ROOT).startsWith("content-")
                || isNamed(field, "MIME-Version");
    }

    private static boolean isBookkeeping(Field field) {
        return isNamed(field, "HP-Outer") || isNamed(field, "Autocrypt");
    }

    private static void write(ByteArrayOutputStream out, Field field) {
        out.writeBytes(
                (field.name() + ":" + field.raw() + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }
}
