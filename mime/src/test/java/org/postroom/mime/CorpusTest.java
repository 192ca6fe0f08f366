package org.postroom.mime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// The nasty messages of `src/test/corpus`. What other programs make of them is told by `interop`.
class CorpusTest {

    static final Path FOLDER = Path.of("src", "test", "corpus");

    /// The files by their names.
    static List<Path> letters() throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".eml")).sorted().toList();
        }
    }

    @Test
    void eachHasALineThatSaysWhatMakesItNasty() throws IOException {
        var named = new ArrayList<String>();
        for (var line : Files.readAllLines(FOLDER.resolve("INDEX"), StandardCharsets.UTF_8)) {
            assertThat(line.split("\t", -1))
                    .as(line)
                    .hasSize(line.startsWith("\t") ? 3 : 2)
                    .allSatisfy(word -> assertThat(word).isEqualTo(word.strip()));
            if (!line.startsWith("\t")) named.add(line.split("\t", -1)[0] + ".eml");
        }
        assertThat(named).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(300);
        assertThat(letters().stream().map(file -> file.getFileName().toString()))
                .containsExactlyInAnyOrderElementsOf(named);
    }

    @Test
    void eachIsReadInWhateverPieces() throws IOException {
        for (var file : letters()) {
            byte[] message = Files.readAllBytes(file);
            var whole = Structure.of(message);
            for (int size : new int[] {1, 2, 3, 7, 64, 1000})
                assertThat(inPieces(message, size)).as("%s by %d", file, size).isEqualTo(whole);
            assertThat(Summary.decode(whole.encode())).as("%s", file).isEqualTo(whole);
            assertThat(whole.root().body().end()).as("%s", file).isEqualTo(message.length);
            assertThat(whole.oddities())
                    .as("%s", file)
                    .allSatisfy(oddity ->
                            assertThat(oddity.offset()).isBetween(0L, (long) message.length));
        }
    }

    private static Summary inPieces(byte[] message, int size) {
        var parser = new Structure.Parser();
        for (int at = 0; at < message.length; at += size)
            parser.write(message, at, Math.min(size, message.length - at));
        return parser.finish();
    }

    /// Octets changed, left out, doubled, and exchanged between messages: nothing throws.
    @Test
    void eachIsReadHoweverItIsDamaged() throws IOException {
        var letters = new ArrayList<byte[]>();
        for (var file : letters()) {
            byte[] octets = Files.readAllBytes(file);
            if (octets.length < 20_000) letters.add(octets);
        }
        var random = new Random(7103);
        for (int i = 0; i < 5_000; i++) {
            byte[] message = damaged(letters, random);
            var summary = Structure.of(message);
            assertThat(Summary.decode(summary.encode())).as("round %d", i).isEqualTo(summary);
            everything(message, summary.root());
        }
    }

    private static byte[] damaged(List<byte[]> letters, Random random) {
        byte[] message = letters.get(random.nextInt(letters.size())).clone();
        for (int i = random.nextInt(4); i >= 0 && message.length > 0; i--) {
            int at = random.nextInt(message.length);
            switch (random.nextInt(4)) {
                case 0 -> message[at] = (byte) random.nextInt(256);
                case 1 -> message = cut(message, at, at + random.nextInt(message.length - at));
                case 2 -> message = spliced(message, at, message, random);
                default ->
                        message =
                                spliced(
                                        message,
                                        at,
                                        letters.get(random.nextInt(letters.size())),
                                        random);
            }
        }
        return message;
    }

    private static byte[] cut(byte[] message, int from, int to) {
        byte[] rest = new byte[message.length - (to - from)];
        System.arraycopy(message, 0, rest, 0, from);
        System.arraycopy(message, to, rest, from, message.length - to);
        return rest;
    }

    private static byte[] spliced(byte[] message, int at, byte[] other, Random random) {
        if (other.length == 0) return message;
        int from = random.nextInt(other.length);
        int length = Math.min(other.length - from, random.nextInt(200));
        byte[] both = new byte[message.length + length];
        System.arraycopy(message, 0, both, 0, at);
        System.arraycopy(other, from, both, at, length);
        System.arraycopy(message, at, both, at + length, message.length - at);
        return both;
    }

    /// All that can be asked of a part.
    static void everything(byte[] message, Part part) throws IOException {
        for (var field :
                Fields.of(message, (int) part.header().offset(), (int) part.header().length())) {
            String value = field.value();
            assertThat(field.text()).isNotNull();
            assertThat(MessageIds.parse(value)).isNotNull();
            assertThat(BaseSubject.of(value)).isNotNull();
            assertThat(Dates.parse(value)).isNotNull();
            for (var address : Addresses.parse(value))
                assertThat(address.displayName() + address.addrSpec()).isNotNull();
            var type = MediaType.parse(value);
            if (type.isPresent()) assertThat(Parameter.joined(type.get().parameters())).isNotNull();
        }
        assertThat(part.fileName()).isNotNull();
        var body = part.body();
        var in = new ByteArrayInputStream(message, (int) body.offset(), (int) body.length());
        try (var decoding = Decoding.of(in, part.encoding())) {
            String charset = part.type().parameter("charset").orElse(null);
            String text = Text.of(decoding.readAllBytes(), charset);
            assertThat(decoding.read(new byte[1], 0, 1)).isEqualTo(-1);
            assertThat(decoding.oddity()).isNotNull();
            assertThat(Flowed.paragraphs(text, part.type())).isNotNull();
            decoding.transferTo(OutputStream.nullOutputStream());
        }
        for (var child : part.children()) everything(message, child);
    }
}
