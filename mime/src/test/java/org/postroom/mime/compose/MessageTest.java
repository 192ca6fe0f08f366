package org.postroom.mime.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.postroom.mime.Decoding;
import org.postroom.mime.MediaType;
import org.postroom.mime.Outline;
import org.postroom.mime.Parameter;
import org.postroom.mime.Part;
import org.postroom.mime.Source;
import org.postroom.mime.Structure;
import org.postroom.mime.Text;
import org.postroom.mime.compose.CannotCross.Obstacle;
import org.postroom.mime.compose.Party.Person;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

final class MessageTest {

    private static final Person ANN = new Person("Ann Öztürk", "ann", "example.org");
    private static final Person BOB = new Person("bob", "example.net");
    private static final byte[] PICTURE = picture();

    private static byte[] picture() {
        byte[] octets = new byte[3_000];
        new Random(1).nextBytes(octets);
        System.arraycopy("GIF89a".getBytes(StandardCharsets.US_ASCII), 0, octets, 0, 6);
        return octets;
    }

    private static Letter letter() {
        return new Letter().from(ANN).to(BOB).subject("Grüße");
    }

    private static String ascii(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    private static byte[] decoded(byte[] message, Part part) throws IOException {
        try (var in = Decoding.of(Source.of(message).slice(part.body()).open(), part.encoding())) {
            return in.readAllBytes();
        }
    }

    private static String text(byte[] message, Part part) throws IOException {
        return Text.of(decoded(message, part), part.type().parameter("charset").orElse(null));
    }

    private static String type(Part part) {
        return part.type().type() + "/" + part.type().subtype();
    }

    private static List<Part> leaves(Part part) {
        return part.isMultipart()
                ? part.children().stream().flatMap(child -> leaves(child).stream()).toList()
                : List.of(part);
    }

    @Test
    void aPlainLetterIsPlain() throws Exception {
        var message =
                letter().subject("Hello")
                        .text("Hi Bob,\n\nall is well.\n")
                        .compose(Desk.composer());
        assertThat(ascii(message.octets(NextHop.SEVEN_BIT)))
                .isEqualTo(
                        """
                        Date: Sun, 1 Mar 2026 10:30:00 +0100
                        From: =?utf-8?B?QW5uIMOWenTDvHJr?= <ann@example.org>
                        To: bob@example.net
                        Subject: Hello
                        Message-ID: <id1@example.org>
                        MIME-Version: 1.0
                        Content-Type: text/plain; charset=us-ascii; format=flowed

                        Hi Bob,

                        all is well.
                        """
                                .replace("\n", "\r\n"));
    }

    @Test
    void theSameLetterWithTheSameClockAndIdsIsTheSameOctets() throws Exception {
        byte[] once = rich(Desk.composer()).octets(NextHop.SEVEN_BIT);
        assertThat(rich(Desk.composer()).octets(NextHop.SEVEN_BIT)).isEqualTo(once);
    }

    private static Message rich(Composer composer) throws IOException {
        return letter().text("నమస్కారం, مرحبا, 你好\n")
                .html("<p>నమస్కారం <img src='cid:" + composer.id() + "'></p>")
                .related(Attachment.inline("cat.gif", Source.of(PICTURE), "id1@example.org"))
                .attach(Attachment.of("Übung № 1.gif", Source.of(PICTURE)))
                .attach(
                        Attachment.of(
                                "notes.txt",
                                Source.of("a\nb\n".getBytes(StandardCharsets.US_ASCII))))
                .compose(composer);
    }

    @Test
    void whatALetterHasIsTheMultipartsItNeeds() throws Exception {
        for (var hop :
                List.of(NextHop.SEVEN_BIT, NextHop.EIGHT_BIT, NextHop.BINARY, NextHop.UTF8)) {
            byte[] octets = rich(Desk.composer()).octets(hop);
            var root = Structure.of(octets).root();
            assertThat(type(root)).isEqualTo("multipart/mixed");
            assertThat(leaves(root).stream().map(MessageTest::type))
                    .containsExactly(
                            "text/plain", "text/html", "image/gif", "image/gif", "text/plain");
            var leaves = leaves(root);
            assertThat(text(octets, leaves.get(0))).isEqualTo("నమస్కారం, مرحبا, 你好\r\n");
            assertThat(decoded(octets, leaves.get(2))).isEqualTo(PICTURE);
            assertThat(decoded(octets, leaves.get(3))).isEqualTo(PICTURE);
            assertThat(decoded(octets, leaves.get(4))).asString().isEqualTo("a\nb\n");
            assertThat(leaves.get(2).id()).isEqualTo("<id1@example.org>");
            assertThat(Structure.of(octets).oddities().stream().filter(odd -> !hop.binary()))
                    .isEmpty();
        }
    }

    @Test
    void whatIsWrittenForAHopNeedsNoMore() throws Exception {
        var message = rich(Desk.composer());
        for (var hop : List.of(NextHop.SEVEN_BIT, NextHop.EIGHT_BIT, NextHop.BINARY)) {
            var needs = message.needs(hop);
            assertThat(needs).isEqualTo(hop);
            var survey = Survey.of(Source.of(message.octets(hop)));
            assertThat(hop.takes(survey.needs())).as("%s", hop).isTrue();
        }
    }

    // RFC 2046 §4.1.2: in the least charset that will do
    @Test
    void textIsInTheCharsetThatIsWantedIfThatCanSayIt() throws Exception {
        for (var name :
                List.of(
                        "iso-8859-1",
                        "windows-1256",
                        "koi8-r",
                        "iso-2022-jp",
                        "gb18030",
                        "utf-16")) {
            for (var said : List.of("plain", "Grüße, déjà vu", "Привет", "مرحبا", "こんにちは", "😀")) {
                var leaf = Entity.text("plain", said + "\n", Charset.forName(name));
                byte[] octets = new Message(List.of(), leaf).octets(NextHop.SEVEN_BIT);
                var root = Structure.of(octets).root();
                assertThat(text(octets, root)).as("%s in %s", said, name).isEqualTo(said + "\r\n");
                String charset = root.type().parameter("charset").orElse("");
                assertThat(charset).isIn("us-ascii", "utf-8", name);
            }
        }
    }

    // Textbook: M11 table 23.3, types composed
    @Test
    void everyTypeOfTheTableIsWrittenAndRead() throws Exception {
        var composer = Desk.composer();
        var within = letter().text("inner\n").compose(composer).octets(NextHop.SEVEN_BIT);
        var leaves =
                Stream.of(
                                "text/plain",
                                "text/html",
                                "image/jpeg",
                                "image/gif",
                                "video/mpeg",
                                "audio/basic",
                                "application/postscript",
                                "application/octet-stream")
                        .map(name -> name.split("/"))
                        .map(name ->
                                (Entity)
                                        new Entity.Leaf(
                                                new MediaType(name[0], name[1], List.of()),
                                                Labels.NONE
                                                        .identified(composer.id())
                                                        .described("Eine Ü" + name[1]),
                                                Source.of(PICTURE)))
                        .toList();
        var inner = new Entity.Enclosed(Labels.NONE, Source.of(within));
        var external =
                Entity.externalBody(
                        List.of(
                                new Parameter("access-type", "anon-ftp"),
                                new Parameter("site", "ftp.example.org"),
                                new Parameter("name", "zone.txt")),
                        new MediaType("text", "plain", List.of()),
                        composer.id(),
                        null);
        var message =
                new Message(
                        List.of(),
                        composer.multipart(
                                "mixed",
                                List.of(
                                        composer.multipart("parallel", leaves),
                                        composer.multipart("digest", List.of(inner, inner)),
                                        composer.multipart("alternative", leaves.subList(0, 2)),
                                        external)));
        byte[] octets = message.octets(NextHop.SEVEN_BIT);
        var root = Structure.of(octets).root();
        assertThat(root.children().stream().map(MessageTest::type))
                .containsExactly(
                        "multipart/parallel",
                        "multipart/digest",
                        "multipart/alternative",
                        "message/external-body");
        for (var leaf : root.children().getFirst().children()) {
            assertThat(decoded(octets, leaf)).isEqualTo(PICTURE);
            assertThat(leaf.description()).startsWith("Eine =?utf-8?");
            assertThat(leaf.id()).endsWith("@example.org>");
        }
        var digest = root.children().get(1);
        for (var one : digest.children()) {
            assertThat(one.isMessage()).isTrue();
            assertThat(ascii(octets).substring((int) one.body().offset(), (int) one.body().end()))
                    .isEqualTo(ascii(within));
        }
        assertThat(Structure.of(octets).oddities()).isEmpty();
    }

    @Test
    void whateverIsComposedIsReadAsItWas() throws Exception {
        for (long seed = 0; seed < 500; seed++) {
            var random = new Random(seed);
            var composer = Desk.composer();
            var bodies = new ArrayList<String>();
            var entity = entity(random, composer, 4, bodies);
            var hops = List.of(NextHop.SEVEN_BIT, NextHop.EIGHT_BIT, NextHop.UTF8);
            byte[] octets =
                    new Message(List.of(), entity).octets(hops.get(random.nextInt(hops.size())));
            var read = new ArrayList<String>();
            for (var entry : Outline.of(Structure.of(octets).root()))
                if (entry.part().children().isEmpty())
                    read.add(ascii(decoded(octets, entry.part())));
            assertThat(read).as("seed %d", seed).isEqualTo(bodies);
        }
    }

    private static Entity entity(Random random, Composer composer, int depth, List<String> bodies)
            throws Exception {
        int kind = depth == 0 ? 0 : random.nextInt(4);
        if (kind == 1) {
            var parts = new ArrayList<Entity>();
            for (int i = random.nextInt(3); i >= 0; i--)
                parts.add(entity(random, composer, depth - 1, bodies));
            return composer.multipart(random.nextBoolean() ? "mixed" : "signed", parts);
        }
        if (kind == 2) {
            var inner = new Message(List.of(), entity(random, composer, depth - 1, bodies));
            byte[] octets = inner.octets(NextHop.EIGHT_BIT);
            return new Entity.Enclosed(Labels.NONE, Source.of(octets));
        }
        String[] pieces = {
            "a", "\r\n", " ", "\u00E4", "--=_id1", "--=_", "From ", ".", "\n", "\0", "="
        };
        var body = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--)
            body.append(pieces[random.nextInt(pieces.length)]);
        body.append("\r\n");
        bodies.add(body.toString());
        var type =
                random.nextBoolean() ? new MediaType("text", "plain", List.of()) : MediaType.OPAQUE;
        return new Entity.Leaf(
                type,
                Labels.NONE,
                Source.of(body.toString().getBytes(StandardCharsets.ISO_8859_1)));
    }

