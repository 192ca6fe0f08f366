package org.postroom.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// The entry points that strangers' octets reach, each in the form that Jazzer wants. What throws is a
/// bug.
final class FuzzTargets {

    private FuzzTargets() {}

    /// A message, and all that can be asked of it.
    static final class Message {

        private Message() {}

        public static void fuzzerTestOneInput(byte[] octets) throws IOException {
            var summary = Structure.of(octets);
            assertThat(Summary.decode(summary.encode())).isEqualTo(summary);
            CorpusTest.everything(octets, summary.root());
        }
    }

    /// A field's value, read by all that read values.
    static final class Value {

        private Value() {}

        public static void fuzzerTestOneInput(byte[] octets) {
            String value = new String(octets, StandardCharsets.ISO_8859_1);
            assertThat(Words.decode(value)).isNotNull();
            assertThat(MessageIds.parse(value)).hasSizeLessThanOrEqualTo(MessageIds.MAX);
            assertThat(BaseSubject.of(value)).isNotNull();
            assertThat(Dates.parse(value)).isNotNull();
            for (var address : Addresses.parse(value))
                assertThat(address.displayName() + address.addrSpec()).isNotNull();
            MediaType.parse(value)
                    .ifPresent(type -> {
                        assertThat(type.text("name")).isNotNull();
                        assertThat(Parameter.joined(type.parameters())).isNotNull();
                    });
            assertThat(Disposition.parse(value)).isNotNull();
            assertThat(Html.text(value)).isNotNull();
            assertThat(Flowed.paragraphs(value, true)).isNotNull();
        }
    }

    /// A body: the first octet chooses encoding and charset.
    static final class Body {

        private static final String[] ENCODINGS = {"base64", "quoted-printable", "x-uuencode", ""};
        private static final String[] CHARSETS = {"utf-8", "utf-7", "us-ascii", "iso-2022-jp"};

        private Body() {}

        public static void fuzzerTestOneInput(byte[] octets) throws IOException {
            if (octets.length == 0) return;
            String encoding = ENCODINGS[octets[0] & 3];
            var in = new ByteArrayInputStream(octets, 1, octets.length - 1);
            try (var decoding = Decoding.of(in, encoding)) {
                byte[] decoded = decoding.readAllBytes();
                // of a line that lost its blanks uuencode makes 63 octets out of two
                assertThat(decoded.length).isLessThanOrEqualTo(32 * octets.length);
                assertThat(Text.of(decoded, CHARSETS[octets[0] >> 2 & 3])).isNotNull();
            }
        }
    }

    /// A stored row: read, or refused.
    static final class Row {

        private Row() {}

        public static void fuzzerTestOneInput(byte[] octets) {
            try {
                assertThat(Summary.decode(octets)).isNotNull();
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageStartingWith("not a summary");
            }
        }
    }
}
