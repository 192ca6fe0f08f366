package org.postroom.mime.compose;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.postroom.mime.Decoding;
import org.postroom.mime.Outline;
import org.postroom.mime.Source;
import org.postroom.mime.Structure;
import org.postroom.mime.compose.CannotCross.Obstacle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

final class ReencodingTest {

    private static Source source(String octets) {
        return Source.of(octets.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String reencoded(Reencoding reencoding) throws IOException {
        var out = new ByteArrayOutputStream();
        reencoding.writeTo(out);
        return out.toString(StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
    }

    private static String toSevenBits(String message) throws IOException {
        var reencoding = Reencoding.of(source(message), NextHop.SEVEN_BIT);
        assertThat(reencoding.left()).isEmpty();
        assertThat(reencoding.needs()).isEqualTo(NextHop.SEVEN_BIT);
        return reencoded(reencoding);
    }

    @Test
    void aHopThatTakesItGetsItAsItIs() throws IOException {
        String message = "Subject: x\nContent-Transfer-Encoding: 8bit\n\ngr\u00FC\u00DFe\n";
        var reencoding = Reencoding.of(source(message), NextHop.EIGHT_BIT);
        assertThat(reencoding.changes()).isFalse();
        assertThat(reencoding.needs()).isEqualTo(NextHop.EIGHT_BIT);
        assertThat(reencoded(reencoding)).isEqualTo(message);
    }

    // RFC 6152 §3
    @Test
    void eightBitsBecomeSeven() throws IOException {
        assertThat(
                        toSevenBits(
                                """
                                Subject: x
                                Content-Type: text/plain; charset=iso-8859-1
                                Content-Transfer-Encoding: 8bit
                                MIME-Version: 1.0
                                X-Last: y

                                gr\u00FC\u00DFe und dergleichen
                                """))
                .isEqualTo(
                        """
                        Subject: x
                        Content-Type: text/plain; charset=iso-8859-1
                        Content-Transfer-Encoding: quoted-printable
                        MIME-Version: 1.0
                        X-Last: y

                        gr=FC=DFe und dergleichen
                        """);
    }

    @Test
    void aPictureAloneBecomesLinesThatEnd() throws IOException {
        assertThat(toSevenBits("MIME-Version: 1.0\nContent-Type: image/gif\n\n\u00FF\0\u00FE"))
                .isEqualTo(
                        "MIME-Version: 1.0\nContent-Type: image/gif\nContent-Transfer-Encoding:"
                                + " base64\n\n/wD+\n");
    }

    @Test
    void aMessageWithoutMimeGetsTheFieldsThatItNeeds() throws IOException {
        assertThat(toSevenBits("Subject: x\n\ngr\u00FC\u00DFe und dergleichen\n"))
                .isEqualTo(
                        "Subject: x\n"
                                + "MIME-Version: 1.0\n"
                                + "Content-Transfer-Encoding: quoted-printable\n\n"
                                + "gr=FC=DFe und dergleichen\n");
    }

    @Test
    void eachPartIsEncodedForItselfAndTheMultipartSaysSo() throws IOException {
        String message =
                """
                Content-Type: multipart/mixed; boundary=b
                Content-Transfer-Encoding: 8bit

                --b

                plain
                --b
                Content-Type: image/gif
                Content-Transfer-Encoding: binary

                \u00FF\0\u00FE
                --b
                Content-Type: message/rfc822
                Content-Transfer-Encoding: 8bit

                Subject: inner

                gr\u00FC\u00DFe und dergleichen
                --b
                Content-Transfer-Encoding: quoted-printable

                d=E9j\u00E0 vu
                --b--
                """;
        assertThat(toSevenBits(message))
                .isEqualTo(
                        """
                        Content-Type: multipart/mixed; boundary=b
                        Content-Transfer-Encoding: 7bit
                        MIME-Version: 1.0

                        --b

                        plain
                        --b
                        Content-Type: image/gif
                        Content-Transfer-Encoding: base64

                        /wD+
                        --b
                        Content-Type: message/rfc822
                        Content-Transfer-Encoding: 7bit

                        Subject: inner
                        MIME-Version: 1.0
                        Content-Transfer-Encoding: quoted-printable

                        gr=FC=DFe und dergleichen
                        --b
                        Content-Transfer-Encoding: quoted-printable

                        d=E9j=E0 vu
                        --b--
                        """);
    }

    @Test
    void whatIsSignedIsNotTouchedButTold() throws IOException {
        String message =
                """
                Content-Type: multipart/signed; boundary=b

                --b
                Content-Transfer-Encoding: 8bit

                gr\u00FC\u00DFe
                --b
                Content-Type: application/pgp-signature

                s
                --b--
                """;
        var reencoding = Reencoding.of(source(message), NextHop.SEVEN_BIT);
        assertThat(reencoding.left())
                .extracting(Reencoding.Left::obstacle)
                .containsExactly(Obstacle.SIGNED);
        assertThat(reencoding.needs()).isEqualTo(NextHop.EIGHT_BIT);
        assertThat(reencoded(reencoding)).isEqualTo(message);
    }

    @Test
    void whatMustNotBeEncodedIsTold() throws IOException {
        for (var header :
                List.of(
                        "Content-Type: message/partial; id=a; number=1; total=2",
                        "Content-Type: multipart/mixed",
                        "Content-Transfer-Encoding: x-own"))
            assertThat(
                            Reencoding.of(
                                            source(header + "\n\ngr\u00FC\u00DFe\n"),
                                            NextHop.SEVEN_BIT)
                                    .left())
                    .as(header)
                    .extracting(Reencoding.Left::obstacle)
                    .containsExactly(Obstacle.ENCODING);
        assertThat(
                        Reencoding.of(source("Subject: gr\u00FC\u00DFe\n\nx\n"), NextHop.EIGHT_BIT)
                                .left())
                .extracting(Reencoding.Left::obstacle)
                .containsExactly(Obstacle.HEADER);
        assertThat(Reencoding.of(source("Subject: gr\u00FC\u00DFe\n\nx\n"), NextHop.UTF8).left())
                .isEmpty();
    }

    @Test
    void whateverComesTheOctetsOfEachPartAreTheSame() throws IOException {
        for (long seed = 0; seed < 1_500; seed++) {
            byte[] message = message(new Random(seed));
            var reencoding = Reencoding.of(Source.of(message), NextHop.SEVEN_BIT);
            var out = new ByteArrayOutputStream();
            reencoding.writeTo(out);
            byte[] after = out.toByteArray();
            if (reencoding.left().isEmpty())
                for (byte octet : after) assertThat(octet).as("seed %d", seed).isNotNegative();
            assertThat(bodies(after)).as("seed %d", seed).isEqualTo(bodies(message));
        }
    }

    private static byte[] message(Random random) {
        String[] lines = {
            "Content-Type: multipart/mixed; boundary=b",
            "--b",
            "--b--",
            "",
            "",
            "text",
            "\u00E4\u00F6 8bit",
            "Content-Type: message/rfc822",
            "Content-Transfer-Encoding: 8bit",
            "Content-Transfer-Encoding: base64",
            "Content-Transfer-Encoding: quoted-printable",
            "a=3Db=",
            "AAECAw==",
            "Content-Type: image/gif",
            "Content-Type: multipart/signed; boundary=c",
            "--c",
            "--c--",
            "\0",
            "Subject: x"
        };
        var text = new StringBuilder();
        for (int i = random.nextInt(40); i > 0; i--)
            text.append(lines[random.nextInt(lines.length)]).append("\r\n");
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /// Of the leaves, decoded; line ends that a decoder sees at an end don't count.
    private static List<String> bodies(byte[] message) throws IOException {
        var bodies = new java.util.ArrayList<String>();
        for (var entry : Outline.of(Structure.of(message).root()))
            if (entry.part().children().isEmpty())
                try (var in =
                        Decoding.of(
                                Source.of(message).slice(entry.part().body()).open(),
                                entry.part().encoding())) {
                    bodies.add(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
                }
        return bodies;
    }
}
