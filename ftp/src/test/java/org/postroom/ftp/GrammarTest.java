package org.postroom.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.wire.Line;
import org.postroom.wire.Secret;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

final class GrammarTest {

    @Test
    void whatIsPrintedIsReadAsItWas() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            var command = any(random);
            var line = Line.of(Grammar.print(command).text());
            assertThat(Grammar.command(line)).as("seed %d: %s", seed, line).isEqualTo(command);
        }
    }

    @Test
    void hostileLinesAreOnlyRefused() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            var octets = new byte[random.nextInt(40)];
            random.nextBytes(octets);
            String rubbish = new String(octets, StandardCharsets.ISO_8859_1);
            var verbs = Verb.values();
            String line =
                    random.nextBoolean()
                            ? rubbish
                            : verbs[random.nextInt(verbs.length)] + " " + rubbish;
            try {
                Grammar.command(Line.of(line));
            } catch (Refusal refusal) {
                assertThat(refusal.reply().code())
                        .as("seed %d: %s", seed, line)
                        .isBetween(500, 559);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Verb.class)
    void aVerbThatDoesNotWorkYetIsAnsweredSo(Verb verb) {
        try {
            Grammar.command(Line.of(verb.name()));
            assertThat(verb.works()).isTrue();
        } catch (Refusal refusal) {
            assertThat(refusal.reply().code())
                    .isEqualTo(
                            switch (verb) {
                                case ADAT -> 503; // RFC 2228 §3
                                case MIC, CONF, ENC -> 537;
                                case CCC -> 533;
                                default -> verb.works() ? 501 : 502;
                            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PORT 4294967423,0,0,1,4,1",
                "PORT 127,0,0,1,4",
                "PORT 127,0,0,1,4,1,2",
                "PORT 127,0,0,1,4,256",
                "PORT 127,0,0,-1,4,1",
                "PORT 127,0,0,+1,4,1",
                "PORT 127,0,0,,4,1",
                "PORT 127.0.0.1.4.1",
                "PORT",
                "EPRT |1|127.0.0.1|99999|",
                "EPRT |1|127.0.0.1|-1|",
                "EPRT |1|127.1|80|",
                "EPRT |1|localhost|8080|",
                "EPRT |2|fe80::1%eth0|8080|",
                "EPRT |2|::ffff:127.0.0.1|8080|",
                "EPRT |2|127.0.0.1|8080|",
                "EPRT |1|127.0.0.1|8080",
                "EPRT |1|127.0.0.1|8080||",
                "EPRT ||||",
                "EPRT |",
                "EPSV 99999999999999999999",
                "REST 9223372036854775808",
                "REST -1",
                "REST +1",
                "REST 0x10",
                "REST",
                "ALLO 1 X 2",
                "PBSZ 4294967296",
                "TYPE L 256",
                "TYPE L 0",
                "TYPE AA"
            })
    void f8NumbersAreWhatTheyAreOr501(String line) { // TRAPS F8
        assertThatThrownBy(() -> Grammar.command(Line.of(line)))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.reply().code()).isEqualTo(501));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RETR a\0.txt", "MKD a\r\0b", "CWD a\nb", "STOR \u00ff", "DELE \u00c3"})
    void f3APathWithNulCrLfOrBrokenUtf8IsRefused(String line) { // TRAPS F3
        assertThatThrownBy(() -> Grammar.command(Line.of(line)))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.reply().code()).isEqualTo(501));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " leading",
                "trailing ",
                "   ",
                "*?[]",
                "\"quotes\"",
                "a\tb",
                "\\",
                "-al",
                "~",
                "é€😀",
                "a;b",
                "a=b; c",
                "250 ok",
                "$(x)",
                "`x`",
                "%00",
                "..."
            })
    void f22ANameIsWhatItIs(String name) throws Exception { // TRAPS F22
        var command = new Command.Retr(name);
        assertThat(Grammar.command(Grammar.print(command))).isEqualTo(command);
        var listed = new Command.List(Optional.of(name));
        assertThat(Grammar.command(Grammar.print(listed))).isEqualTo(listed);
        assertThat(FtpClient.pathname(Reply.pathname(name, "is it"))).isEqualTo(name);
    }

    @Test
    void optionsOfLsAreNoPath() throws Exception {
        assertThat(Grammar.command(Line.of("LIST -a -l -al sub dir")))
                .isEqualTo(new Command.List(Optional.of("sub dir")));
        assertThat(Grammar.command(Line.of("LIST -al")))
                .isEqualTo(new Command.List(Optional.empty()));
        assertThat(Grammar.command(Line.of("LIST -- -al")))
                .isEqualTo(new Command.List(Optional.of("-al")));
    }

    @Test
    void theExperimentalNamesOfTheDirectoryVerbsStillServe() throws Exception { // RFC 1123 §4.1.3.1
        assertThat(Grammar.command(Line.of("xpwd"))).isEqualTo(new Command.Pwd());
        assertThat(Grammar.command(Line.of("XMKD a"))).isEqualTo(new Command.Mkd("a"));
    }

    @Test
    void aPasswordIsNotShown() throws Exception {
        var line = Line.of("PASS open sesame");
        Grammar.command(line);
        assertThat(line.shown()).isEqualTo("PASS ****");
        assertThat(Grammar.print(new Command.Pass(new Secret("é"))).shown()).isEqualTo("PASS ****");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST / HTTP/1.1",
                "GET /",
                "EHLO mail.example.test",
                "HELO mail",
                "PATCH /x HTTP/1.1",
                "\u0016\u0003\u0001\u0002"
            })
    void f5ALineOfAnotherProtocolIsKnown(String line) { // TRAPS F5
        assertThat(Line.of(line).isForeign()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"USER bob", "FEAT", "GETX", "AUTH TLS", ""})
    void f5AWrongLineOfAnFtpClientIsNot(String line) { // TRAPS F5
        assertThat(Line.of(line).isForeign()).isFalse();
    }

    @Test
    void whatPasvAndEpsvAnswerIsReadAgain() throws Exception {
        var here = address("127.0.0.1", 50_021);
        assertThat(PassiveDoor.port(Reply.passive(here).text())).isEqualTo(50_021);
        assertThat(PassiveDoor.extendedPort(Reply.extendedPassive(6446).text())).isEqualTo(6446);
    }

    @Test
    void helpAndFeatNameWhatWorksAndNothingElse() {
        String help = String.join(" ", Reply.help().inner());
        for (var verb : Verb.values())
            assertThat((" " + help + " ").contains(" " + verb + " ")).isEqualTo(verb.works());
        assertThat(Reply.features(EnumSet.of(Fact.SIZE), Digest.SHA_256).inner())
                .contains("MLST type;size*;modify;perm;unique;", "REST STREAM", "UTF8", "MODE Z")
                .contains("HASH CRC32;MD5;SHA-1;SHA-256*;SHA-512;")
                .doesNotContain("CCC", "");
    }

    @Test
    void whatProgramsSayOtherwiseIsTaken() throws Exception {
        assertThat(Grammar.command(Line.of("AUTH SSL"))).isEqualTo(new Command.Auth());
        assertThat(Grammar.command(Line.of("STOU name"))).isEqualTo(new Command.Stou());
    }

    private static Command any(Random random) throws UnknownHostException {
        return switch (random.nextInt(47)) {
            case 0 -> new Command.User(path(random));
            case 1 -> new Command.Pass(new Secret(path(random)));
            case 2 -> new Command.Cwd(path(random));
            case 3 -> new Command.Port(address("192.0.2." + random.nextInt(256), port(random)));
            case 4 -> new Command.Eprt(address("192.0.2.7", port(random)));
            case 5 ->
                    new Command.Eprt(
                            address(
                                    "2001:db8::" + Integer.toHexString(random.nextInt(65_536)),
                                    port(random)));
            case 6 -> new Command.SetType(type(random));
            case 7 -> new Command.SetStructure(one(random, Structure.values()));
            case 8 -> new Command.SetMode(one(random, Mode.values()));
            case 9 -> new Command.Retr(path(random));
            case 10 -> new Command.Stor(path(random));
            case 11 -> new Command.Appe(path(random));
            case 12 ->
                    new Command.Allo(
                            number(random),
                            random.nextBoolean()
                                    ? OptionalLong.empty()
                                    : OptionalLong.of(number(random)));
            case 13 -> new Command.Rest(Long.toString(number(random)));
            case 14 -> new Command.Rnfr(path(random));
            case 15 -> new Command.Rnto(path(random));
            case 16 -> new Command.Dele(path(random));
            case 17 -> new Command.Rmd(path(random));
            case 18 -> new Command.Mkd(path(random));
            case 19 -> new Command.List(optional(random));
            case 20 -> new Command.Nlst(optional(random));
            case 21 -> new Command.Stat(optional(random));
            case 22 -> new Command.Prot(one(random, Protection.values()));
            case 23 -> new Command.Pbsz(random.nextLong(0x1_0000_0000L));
            case 24 -> new Command.OptsMlst(facts(random));
            case 25 ->
                    new Command.Epsv(
                            random.nextBoolean()
                                    ? Optional.empty()
                                    : Optional.of(one(random, Net.values())));
            case 26 -> new Command.Mdtm(path(random));
            case 27 -> new Command.Size(path(random));
            case 28 -> new Command.Mlst(optional(random));
            case 29 -> new Command.Mlsd(optional(random));
            case 30 -> new Command.Help(optional(random));
            case 31 -> new Command.Hash(path(random));
            case 32 -> new Command.OptsHash(Optional.of(one(random, Digest.values())));
            case 33 ->
                    new Command.Rang(number(random) / 2, Long.MAX_VALUE / 2 + number(random) / 2);
            case 34 ->
                    new Command.Checksum(
                            one(random, Digest.values()),
                            path(random),
                            number(random),
                            OptionalLong.of(number(random)));
            case 35 -> new Command.Mfmt(time(random), path(random));
            case 36 -> new Command.Mff(time(random), path(random));
            case 37 -> new Command.Avbl(optional(random));
            case 38 -> new Command.Rmda(path(random));
            case 39 -> new Command.Comb(path(random), List.of(path(random), path(random)));
            case 40 -> new Command.Introduction(path(random), random.nextBoolean());
            case 41 -> new Command.SiteUtime(time(random), path(random));
            case 42 -> new Command.SiteCpfr(path(random));
            case 43 -> new Command.SiteVersions(path(random));
            case 44 -> new Command.SiteRestore(time(random), path(random));
            case 45 -> new Command.Dsiz(optional(random));
            default ->
                    one(
                            random,
                            new Command[] {
                                new Command.Cdup(),
                                new Command.Rein(),
                                new Command.Stou(),
                                new Command.SiteHelp(),
                                new Command.SiteCpto("a b"),
                                new Command.Lang(Optional.of("en")),
                                new Command.Host("files.example.test"),
                                new Command.Rest("p1234"),
                                new Command.Quit(),
                                new Command.Pasv(),
                                new Command.Abor(),
                                new Command.Pwd(),
                                new Command.Syst(),
                                new Command.Noop(),
                                new Command.Auth(),
                                new Command.Feat(),
                                new Command.OptsUtf8(),
                                new Command.EpsvAll()
                            });
        };
    }

    private static String path(Random random) {
        var path = new StringBuilder();
        int length = 1 + random.nextInt(20);
        while (path.length() < length) {
            int point =
                    switch (random.nextInt(4)) {
                        case 0 -> 1 + random.nextInt(0xd7ff);
                        case 1 -> 0x1_0000 + random.nextInt(0x1000);
                        default -> 32 + random.nextInt(95);
                    };
            if (point != '\r' && point != '\n') path.appendCodePoint(point);
        }
        // a single blank is no argument where the argument may be absent
        return path.toString().equals(" ") ? "/" : path.toString();
    }

    private static Optional<String> optional(Random random) {
        if (random.nextBoolean()) return Optional.empty();
        return Optional.of(path(random));
    }

    private static int port(Random random) {
        return random.nextInt(65_536);
    }

    private static long number(Random random) {
        return random.nextLong() >>> (1 + random.nextInt(62));
    }

    private static Type type(Random random) {
        var form = one(random, Type.Form.values());
        return switch (random.nextInt(4)) {
            case 0 -> new Type.Ascii(form);
            case 1 -> new Type.Ebcdic(form);
            case 2 -> new Type.Image();
            default -> new Type.Local(8 * (1 + random.nextInt(8)));
        };
    }

    private static Instant time(Random random) {
        return Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L));
    }

    private static EnumSet<Fact> facts(Random random) {
        var facts = EnumSet.noneOf(Fact.class);
        for (var fact : Fact.values()) if (random.nextBoolean()) facts.add(fact);
        return facts;
    }

    private static <T> T one(Random random, T[] of) {
        return of[random.nextInt(of.length)];
    }

    private static InetSocketAddress address(String host, int port) throws UnknownHostException {
        return new InetSocketAddress(InetAddress.ofLiteral(host), port);
    }
}
