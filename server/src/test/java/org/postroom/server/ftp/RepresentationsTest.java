package org.postroom.server.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postroom.ftp.FtpClient;
import org.postroom.ftp.Mode;
import org.postroom.ftp.Recorded;
import org.postroom.ftp.Refusal;
import org.postroom.ftp.Structure;
import org.postroom.ftp.Type;
import org.postroom.server.Port;
import org.postroom.server.dialogue.TestHouse;
import org.postroom.store.Report;
import org.postroom.wire.Departure;
import org.postroom.wire.Limits;
import org.postroom.wire.Tap;
import org.postroom.wire.Tls;
import org.postroom.wire.Wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Files that go up in one representation (RFC 959 §3) and come down in another, over the wire, by our own
/// client.
final class RepresentationsTest {

    private static final String BOB = "bob@example.test";
    private static final Type ASCII = new Type.Ascii(Type.Form.NON_PRINT);
    private static final Type EBCDIC = new Type.Ebcdic(Type.Form.NON_PRINT);
    private static final Type IMAGE = new Type.Image();

    private final TestHouse house;
    private final FtpClient client;

    RepresentationsTest() throws Exception {
        house = new TestHouse();
        house.account(BOB);
        client = new FtpClient(connected(), () -> Tap.NONE);
    }

    private Wire connected() throws Departure {
        return Wire.connect(house.address(Port.FTP), 5_000, Limits.CLIENT, Tap.NONE);
    }

    @BeforeEach
    void signIn() throws Exception {
        client.signIn(BOB, TestHouse.PASSWORD);
    }

    @AfterEach
    void end() throws IOException {
        client.close();
        house.close();
    }

    private void as(Type type, Structure structure, Mode mode) throws Exception {
        client.type(type);
        client.structure(structure);
        client.mode(mode);
    }

    private String get(String path) throws Exception {
        var told = new Recorded();
        client.get(path, Optional.empty(), told);
        return told.toString();
    }

    private void sound() {
        assertThat(house.house.store().check().findings())
                .filteredOn(finding -> finding.kind() != Report.Kind.UNNAMED_BLOB)
                .isEmpty();
    }

    private void put(String path, String told) throws Exception {
        client.put(path, Optional.empty(), flow -> Recorded.tell(told, flow));
    }

    /// Textbook: F5 a text that goes up in EBCDIC reads as text in another
    @Test
    void aTextGoesUpInEbcdicRecordsAndBlocksAndComesDownInAsciiAsAStream() throws Exception {
        as(EBCDIC, Structure.RECORD, Mode.BLOCK);
        put("report", "first{R}second line{R}{R}fourth{R}{E}");
        as(ASCII, Structure.FILE, Mode.STREAM);
        assertThat(get("report")).isEqualTo("first\nsecond line\n\nfourth\n{E}");
        as(IMAGE, Structure.FILE, Mode.STREAM);
        assertThat(client.size("report")).isEqualTo(26);
        assertThat(get("report")).isEqualTo("first\nsecond line\n\nfourth\n{E}");
        as(EBCDIC, Structure.RECORD, Mode.COMPRESSED);
        assertThat(get("report")).isEqualTo("first{R}second line{R}{R}fourth{R}{E}");
    }

    @Test
    void linesAreRecordsForWhoAsksForRecords() throws Exception { // RFC 959 §3.1.2
        as(ASCII, Structure.FILE, Mode.STREAM);
        put("lines", "one\n\nthree{E}");
        as(ASCII, Structure.RECORD, Mode.STREAM);
        assertThat(get("lines")).isEqualTo("one{R}{R}three{R}{E}");
    }

    /// Textbook: F6 records that hold line ends, and octets that are no text, come back as they went
    @Test
    void recordsThatLineEndsCantTellApartAreKept() throws Exception {
        for (var mode : Mode.values()) {
            as(ASCII, Structure.RECORD, mode);
            put("odd", "one\nstill one{R}two{R}{E}");
            assertThat(get("odd")).isEqualTo("one\nstill one{R}two{R}{E}");
            as(IMAGE, Structure.RECORD, mode);
            put("image", "\0\n\u00ff{R}{R}ab{R}{E}");
            assertThat(get("image")).isEqualTo("\0\n\u00ff{R}{R}ab{R}{E}");
        }
        as(ASCII, Structure.FILE, Mode.STREAM);
        assertThat(get("odd")).isEqualTo("one\nstill one\ntwo\n{E}");
        as(IMAGE, Structure.FILE, Mode.STREAM);
        assertThat(get("image")).isEqualTo("\0\n\u00ffab{E}");
        sound();
    }

