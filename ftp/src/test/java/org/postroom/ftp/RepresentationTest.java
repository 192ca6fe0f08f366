package org.postroom.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

final class RepresentationTest {

    @Test
    void f15LineEndsAreConvertedWhateverBordersTheOctetsComeIn() { // TRAPS F15
        for (int border = 1; border < 9; border++) {
            assertThat(received("a\r\nb\r\n\r\n", border)).isEqualTo("a\nb\n\n");
            assertThat(received("a\rb\r\r\nc\r", border)).isEqualTo("a\rb\r\nc\r");
            assertThat(received("\n\r", border)).isEqualTo("\n\r");
            assertThat(sent("a\nb\n\n", border)).isEqualTo("a\r\nb\r\n\r\n");
            assertThat(sent("a\r\nb\r", border)).isEqualTo("a\r\nb\r");
        }
    }

    @Test
    void f15ATextThatIsSentAndReceivedIsWhatItWas() { // TRAPS F15
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            var text = new StringBuilder();
            for (int n = random.nextInt(30); n > 0; n--) {
                char c = "ab\n\n\r".charAt(random.nextInt(5));
                boolean joins =
                        c == '\n' && text.length() > 0 && text.charAt(text.length() - 1) == '\r';
                if (!joins) text.append(c);
            }
            String crossed = sent(text.toString(), 1 + random.nextInt(7));
            assertThat(received(crossed, 1 + random.nextInt(7)))
                    .as("seed %d", seed)
                    .isEqualTo(text.toString());
        }
    }

    @Test
    void whatIsNotImplementedIsRefusedWith504() {
        for (var type : new Type[] {new Type.Ebcdic(Type.Form.NON_PRINT), new Type.Local(36)})
            assertThatThrownBy(() -> Representation.DEFAULT.with(type))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> assertThat(refusal.reply().code()).isEqualTo(504));
        assertThatThrownBy(() -> Representation.DEFAULT.with(Mode.BLOCK))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> Representation.DEFAULT.with(Structure.PAGE))
                .isInstanceOf(Refusal.class);
    }

    private static String received(String text, int border) {
        return all(Representation.DEFAULT.reader(pieces(text, border)), 2 + border);
    }

    private static String sent(String text, int border) {
        return all(Representation.DEFAULT.writer(pieces(text, border)), 2 + border);
    }

    private static String all(Source<RuntimeException> source, int room) {
        var all = new ByteArrayOutputStream();
        var slice = new byte[room];
        for (int n = source.read(slice, 0, room); n >= 0; n = source.read(slice, 0, room))
            all.write(slice, 0, n);
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    private static Source<RuntimeException> pieces(String text, int border) {
        var octets = text.getBytes(StandardCharsets.ISO_8859_1);
        var at = new int[1];
        return (into, offset, length) -> {
            if (at[0] == octets.length) return -1;
            int n = Math.min(Math.min(border, length), octets.length - at[0]);
            var piece = Arrays.copyOfRange(octets, at[0], at[0] + n);
            System.arraycopy(piece, 0, into, offset, n);
            at[0] += n;
            return n;
        };
    }
}