    // RFC 1847 §2.1
    @Test
    void whatIsSignedIsTheSameForEveryHop() throws Exception {
        var composer = Desk.composer();
        var text = Entity.text("plain", "From me to you, grüßend \n-- \nAnn\n");
        var signature =
                new Entity.Leaf(
                        new MediaType("application", "pgp-signature", List.of()),
                        Labels.NONE,
                        Source.of(new byte[] {'s'}));
        var signed =
                new Entity.Multipart(
                        "signed",
                        List.of(
                                new Parameter("protocol", "application/pgp-signature"),
                                new Parameter("micalg", "pgp-sha256")),
                        composer.boundary(),
                        List.of(text, signature));
        var covered = new java.io.ByteArrayOutputStream();
        text.writeTo(covered, NextHop.SEVEN_BIT);
        for (var hop : List.of(NextHop.SEVEN_BIT, NextHop.EIGHT_BIT, NextHop.BINARY))
            assertThat(ascii(new Message(List.of(), signed).octets(hop)))
                    .contains(
                            "--=_id1\r\n"
                                    + covered.toString(StandardCharsets.ISO_8859_1)
                                    + "\r\n--=_id1\r\n")
                    .contains("=46rom me", "=20\r\n");
    }

    // RFC 6522 §3, RFC 1847 §2.2
    @Test
    void reportsAndWhatIsEncryptedSayWhatTheyAre() throws Exception {
        var composer = Desk.composer();
        var status =
                new Entity.Leaf(
                        new MediaType("message", "delivery-status", List.of()),
                        Labels.NONE,
                        Source.of("Reporting-MTA: dns; x\r\n".getBytes(StandardCharsets.US_ASCII)));
        var report =
                composer.multipart(
                        "report",
                        List.of(new Parameter("report-type", "delivery-status")),
                        List.of(Entity.text("plain", "It failed.\n"), status));
        var opaque = new Entity.Leaf(MediaType.OPAQUE, Labels.NONE, Source.of(PICTURE));
        var encrypted =
                composer.multipart(
                        "encrypted",
                        List.of(new Parameter("protocol", "application/pgp-encrypted")),
                        List.of(opaque, opaque));
        for (var entity : List.of(report, encrypted)) {
            byte[] octets = new Message(List.of(), entity).octets(NextHop.EIGHT_BIT);
            var root = Structure.of(octets).root();
            assertThat(type(root)).isEqualTo("multipart/" + entity.subtype());
            assertThat(root.children()).hasSize(2);
            assertThat(root.type().parameters()).containsAll(entity.parameters());
        }
    }

