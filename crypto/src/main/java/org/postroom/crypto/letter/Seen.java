package org.postroom.crypto.letter;

import org.postroom.crypto.Unusable;
import org.postroom.crypto.pgp.Certificate;
import org.postroom.mime.Decoding;
import org.postroom.mime.Fields;
import org.postroom.mime.Part;
import org.postroom.mime.Source;
import org.postroom.mime.Structure;
import org.postroom.mime.Summary;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/// OpenPGP certificates that a letter brings: in its Autocrypt field, or attached. Nobody vouches for
/// them but the letter.
public final class Seen {

    private static final int MOST = 16;
    private static final int MOST_PARTS = 1000;

    private Seen() {}

    /// @param from the author's address: Autocrypt speaks for nobody else
    public static List<Certificate> in(Summary summary, Source letter, String from)
            throws IOException {
        var found = new ArrayList<Certificate>();
        autocrypt(summary, letter, from, found);
        attached(summary.root(), letter, found);
        return found.subList(0, Math.min(found.size(), MOST));
    }

    // Autocrypt Level 1: addr=...; prefer-encrypt=mutual; keydata=...; if there are several, none
    // counts
    private static void autocrypt(
            Summary summary, Source letter, String from, List<Certificate> found)
            throws IOException {
        Fields fields;
        try (var in = letter.slice(summary.root().header()).open()) {
            fields = Fields.of(in.readNBytes(Math.min(1 << 20, Structure.MAX_HEADER)));
        }
        var all = fields.all("Autocrypt");
        if (all.size() != 1) return;
        String address = "";
        String data = "";
        for (var attribute : all.getFirst().value().split(";", -1)) {
            int equals = attribute.indexOf('=');
            if (equals < 0) continue;
            String value = attribute.substring(equals + 1).replaceAll("\\s", "");
            switch (attribute.substring(0, equals).strip().toLowerCase(Locale.ROOT)) {
                case "addr" -> address = value;
                case "keydata" -> data = value;
                default -> {}
            }
        }
        if (!address.equalsIgnoreCase(from)) return;
        try {
            found.addAll(Certificate.readAll(Base64.getDecoder().decode(data)));
        } catch (IllegalArgumentException | Unusable unreadable) {
            // it is no key, whatever it says
        }
    }

    // RFC 3156 §7
    private static void attached(Part part, Source letter, List<Certificate> found)
            throws IOException {
        var waiting = new ArrayList<Part>(List.of(part));
        for (int i = 0; i < waiting.size() && i < MOST_PARTS && found.size() < MOST; i++) {
            waiting.addAll(waiting.get(i).children());
            if (!waiting.get(i).type().is("application", "pgp-keys")) continue;
            var body = letter.slice(waiting.get(i).body());
            try (var in = Decoding.of(body.open(), waiting.get(i).encoding())) {
                found.addAll(Certificate.readAll(in));
            } catch (Unusable unreadable) {
                // it is no key, whatever it says
            }
        }
    }

    /// The value of an Autocrypt field that brings one's own certificate.
    public static String autocrypt(String address, Certificate certificate) {
        var data = new StringBuilder();
        var text = Base64.getEncoder().encodeToString(certificate.octets());
        for (int at = 0; at < text.length(); at += 70)
            data.append(' ').append(text, at, Math.min(text.length(), at + 70));
        return "addr=" + address + "; keydata=" + data;
    }
}
