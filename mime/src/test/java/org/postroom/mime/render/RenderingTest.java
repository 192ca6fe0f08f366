package org.postroom.mime.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.postroom.mime.Source;
import org.postroom.mime.Structure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

final class RenderingTest {

    private static String shown(String message) throws IOException {
        byte[] octets = message.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        return Rendering.of(Structure.of(octets), Source.of(octets), 60);
    }

    @Test
    void theHeaderIsReadableAndTheTextFlows() throws IOException {
        assertThat(
                        shown(
                                """
                                Received: by x
                                From: =?utf-8?Q?J=C3=BCrgen?= <j@example.org>
                                To: ann@example.org
                                Subject: =?utf-8?Q?=1B[2JHi?=
                                Content-Type: text/plain; charset=utf-8; format=flowed

                                A line that\s
                                flows.
                                > quoted, too,\s
                                > it does
                                """))
                .isEqualTo(
                        """
                        From: Jürgen <j@example.org>
                        To: ann@example.org
                        Subject: ␛[2JHi

                        A line that flows.
                        > quoted, too, it does
                        """);
    }

    // Textbook: M11 alternative shows the best, parallel and mixed show all
    @Test
    void ofAlternativesThePlainTextIsShownUnlessItIsEmpty() throws IOException {
        String message =
                """
                Content-Type: multipart/alternative; boundary=b

                --b

                %s
                --b
                Content-Type: text/html

                <p>rich
                --b
                Content-Type: application/x-new

                ?
                --b--
                """;
        assertThat(shown(message.formatted("plain"))).isEqualTo("\nplain\n");
        assertThat(shown(message.formatted(" "))).isEqualTo("\nrich\n");
    }

    @Test
    void whatCannotBeShownIsNamed() throws IOException {
        assertThat(
                        shown(
                                """
                                Content-Type: multipart/mixed; boundary=b

                                --b

                                hello
                                --b
                                Content-Type: image/jpeg; name=cat.jpg
                                Content-Transfer-Encoding: base64
                                Content-Description: my cat

                                AAAA
                                --b
                                Content-Type: text/plain
                                Content-Disposition: attachment; filename*=utf-8''a%%E2%%80%%AEb.txt

                                secret
                                --b
                                Content-Type: message/external-body; access-type=URL; url="https://x.example/"

                                Content-Type: text/plain

                                --b--
                                """
                                        .replace("%%", "%")))
                .isEqualTo(
                        """

                        hello

                        [part 2, "cat.jpg", my cat, image/jpeg, 2 octets]

                        [part 3, "a<U+202E>b.txt", text/plain, 6 octets]

                        [part 4, message/external-body, to be had by URL https://x.example/]
                        """);
    }

    // Textbook: M11 a digest is listed
    @Test
    void aDigestBeginsWithAList() throws IOException {
        assertThat(
                        shown(
                                """
                                Content-Type: multipart/digest; boundary=b

                                --b

                                From: Ann <ann@example.org>
                                Subject: one

                                first
                                --b

                                From: bob@example.net
                                Subject: two

                                second
                                --b--
                                """))
                .isEqualTo(
                        """

                        [a digest of 2]
                          1. one (Ann)
                          2. two (bob@example.net)

                        [message 1]
                        From: Ann <ann@example.org>
                        Subject: one

                        first

                        [message 2]
                        From: bob@example.net
                        Subject: two

                        second
                        """);
    }

    @Test
    void whatBelongsTogetherIsShownFromItsRoot() throws IOException {
        assertThat(
                        shown(
                                """
                                Content-Type: multipart/related; boundary=b; start="<r>"

                                --b
                                Content-Type: image/png

                                x
                                --b
                                Content-Type: text/html; charset=iso-8859-1
                                Content-ID: <r>
                                Content-Transfer-Encoding: quoted-printable

                                <p>Gr=FC=DFe
                                --b--
                                """))
                .isEqualTo("\nGrüße\n[part 1, image/png, 1 octets]\n");
    }
}