    @Test
    void aPartThatIsWrittenAsItIsIsRefusedWhereItCannotGo() {
        var part =
                new Entity.Verbatim(Source.of("\r\n\u00E4".getBytes(StandardCharsets.ISO_8859_1)));
        var message =
                new Message(
                        List.of(), new Entity.Multipart("signed", List.of(), "b", List.of(part)));
        assertThatThrownBy(() -> message.octets(NextHop.EIGHT_BIT))
                .isInstanceOfSatisfying(
                        CannotCross.class,
                        refused -> assertThat(refused.obstacle()).isEqualTo(Obstacle.SIGNED));
    }

    @Test
    void theBlindCopyIsSeenByNobodyAndGoesToHim() {
        var message =
                letter().bcc(new Person("eve", "example.org"))
                        .cc(BOB)
                        .text("")
                        .compose(Desk.composer());
        assertThat(message.recipients())
                .extracting(Person::address)
                .containsExactly("bob@example.net", "eve@example.org");
        assertThat(message.withoutBcc().header()).extracting(Header::name).doesNotContain("Bcc");
    }

    @Test
    void aLargeFileIsAttachedAndNeverHeldInMemory() throws Exception {
        Source zeros =
                () ->
                        Source.next(
                                new InputStream() {
                                    @Override
                                    public int read() {
                                        return 0;
                                    }

                                    @Override
                                    public int read(byte[] b, int off, int len) {
                                        java.util.Arrays.fill(b, off, off + len, (byte) 0);
                                        return len;
                                    }
                                },
                                64L << 20);
        var counted =
                new OutputStream() {
                    long octets;
                    int most;

                    @Override
                    public void write(int b) {
                        octets++;
                    }

                    @Override
                    public void write(byte[] b, int off, int len) {
                        octets += len;
                        most = Math.max(most, len);
                    }
                };
        letter().text("")
                .attach(Attachment.of("large.bin", zeros))
                .compose(Desk.composer())
                .writeTo(counted, NextHop.SEVEN_BIT);
        assertThat(counted.octets).isGreaterThan((64L << 20) * 4 / 3);
        assertThat(counted.most).isLessThanOrEqualTo(16 << 10);
    }