    /// Textbook: F6 a page file with a hole is read at random
    @Test
    void pagesComeInAnyOrderAndAreReadInOrderOrFromOneOn() throws Exception {
        as(IMAGE, Structure.PAGE, Mode.STREAM);
        put(
                "pages",
                "{P 7 2 SIMPLE []}gh{P 2 3 ACCESS_CONTROLLED [9]}cde{P 0 1 DESCRIPTOR [5]}d{E}");
        assertThat(get("pages"))
                .isEqualTo(
                        "{P 0 1 DESCRIPTOR [5]}d{P 2 3 ACCESS_CONTROLLED [9]}cde{P 7 2 SIMPLE"
                                + " []}gh{E}");
        var told = new Recorded();
        client.get("pages", Optional.of("3"), told);
        assertThat(told.toString()).isEqualTo("{P 0 1 DESCRIPTOR [5]}d{P 7 2 SIMPLE []}gh{E}");
        as(IMAGE, Structure.FILE, Mode.STREAM);
        assertThat(get("pages")).isEqualTo("\0".repeat(6) + "cde" + "\0".repeat(12) + "gh" + "{E}");
        as(IMAGE, Structure.PAGE, Mode.BLOCK);
        put("pages", "{P 1 2 SIMPLE []}xy{E}");
        as(new Type.Local(32), Structure.PAGE, Mode.COMPRESSED);
        put("words", "{P 70000 1 SIMPLE []}abcd{E}");
        assertThat(get("words")).isEqualTo("{M 70000}{P 70000 1 SIMPLE []}abcd{E}");
        client.type(IMAGE);
        assertThatThrownBy(() -> get("words")).isInstanceOf(Refusal.class);
        sound();
    }

    @Test
    void appendedPagesTakeThePlaceOfThoseWithTheirNumber() throws Exception {
        as(IMAGE, Structure.PAGE, Mode.STREAM);
        put("pages", "{P 1 2 SIMPLE []}ab{P 2 2 SIMPLE []}cd{E}");
        client.append("pages", flow -> Recorded.tell("{P 2 2 SIMPLE []}CD{E}", flow));
        assertThat(get("pages")).isEqualTo("{P 1 2 SIMPLE []}ab{P 2 2 SIMPLE []}CD{E}");
        sound();
    }

    @Test
    void carriageControlIsKeptAndConverted() throws Exception { // RFC 959 §3.1.1.5
        as(new Type.Ascii(Type.Form.CARRIAGE_CONTROL), Structure.FILE, Mode.STREAM);
        put("print", "1title\n0text\n more\n{E}");
        assertThat(get("print")).isEqualTo("1title\n0text\n more\n{E}");
        client.type(ASCII);
        assertThat(get("print")).isEqualTo("title\n\ntext\nmore\n{E}");
        client.type(new Type.Ascii(Type.Form.TELNET));
        assertThat(get("print")).isEqualTo("\ftitle\n\ntext\nmore\n{E}");
    }

    /// Textbook: F7 block and compressed mode keep the data connection
    @Test
    void f14TheDataConnectionStaysInBlockAndCompressedMode() throws Exception { // TRAPS F14
        for (var mode : new Mode[] {Mode.BLOCK, Mode.COMPRESSED})
            for (boolean secured : new boolean[] {false, true}) {
                if (secured && mode == Mode.BLOCK) {
                    client.authTls(Tls.opportunistic(), "localhost");
                    signIn();
                    client.protectData(Tls.opportunistic(), "localhost");
                }
                as(IMAGE, Structure.FILE, mode);
                put("a", "some octets{E}");
                for (int i = 0; i < 3; i++) assertThat(get("a")).isEqualTo("some octets{E}");
                var names = new ArrayList<String>();
                client.nlst(Optional.empty(), names::add);
                assertThat(names).containsExactly("a");
            }
    }

    @Test
    void aMarkerOfADownloadServesToGoOnFromThere() throws Exception { // RFC 959 §3.5
        var text = new StringBuilder();
        var random = new Random(3);
        while (text.length() < 3_000_000)
            text.append("line ").append(random.nextInt(1_000_000_000)).append('\n');
        as(IMAGE, Structure.FILE, Mode.STREAM);
        client.put(
                "big",
                new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.US_ASCII)));
        for (var mode : new Mode[] {Mode.BLOCK, Mode.COMPRESSED})
            for (var type : List.of(IMAGE, ASCII)) {
                as(type, Structure.FILE, mode);
                String told = get("big");
                int from = told.indexOf("{M ");
                String marker = told.substring(from + 3, told.indexOf('}', from));
                var rest = new Recorded();
                client.get("big", Optional.of(marker), rest);
                assertThat(plain(told)).isEqualTo(text.toString());
                assertThat(text.substring(0, Integer.parseInt(marker)) + plain(rest.toString()))
                        .isEqualTo(text.toString());
            }
    }

    private static String plain(String told) {
        return told.replaceAll("\\{[^}]*\\}", "");
    }

    @Test
    void whatCantBeTogetherIsRefused() throws Exception { // RFC 1123 §4.1.2.3
        as(ASCII, Structure.PAGE, Mode.STREAM);
        assertThatThrownBy(() -> get("none"))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.reply().code()).isEqualTo(504));
    }
}
