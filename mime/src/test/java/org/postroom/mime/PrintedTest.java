package org.postroom.mime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// What is made at random and printed in one of the forms that the RFCs allow is read as what was made.
class PrintedTest {

    private static final int ROUNDS = 1_000;
    private static final String ATEXT = "abcXYZ019!#$%&'*+-/=?^_`{|}~";
    private static final String SPECIALS = "()<>[]:;@\\,. \"\t";
    private static final String UNICODE = "\u00e4\u00df\u0c28\u0c2e\u65e5\u672c\u0645\ud83d\udcab";

    private final Random random = new Random();

    private String chars(String from, int least, int most) {
        int[] codes = from.codePoints().toArray();
        var text = new StringBuilder();
        for (int i = least + random.nextInt(most - least + 1); i > 0; i--)
            text.appendCodePoint(codes[random.nextInt(codes.length)]);
        return text.toString();
    }

    private String dotAtom() {
        var atoms = new ArrayList<String>();
        for (int i = random.nextInt(3); i >= 0; i--) atoms.add(chars(ATEXT, 1, 6));
        return String.join(".", atoms);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    // RFC 5322 §3.2.2: CFWS
    private String cfws() {
        return switch (random.nextInt(8)) {
            case 0 -> " ";
            case 1 -> "\r\n\t";
            case 2 -> " (a comment (with another \\) ) in it) ";
            case 3 -> "()";
            default -> "";
        };
    }

    private String blanks() {
        return random.nextInt(4) == 0 ? "\r\n  " : " ";
    }

    // RFC 5322 §3.4: mailbox = name-addr / addr-spec
    private Address mailbox(StringBuilder out) {
        boolean plain = random.nextBoolean();
        String mailbox = plain ? dotAtom() : chars(ATEXT + SPECIALS, 1, 12);
        String host = random.nextInt(5) == 0 ? "[192.0.2." + random.nextInt(256) + "]" : dotAtom();
        String spec = (plain ? mailbox : quoted(mailbox)) + "@" + host;
        if (random.nextInt(3) == 0) {
            out.append(spec);
            return new Address(null, null, mailbox, host);
        }
        String name;
        if (random.nextBoolean()) {
            name = chars(ATEXT, 1, 8) + " " + chars(ATEXT, 1, 8);
            out.append(name.replace(" ", blanks()));
        } else {
            name = chars(ATEXT + SPECIALS, 1, 20);
            out.append(quoted(name));
        }
        out.append(cfws()).append('<').append(cfws()).append(spec).append(cfws()).append('>');
        return new Address(name, null, mailbox, host);
    }

    @Test
    void addresses() {
        for (long seed = 0; seed < ROUNDS; seed++) {
            random.setSeed(seed);
            var made = new ArrayList<Address>();
            var out = new StringBuilder();
            for (int i = random.nextInt(4); i >= 0; i--) {
                if (random.nextInt(5) == 0) {
                    String name = chars(ATEXT, 1, 8);
                    made.add(Address.groupStart(name));
                    out.append(name).append(cfws()).append(':').append(cfws());
                    for (int j = random.nextInt(3); j > 0; j--) {
                        made.add(mailbox(out));
                        if (j > 1) out.append(',').append(blanks());
                    }
                    made.add(Address.GROUP_END);
                    out.append(';');
                } else made.add(mailbox(out));
                if (i > 0) out.append(',').append(blanks());
            }
            var value = new Field("To", out.toString(), 0, 0).value();
            assertThat(Addresses.parse(value)).as("seed %d: %s", seed, out).isEqualTo(made);
        }
    }

    @Test
    void fields() {
        for (long seed = 0; seed < ROUNDS; seed++) {
            random.setSeed(seed);
            var names = new ArrayList<String>();
            var values = new ArrayList<String>();
            var out = new StringBuilder();
            for (int i = random.nextInt(6); i > 0; i--) {
                String name = chars(ATEXT.replace(":", ""), 1, 12);
                String value = chars(ATEXT + SPECIALS + "\u00e4\u00ff", 0, 60).strip();
                names.add(name);
                values.add(value);
                out.append(name)
                        .append(random.nextInt(4) == 0 ? " :" : ":")
                        .append(cfws().isEmpty() ? " " : "");
                out.append(value.replace(" ", random.nextBoolean() ? "\r\n " : " ")).append("\r\n");
            }
            var read = Fields.of((out + "\r\nbody: x\r\n").getBytes(StandardCharsets.ISO_8859_1));
            assertThat(read.list().stream().map(Field::name)).as("seed %d", seed).isEqualTo(names);
            assertThat(read.list().stream().map(Field::value))
                    .as("seed %d", seed)
                    .isEqualTo(values);
        }
    }

    // RFC 2231 §3, §4
    @Test
    void parameters() {
        for (long seed = 0; seed < ROUNDS; seed++) {
            random.setSeed(seed);
            String value = chars(ATEXT + SPECIALS + UNICODE, 0, 30);
            byte[] octets = value.getBytes(StandardCharsets.UTF_8);
            var pieces = new ArrayList<String>();
            boolean whole = random.nextInt(3) == 0;
            for (int at = 0, n = 0; at < octets.length || n == 0; n++) {
                int end =
                        whole ? octets.length : Math.min(octets.length, at + 1 + random.nextInt(9));
                var encoded = new StringBuilder(n == 0 ? "utf-8'te'" : "");
                for (; at < end; at++) encoded.append(String.format("%%%02x", octets[at]));
                pieces.add("filename*" + (whole ? "" : n + "*") + cfws() + "=" + cfws() + encoded);
            }
            Collections.shuffle(pieces, random);
            String printed = "attachment; " + String.join(cfws() + ";" + cfws(), pieces);
            var read = Disposition.parse(new Field("", printed, 0, 0).value()).orElseThrow();
            assertThat(read.text("filename")).as("seed %d: %s", seed, printed).contains(value);
            var joined = Parameter.joined(read.parameters());
            assertThat(Parameter.text(joined, "filename")).as("seed %d", seed).contains(value);
            String plain = chars(ATEXT.replace("=", "") + SPECIALS, 0, 30);
            assertThat(Disposition.parse("inline; x=" + quoted(plain)).orElseThrow().text("x"))
                    .as("seed %d", seed)
                    .contains(plain);
        }
    }

    // RFC 2047 §2, RFC 2047 §6.2
    @Test
    void encodedWords() {
        for (long seed = 0; seed < ROUNDS; seed++) {
            random.setSeed(seed);
            var out = new StringBuilder();
            var text = new StringBuilder();
            for (int i = random.nextInt(4); i >= 0; i--) {
                String word = chars(ATEXT + SPECIALS + UNICODE, 1, 12);
                text.append(word);
                byte[] octets = word.getBytes(StandardCharsets.UTF_8);
                if (!out.isEmpty()) out.append(blanks());
                out.append(random.nextBoolean() ? b(octets) : q(octets));
            }
            var value = new Field("Subject", out.toString(), 0, 0);
            assertThat(value.text()).as("seed %d: %s", seed, out).isEqualTo(text.toString());
        }
    }

    private static String b(byte[] octets) {
        return "=?utf-8?B?" + Base64.getEncoder().encodeToString(octets) + "?=";
    }

    private String q(byte[] octets) {
        var word = new StringBuilder("=?UTF-8?q?");
        for (byte octet : octets)
            if (octet == ' ' && random.nextBoolean()) word.append('_');
            else if (octet >= 'a' && octet <= 'z') word.append((char) octet);
            else word.append(String.format(random.nextBoolean() ? "=%02X" : "=%02x", octet));
        return word.append("?=").toString();
    }

    @Test
    void dates() {
        for (long seed = 0; seed < ROUNDS; seed++) {
            random.setSeed(seed);
            var zone = ZoneOffset.ofTotalSeconds((random.nextInt(1_680) - 840) * 60);
            var date =
                    OffsetDateTime.of(1900, 1, 1, 0, 0, 0, 0, zone)
                            .plusSeconds(random.nextLong(200L * 365 * 86_400));
            assertThat(Dates.parse(Dates.format(date))).as("seed %d", seed).contains(date);
            assertThat(Dates.parse(date.toString())).as("seed %d", seed).contains(date);
        }
    }

    @Test
    void messageIds() {
        for (long seed = 0; seed < ROUNDS; seed++) {
            random.setSeed(seed);
            var made = new ArrayList<String>();
            var out = new StringBuilder();
            for (int i = random.nextInt(5); i >= 0; i--) {
                String id = dotAtom() + "@" + dotAtom();
                made.add(id);
                out.append(cfws()).append('<').append(id).append('>').append(cfws());
            }
            var value = new Field("References", out.toString(), 0, 0).value();
            assertThat(MessageIds.parse(value)).as("seed %d: %s", seed, out).isEqualTo(made);
        }
    }

    // RFC 3676 §4.2
    @Test
    void flowedText() {
        for (long seed = 0; seed < ROUNDS; seed++) {
            random.setSeed(seed);
            boolean delSp = random.nextBoolean();
            var made = new ArrayList<Flowed.Paragraph>();
            var out = new StringBuilder();
            for (int i = random.nextInt(6); i > 0; i--) {
                int depth = random.nextInt(3);
                String text = chars("abc> \u65e5", 0, 40).stripTrailing();
                made.add(new Flowed.Paragraph(depth, text));
                String quote = ">".repeat(depth) + " ";
                var line = new StringBuilder();
                for (int at = 0; at < text.length(); at++) {
                    line.append(text.charAt(at));
                    boolean mayBreak = at + 1 < text.length() && (delSp || text.charAt(at) == ' ');
                    if (!mayBreak || random.nextInt(4) > 0) continue;
                    out.append(quote).append(line).append(delSp ? " " : "").append("\r\n");
                    line.setLength(0);
                }
                out.append(quote).append(line).append("\r\n");
            }
            List<Flowed.Paragraph> read = Flowed.paragraphs(out.toString(), delSp);
            assertThat(read).as("seed %d: %s", seed, out).isEqualTo(made);
        }
    }

    @Test
    void transferEncodings() throws Exception {
        for (long seed = 0; seed < ROUNDS; seed++) {
            random.setSeed(seed);
            byte[] octets = new byte[random.nextInt(200)];
            random.nextBytes(octets);
            var quotedPrintable = new StringBuilder();
            for (byte octet : octets) {
                quotedPrintable.append(String.format("=%02X", octet));
                if (random.nextInt(9) == 0) quotedPrintable.append("= \r\n");
            }
            assertThat(decoded(quotedPrintable.toString(), "quoted-printable")).isEqualTo(octets);
            String base64 =
                    Base64.getMimeEncoder(
                                    4 * (1 + random.nextInt(19)),
                                    "\r\n".getBytes(StandardCharsets.US_ASCII))
                            .encodeToString(octets);
            assertThat(decoded(base64, "base64")).isEqualTo(octets);
            assertThat(decoded(uuencoded(octets), "uuencode")).isEqualTo(octets);
        }
    }

    private static byte[] decoded(String text, String encoding) throws Exception {
        try (var in = Decoding.of(text.getBytes(StandardCharsets.US_ASCII), encoding)) {
            byte[] octets = in.readAllBytes();
            assertThat(in.oddity()).isEmpty();
            return octets;
        }
    }

    private static String uuencoded(byte[] octets) {
        var out = new StringBuilder("begin 644 x\r\n");
        for (int at = 0; at < octets.length; at += 45) {
            int count = Math.min(45, octets.length - at);
            out.append((char) (' ' + count));
            for (int i = 0; i < count; i += 3) {
                int quantum = 0;
                for (int j = 0; j < 3; j++) {
                    int index = at + i + j;
                    quantum = quantum << 8 | (index < octets.length ? octets[index] & 0xFF : 0);
                }
                for (int shift = 18; shift >= 0; shift -= 6)
                    out.append((char) (' ' + (quantum >> shift & 0x3F)));
            }
            out.append("\r\n");
        }
        return out.append("`\r\nend\r\n").toString();
    }
}