    @Test
    void aFilesTypeIsThatOfItsBeginningThenOfItsName() throws Exception {
        assertThat(typeOf("cat.jpg", "GIF89a...")).isEqualTo("image/gif");
        assertThat(typeOf("a.pdf", "%PDF-1.7")).isEqualTo("application/pdf");
        assertThat(typeOf("sound.au", ".snd")).isEqualTo("audio/basic");
        assertThat(typeOf("figure.ps", "%!PS-Adobe")).isEqualTo("application/postscript");
        assertThat(typeOf("notes.txt", "Grüße")).isEqualTo("text/plain; utf-8");
        assertThat(typeOf("notes.txt", "\0\1")).isEqualTo("application/octet-stream");
        assertThat(typeOf("README", "plain")).isEqualTo("text/plain; us-ascii");
        assertThat(typeOf("letter.eml", "From: a@b\n\n")).isEqualTo("application/octet-stream");
        assertThat(typeOf("C:\\a\\page.html", "<p>")).isEqualTo("text/html; us-ascii");
        assertThat(Attachment.of("C:\\a\\page.html", Source.of(new byte[0])).labels().fileName())
                .isEqualTo("page.html");
    }

    private static String typeOf(String name, String beginning) throws IOException {
        var type =
                Attachment.of(name, Source.of(beginning.getBytes(StandardCharsets.UTF_8))).type();
        return type.type()
                + "/"
                + type.subtype()
                + type.parameter("charset").map(c -> "; " + c).orElse("");
    }
}
