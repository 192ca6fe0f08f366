package org.postroom.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.postroom.ftp.Type.Form;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

final class RepresentationTest {

    private static final Form PLAIN = Form.NON_PRINT;

    @Test
    void f15LineEndsAreConvertedWhateverBordersTheOctetsComeIn() throws Refusal { // TRAPS F15
        for (int border = 1; border < 9; border++) {
            assertThat(received("a\r\nb\r\n\r\n", border)).isEqualTo("a\nb\n\n");
            assertThat(received("a\rb\r\r\nc\r", border)).isEqualTo("a\rb\r\nc\r");
            assertThat(received("\n\r", border)).isEqualTo("\n\r");
            assertThat(sent("a\nb\n\n", border)).isEqualTo("a\r\nb\r\n\r\n");
            assertThat(sent("a\r\nb\r", border)).isEqualTo("a\r\nb\r");
        }
    }

    private static String received(String text, int border) throws Refusal {
        String told =
                VectorsTest.received(
                        Representation.DEFAULT, text.getBytes(StandardCharsets.ISO_8859_1), border);
        return told.substring(0, told.length() - 3);
    }

    private static String sent(String text, int border) throws Refusal {
        var recorded = new Recorded();
        var writer = Representation.DEFAULT.writer(PLAIN, recorded);
        var octets = text.getBytes(StandardCharsets.ISO_8859_1);
        for (int at = 0; at < octets.length; at += border)
            writer.octets(octets, at, Math.min(border, octets.length - at));
        writer.end();
        return recorded.toString().replace("{E}", "");
    }

    /// TRAPS F15: what is EBCDIC here comes back as the EBCDIC that it was.
    @Test
    void f15TheEbcdicTableIsBijective() throws Refusal {
        var all = new byte[256];
        for (int i = 0; i < 256; i++) all[i] = (byte) i;
        var ebcdic = Representation.DEFAULT.with(new Type.Ebcdic(PLAIN));
        var text = new Recorded();
        ebcdic.reader(text).octets(all, 0, 256);
        var reader = ebcdic.reader(text);
        reader.octets(all, 0, 256);
        reader.end();
        var stored = text.toString().replace("{E}", "");
        assertThat(stored.chars().distinct().count()).isEqualTo(256);
        var back = new Recorded();
        var writer = ebcdic.writer(PLAIN, back);
        writer.octets(stored.getBytes(StandardCharsets.ISO_8859_1), 0, 256);
        writer.end();
        assertThat(back.octets()).startsWith(all);
    }

    @Test
    void anyFileInAnyRepresentationComesBackAsItWent() throws Refusal {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 3_000; i++) {
            var as = any(random);
            String file = anyFile(random, as);
            var channel = new Recorded();
            Recorded.tell(file, as.writer(PLAIN, channel));
            var octets = channel.octets();
            var crossed = java.util.Arrays.copyOf(octets, octets.length - 3);
            assertThat(VectorsTest.received(as, crossed, 1 + random.nextInt(40)))
                    .as("seed %d, %s", seed, as)
                    .isEqualTo(file);
        }
    }

    private static Representation any(Random random) throws Refusal {
        var types =
                List.of(
                        new Type.Image(),
                        new Type.Local(32),
                        new Type.Ascii(PLAIN),
                        new Type.Ebcdic(PLAIN));
        var structure = one(random, Structure.values());
        var type = types.get(random.nextInt(structure == Structure.PAGE ? 2 : 4));
        return new Representation(type, structure, one(random, Mode.values()));
    }

    private static <T> T one(Random random, T[] of) {
        return of[random.nextInt(of.length)];
    }

    private static String anyFile(Random random, Representation as) {
        var pieces = new ArrayList<String>();
        for (int n = random.nextInt(6); n > 0; n--) {
            String octets = anyOctets(random, as.isText());
            pieces.add(
                    switch (as.structure()) {
                        case FILE -> octets;
                        case RECORD -> octets + "{R}";
                        case PAGE -> page(random, octets, as.octetsInAByte());
                    });
            if (as.hasMarkers() && random.nextInt(4) == 0) pieces.add("{M m" + n + "}");
        }
        return String.join("", pieces) + "{E}";
    }

    private static String page(Random random, String octets, int octetsInAByte) {
        int bytes = Math.min(octets.length() / octetsInAByte, 255);
        return "{P %d %d SIMPLE []}".formatted(random.nextInt(256), bytes)
                + octets.substring(0, bytes * octetsInAByte);
    }

    private static String anyOctets(Random random, boolean text) {
        var octets = new StringBuilder();
        for (int runs = random.nextInt(8); runs > 0; runs--) {
            char c = (text ? "ab \nÿ" : "a\0 \nÿ\r").charAt(random.nextInt(5));
            octets.append(String.valueOf(c).repeat(random.nextInt(150)));
        }
        return octets.toString();
    }

    @Test
    void f16ALittleDoesNotBecomeVeryMuch() throws Refusal { // TRAPS F16
        var as = Representation.IMAGE.with(Mode.DEFLATE);
        var bomb = new Recorded();
        var writer = as.writer(PLAIN, bomb);
        for (int i = 0; i < 64; i++) writer.octets(new byte[64 * 1024], 0, 64 * 1024);
        writer.end();
        assertThatThrownBy(() -> VectorsTest.received(as, bomb.octets(), 4096))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void f16WhatIsCutOrHasSomethingBehindItIsRefused() throws Refusal { // TRAPS F12, F16
        var as = Representation.IMAGE.with(Mode.DEFLATE);
        var channel = new Recorded();
        Recorded.tell("some octets{E}", as.writer(PLAIN, channel));
        var octets = channel.octets();
        var whole = java.util.Arrays.copyOf(octets, octets.length - 3);
        assertThat(VectorsTest.received(as, whole, 5)).isEqualTo("some octets{E}");
        assertThatThrownBy(() -> VectorsTest.received(as, octets, 5)).isInstanceOf(Refusal.class);
        var cut = java.util.Arrays.copyOf(whole, whole.length - 1);
        assertThatThrownBy(() -> VectorsTest.received(as, cut, 5)).isInstanceOf(Refusal.class);
    }

    @Test
    void whatIsNotImplementedIsRefusedWith504() {
        assertThatThrownBy(() -> Representation.DEFAULT.with(new Type.Local(36)))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.reply().code()).isEqualTo(504));
        assertThatThrownBy(() -> Representation.DEFAULT.with(Structure.PAGE).check())
                .isInstanceOf(Refusal.class);
    }
}
