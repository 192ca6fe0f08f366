package org.postroom.mime.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.postroom.mime.Source;
import org.postroom.mime.Structure;
import org.postroom.mime.compose.Party.Person;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

final class PartialTest {

    private static Source source(String octets) {
        return Source.of(octets.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String text(Source source) throws IOException {
        var out = new ByteArrayOutputStream();
        source.writeTo(out);
        return out.toString(StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
    }

    private static List<Source> pieces(Source message, long most) throws Exception {
        var pieces = new ArrayList<Source>();
        for (var piece : Partial.split(Desk.composer(), message, most)) {
            var out = new ByteArrayOutputStream();
            piece.writeTo(out);
            pieces.add(Source.of(out.toByteArray()));
        }
        return pieces;
    }

    // RFC 2046 §5.2.2.2: the example's two pieces, and what they are together
    @Test
    void theRfcsExampleIsPutTogether() throws IOException {
        var first =
                source(
                        """
                        X-Weird-Header-1: Foo
                        From: Bill@host.com
                        To: joe@otherhost.com
                        Date: Fri, 26 Mar 1993 12:59:38 -0500 (EST)
                        Subject: Audio mail (part 1 of 2)
                        Message-ID: <id1@host.com>
                        MIME-Version: 1.0
                        Content-type: message/partial; id="ABC@host.com";
                                      number=1; total=2

                        X-Weird-Header-1: Bar
                        X-Weird-Header-2: Hello
                        Message-ID: <anotherid@foo.com>
                        Subject: Audio mail
                        MIME-Version: 1.0
                        Content-type: audio/basic
                        Content-transfer-encoding: base64

                          ... first half of encoded audio data goes here ...
                        """);
        var second =
                source(
                        """
                        From: Bill@host.com
                        To: joe@otherhost.com
                        Date: Fri, 26 Mar 1993 12:59:38 -0500 (EST)
                        Subject: Audio mail (part 2 of 2)
                        MIME-Version: 1.0
                        Message-ID: <id2@host.com>
                        Content-type: message/partial;
                                      id="ABC@host.com"; number=2; total=2

                          ... second half of encoded audio data goes here ...
                        """);
        var assembly = new Partial.Assembly("ABC@host.com");
        assertThat(assembly.add(second)).isTrue();
        assertThat(assembly.isWhole()).isFalse();
        assertThat(assembly.add(first)).isTrue();
        assertThat(assembly.isWhole()).isTrue();
        var out = new ByteArrayOutputStream();
        assembly.writeTo(out);
        assertThat(text(Source.of(out.toByteArray())))
                .isEqualTo(
                        """
                        X-Weird-Header-1: Foo
                        From: Bill@host.com
                        To: joe@otherhost.com
                        Date: Fri, 26 Mar 1993 12:59:38 -0500 (EST)
                        Message-ID: <anotherid@foo.com>
                        Subject: Audio mail
                        MIME-Version: 1.0
                        Content-type: audio/basic
                        Content-transfer-encoding: base64

                          ... first half of encoded audio data goes here ...
                          ... second half of encoded audio data goes here ...
                        """);
    }

    // Textbook: M11 table 23.3, message/partial composed
    @Test
    void aDividedMessageIsTheSameInWhateverOrderItsPiecesCome() throws Exception {
        byte[] picture = new byte[20_000];
        new Random(3).nextBytes(picture);
        var message =
                new Letter()
                        .from(new Person("ann", "example.org"))
                        .to(new Person("bob", "example.net"))
                        .subject("Grüße")
                        .text("a picture\n")
                        .attach(Attachment.of("x.gif", Source.of(picture)))
                        .compose(Desk.composer())
                        .octets(NextHop.SEVEN_BIT);
        for (long seed = 0; seed < 50; seed++) {
            var random = new Random(seed);
            var pieces = pieces(Source.of(message), 1_000 + random.nextInt(30_000));
            for (var piece : pieces) {
                byte[] octets;
                try (var in = piece.open()) {
                    octets = in.readAllBytes();
                }
                assertThat(Structure.of(octets).root().type().is("message", "partial")).isTrue();
                assertThat(Structure.of(octets).oddities()).isEmpty();
            }
            Collections.shuffle(pieces, random);
            var assembly = new Partial.Assembly("id1@example.org");
            for (var piece : pieces) {
                assertThat(assembly.isWhole()).isFalse();
                assertThat(assembly.add(piece)).isTrue();
                assertThat(assembly.add(piece)).as("twice").isFalse();
            }
            var out = new ByteArrayOutputStream();
            assembly.writeTo(out);
            var before = Structure.of(message);
            var after = Structure.of(out.toByteArray());
            assertThat(after.envelope()).isEqualTo(before.envelope());
            assertThat(after.size()).isEqualTo(before.size());
            assertThat(body(out.toByteArray())).isEqualTo(body(message));
        }
    }

    private static String body(byte[] message) {
        var span = Structure.of(message).root().body();
        return new String(
                message, (int) span.offset(), (int) span.length(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void whatContradictsIsPassedOver() throws IOException {
        var assembly = new Partial.Assembly("a");
        String piece = "Content-Type: message/partial; id=%s; number=%s%s\n\nx\n";
        assertThat(assembly.add(source(piece.formatted("b", 1, "")))).isFalse();
        assertThat(assembly.add(source(piece.formatted("a", 0, "")))).isFalse();
        assertThat(assembly.add(source(piece.formatted("a", "99999", "")))).isFalse();
        assertThat(assembly.add(source(piece.formatted("a", "1234567890123", "")))).isFalse();
        assertThat(assembly.add(source(piece.formatted("a", 3, "")))).isTrue();
        assertThat(assembly.add(source(piece.formatted("a", 2, "; total=2")))).isFalse();
        assertThat(assembly.add(source(piece.formatted("a", 2, "; total=3")))).isTrue();
        assertThat(assembly.add(source(piece.formatted("a", 4, "")))).isFalse();
        assertThat(assembly.isWhole()).isFalse();
        assertThatThrownBy(() -> assembly.writeTo(new ByteArrayOutputStream()))
                .isInstanceOf(IllegalStateException.class);
    }

    // RFC 2046 §5.2.2: a piece is never encoded
    @Test
    void whatIsNotOfSevenBitsIsNotDivided() {
        assertThatThrownBy(() -> pieces(source("\ngr\u00FC\u00DFe\n"), 100))
                .isInstanceOf(CannotCross.class);
    }
}
