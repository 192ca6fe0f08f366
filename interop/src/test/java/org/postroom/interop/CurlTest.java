package org.postroom.interop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/// curl, over all four protocols.
final class CurlTest {

    @TempDir Path folder;

    private static Peer curl(String account) {
        return Peer.of("curl", "-sS", "-k", "--user", account + ":" + Served.PASSWORD);
    }

    @Test
    void smtpPop3AndImap() throws Exception {
        var server = Served.shared();
        var ann = server.account();
        var letter =
                Files.writeString(
                        folder.resolve("letter"), "Subject: curl\r\n\r\n.dotted\r\nby curl\r\n");
        curl(ann)
                .with(
                        "--ssl-reqd",
                        "smtp://127.0.0.1:" + server.port(587),
                        "--mail-from",
                        ann,
                        "--mail-rcpt",
                        ann,
                        "-T",
                        letter)
                .run()
                .succeeded();
        curl(ann).with("pop3://127.0.0.1:" + server.port(110) + "/").run().succeeded().says("1 ");
        curl(ann)
                .with("--ssl-reqd", "pop3://127.0.0.1:" + server.port(110) + "/1")
                .run()
                .succeeded()
                .says("\r\n.dotted\r\nby curl");
        curl(ann)
                .with("pop3s://127.0.0.1:" + server.port(995) + "/1")
                .run()
                .succeeded()
                .says("by curl");
        curl(ann)
                .with("imap://127.0.0.1:" + server.port(143) + "/INBOX;MAILINDEX=1")
                .run()
                .succeeded()
                .says("by curl");
        curl(ann)
                .with("imaps://127.0.0.1:" + server.port(993) + "/INBOX?SUBJECT%20curl")
                .run()
                .succeeded()
                .says("* SEARCH 1");
        curl(ann)
                .with("imap://127.0.0.1:" + server.port(143))
                .run()
                .succeeded()
                .says("INBOX", "Sent");
        curl(ann)
                .with("imap://127.0.0.1:" + server.port(143) + "/Drafts", "-T", letter)
                .run()
                .succeeded();
        assertThat(Letters.newest(server, ann, "Drafts")).contains("by curl");
    }

    @Test
    void aFileGoesAndComesBackByEachWay() throws Exception {
        var server = Served.shared();
        var ann = server.account();
        var octets = new byte[3_000_000];
        new Random(7).nextBytes(octets);
        var file = Files.write(folder.resolve("parcel"), octets);
        var back = folder.resolve("back");
        String plain = "ftp://127.0.0.1:" + server.port(21) + "/a/parcel";
        for (var way :
                new String[][] {
                    {plain},
                    {"--disable-epsv", plain},
                    {"-P", "127.0.0.1", plain},
                    {"--disable-eprt", "-P", "127.0.0.1", plain},
                    {"--ssl-reqd", plain},
                    {"ftps://127.0.0.1:" + server.port(990) + "/a/parcel"}
                }) {
            curl(ann).with((Object[]) way).with("--ftp-create-dirs", "-T", file).run().succeeded();
            curl(ann).with((Object[]) way).with("-o", back).run().succeeded();
            assertThat(Files.mismatch(file, back)).as(String.join(" ", way)).isEqualTo(-1);
        }
        curl(ann)
                .with("ftp://127.0.0.1:" + server.port(21) + "/a/")
                .run()
                .succeeded()
                .says("parcel", "3000000");
        curl(ann).with("-r", "1000-1999", plain, "-o", back).run().succeeded();
        assertThat(Files.readAllBytes(back))
                .isEqualTo(java.util.Arrays.copyOfRange(octets, 1000, 2000));
    }
}
