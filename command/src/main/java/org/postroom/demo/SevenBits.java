package org.postroom.demo;

import org.postroom.mime.Decoding;
import org.postroom.mime.MediaType;
import org.postroom.mime.Outline;
import org.postroom.mime.Part;
import org.postroom.mime.Source;
import org.postroom.mime.Structure;
import org.postroom.mime.Text;
import org.postroom.mime.compose.Attachment;
import org.postroom.mime.compose.CannotCross;
import org.postroom.mime.compose.Composer;
import org.postroom.mime.compose.Encoding;
import org.postroom.mime.compose.Entity;
import org.postroom.mime.compose.Header;
import org.postroom.mime.compose.Labels;
import org.postroom.mime.compose.Message;
import org.postroom.mime.compose.NextHop;
import org.postroom.mime.compose.Party;
import org.postroom.wire.Fault;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/// A letter whose parts are not ASCII, written for a path that takes nothing else; and the same parts
/// read out of the letter that arrived.
final class SevenBits {

    /// By language, which is each part's Content-Description.
    static final SequencedMap<String, String> TEXTS = texts();

    /// A face of eight by eight dots, a GIF.
    static final byte[] PICTURE = picture();

    private final String letter;

    SevenBits(String from, String to) {
        try {
            letter = ascii(message(from, to).octets(NextHop.SEVEN_BIT));
        } catch (IOException | CannotCross e) {
            throw new Fault("composing a letter", e);
        }
    }

    private static SequencedMap<String, String> texts() {
        var texts = new LinkedHashMap<String, String>();
        texts.put("German", "Schöne Grüße aus Köln, und die Füße bleiben trocken.");
        texts.put("Telugu", "నమస్కారం, మీరు ఎలా ఉన్నారు?");
        texts.put("Arabic", "السلام عليكم، كيف حالك؟");
        texts.put("Chinese", "你好，世界。");
        return texts;
    }

    private static byte[] picture() {
        return HexFormat.of()
                .parseHex(
                        "47494638396108000800800000ffffff2040802c00000000080008000002"
                                + "250498302140840001060c181021c2800001220c181021c2800803224408"
                                + "1060408009130205003b");
    }

    private static Message message(String from, String to) throws IOException {
        var composer = Composer.of(ZoneOffset.UTC, "example.test");
        var parts = new ArrayList<Entity>();
        TEXTS.forEach((language, text) -> {
            var leaf = Entity.text("plain", text + "\n");
            parts.add(new Entity.Leaf(leaf.type(), Labels.NONE.described(language), leaf.source()));
        });
        parts.add(Attachment.of("Gruß.gif", Source.of(PICTURE)));
        return new Message(
                List.of(
                        new Header.Parties("From", Party.parse(from)),
                        new Header.Parties("To", Party.parse(to)),
                        new Header.Unstructured("Subject", "Grüße, నమస్కారం, مرحبا, 你好")),
                composer.multipart("mixed", parts));
    }

    /// The letter as it is handed over.
    String letter() {
        return letter;
    }

    /// The textbooks' two examples, done.
    String howItIsDone() {
        byte[] octets = {(byte) 0b11001100, (byte) 0b10000001, (byte) 0b00111001};
        byte[] mostlyAscii = {'&', (byte) 0b10011101, '9'};
        return """
          base64            11001100 10000001 00111001
                            110011 001000 000100 111001
                            51     8      4      57
                            %s
          quoted-printable  00100110 10011101 00111001
                            %s
        """
                .formatted(
                        String.join("      ", encoded(Encoding.BASE64, octets).split("", -1))
                                .strip(),
                        encoded(Encoding.QUOTED_PRINTABLE, mostlyAscii));
    }

    private static String encoded(Encoding encoding, byte[] octets) {
        var out = new ByteArrayOutputStream();
        try (var into = encoding.into(out)) {
            into.write(octets);
        } catch (IOException e) {
            throw new Fault("writing to memory", e);
        }
        return ascii(out.toByteArray());
    }

    /// What a letter is made of.
    static String parts(String letter) {
        var table = new StringBuilder();
        for (var entry : Outline.of(root(letter)))
            table.append(
                    String.format(
                            Locale.ROOT,
                            "  %-5s %-16s %-17s %s%n",
                            entry.section(),
                            entry.part().type().type() + "/" + entry.part().type().subtype(),
                            entry.part().encoding() == null ? "7bit" : entry.part().encoding(),
                            label(entry.part())));
        return table.toString();
    }

    private static String label(Part part) {
        return part.description() == null ? part.fileName().orElse("") : part.description();
    }

    static boolean isAscii(String letter) {
        return letter.chars().allMatch(c -> c < 128);
    }

    /// The text in this language.
    static String text(String letter, String language) throws Failure {
        for (var part : root(letter).children())
            if (language.equals(part.description()))
                return Text.of(octets(letter, part), charset(part.type())).strip();
        throw new Failure("MIME", "no part in " + language);
    }

    static byte[] picture(String letter) throws Failure {
        for (var part : root(letter).children())
            if (part.type().is("image", "gif")) return octets(letter, part);
        throw new Failure("MIME", "no picture");
    }

    private static String charset(MediaType type) {
        return type.parameter("charset").orElse("us-ascii");
    }

    private static byte[] octets(String letter, Part part) {
        var body = Source.of(bytes(letter)).slice(part.body());
        try (var in = Decoding.of(body.open(), part.encoding())) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new Fault("reading from memory", e);
        }
    }

    private static Part root(String letter) {
        return Structure.of(bytes(letter)).root();
    }

    private static byte[] bytes(String letter) {
        return letter.getBytes(StandardCharsets.UTF_8);
    }

    private static String ascii(byte[] octets) {
        return new String(octets, StandardCharsets.US_ASCII);
    }
}
