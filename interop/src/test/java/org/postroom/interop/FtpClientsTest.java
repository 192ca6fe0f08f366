package org.postroom.interop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/// lftp, tnftp, wget, and Net::FTP of Perl.
final class FtpClientsTest {

    @TempDir Path folder;

    @Test
    void lftpMirrorsThereAndBack() throws Exception {
        var server = Served.shared();
        var ann = server.account();
        var source = Files.createDirectories(folder.resolve("source/inner"));
        var octets = new byte[500_000];
        new Random(11).nextBytes(octets);
        Files.write(source.resolve("big file"), octets);
        Files.writeString(source.resolve("naïve – ☃.txt"), "snow\n");
        Files.writeString(source.resolveSibling("empty"), "");
        for (var tls : new boolean[] {false, true}) {
            var back = folder.resolve("back" + tls);
            Peer.of(
                            "lftp",
                            "-c",
                            """
                            set ftp:ssl-allow %1$s; set ftp:ssl-force %1$s; set ftp:ssl-protect-data %1$s;
                            set ssl:verify-certificate no; set net:max-retries 1; set net:timeout 20;
                            open -u %2$s,%3$s ftp://127.0.0.1:%4$d;
                            mirror -R %5$s far%1$s;
                            mirror far%1$s %6$s;
                            rm -r far%1$s
                            """
                                    .formatted(
                                            tls,
                                            ann,
                                            Served.PASSWORD,
                                            server.port(21),
                                            folder.resolve("source"),
                                            back))
                    .run()
                    .succeeded();
            assertThat(Files.readAllBytes(back.resolve("inner/big file"))).isEqualTo(octets);
            assertThat(Files.readString(back.resolve("inner/naïve – ☃.txt"))).isEqualTo("snow\n");
            assertThat(back.resolve("empty")).exists();
        }
    }

    @Test
    void tnftpPutsAndGetsPassiveAndActive() throws Exception {
        var server = Served.shared();
        var ann = server.account();
        var file = Files.writeString(folder.resolve("parcel"), "from tnftp\n".repeat(1000));
        for (var mode : new String[] {"passive on", "passive off"}) {
            var back = folder.resolve("back-" + mode.replace(' ', '-'));
            Peer.of("tnftp", "-n", "-v")
                    .hears(
                            """
                            open 127.0.0.1 %d
                            user %s %s
                            %s
                            binary
                            put %s parcel
                            ls
                            get parcel %s
                            quit
                            """
                                    .formatted(
                                            server.port(21),
                                            ann,
                                            Served.PASSWORD,
                                            mode,
                                            file,
                                            back))
                    .where("HOME", folder)
                    .run()
                    .says("226");
            assertThat(back).hasSameTextualContentAs(file);
        }
    }

    /// TRAPS F22: names that other servers change or refuse.
    @Test
    void f22LftpMirrorsATreeOfHostileNames() throws Exception { // TRAPS F22
        var server = Served.shared();
        var source = folder.resolve("hostile");
        var inner = Files.createDirectories(source.resolve("[dir] *")).resolve("inner");
        Files.writeString(inner, "inner\n");
        for (var name :
                List.of(
                        " lead",
                        "trail ",
                        "*?[]",
                        "a|b",
                        "q\"q",
                        "back\\slash",
                        "a:b",
                        "<>",
                        "tab\there",
                        "CON",
                        "dots...",
                        "u\u0308",
                        "\u00fc",
                        "\u65e5\u672c",
                        "x".repeat(255),
                        "-al",
                        "~",
                        "#hash",
                        "%41",
                        "$(x)",
                        "type=i; y"))
            Files.writeString(source.resolve(name), "content of " + name + "\n");
        var back = folder.resolve("hostile-back");
        Peer.of(
                        "lftp",
                        "-c",
                        """
                        set ftp:ssl-allow false; set net:max-retries 1; set net:timeout 20;
                        open -u %s,%s ftp://127.0.0.1:%d;
                        mirror -R %s far; mirror -P 4 far %s
                        """
                                .formatted(
                                        server.account(),
                                        Served.PASSWORD,
                                        server.port(21),
                                        source,
                                        back))
                .run()
                .succeeded();
        Peer.of("diff", "-r", source, back).run().succeeded();
    }

    @Test
    void wgetFetchesATree() throws Exception {
        var server = Served.shared();
        var ann = server.account();
        var source = Files.createDirectories(folder.resolve("w/inner"));
        Files.writeString(source.resolve("parcel"), "for wget\n");
        Peer.of(
                        "lftp",
                        "-c",
                        "set ftp:ssl-allow false; open -u %s,%s ftp://127.0.0.1:%d; mirror -R %s w"
                                .formatted(
                                        ann, Served.PASSWORD, server.port(21), source.getParent()))
                .run()
                .succeeded();
        Peer.of(
                        "wget",
                        "-q",
                        "-r",
                        "-nH",
                        "-P",
                        folder.resolve("fetched"),
                        "--user=" + ann,
                        "--password=" + Served.PASSWORD,
                        "ftp://127.0.0.1:" + server.port(21) + "/w/")
                .run()
                .succeeded();
        assertThat(folder.resolve("fetched/w/inner/parcel")).hasContent("for wget\n");
    }

    @Test
    void netFtpOfPerl() throws Exception {
        var server = Served.shared();
        Peer.of(
                        "perl",
                        "src/test/perl/netftp.pl",
                        Integer.toString(server.port(21)),
                        server.account(),
                        Served.PASSWORD)
                .run()
                .succeeded()
                .says("all is well");
    }
}
