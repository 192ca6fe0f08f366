package org.postroom.interop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// `./postroom ftp` as a person and a script use it: at our server and at four others', in the clear and under
/// TLS, through a pseudo-terminal.
final class FileAgentTest {

    @TempDir Path folder;

    private Peer ftp(String... words) {
        var command = Served.command(List.of(), "ftp");
        var all = new ArrayList<>(command.subList(1, command.size()));
        all.addAll(List.of(words));
        return Peer.of(command.getFirst(), all.toArray())
                .where("XDG_CONFIG_HOME", folder.resolve("conf"))
                .where("NETRC", folder.resolve("none"))
                .where("TERM", "dumb");
    }

    /// With what lets one in.
    private static String[] in(String... words) {
        var all = new ArrayList<>(List.of(words));
        all.addAll(
                List.of(
                        "--insecure",
                        "--timeout",
                        "20",
                        "--password-command",
                        "echo " + Served.PASSWORD));
        return all.toArray(String[]::new);
    }

    private static String url(Served server, String user, String path) {
        return "ftp://" + user.replace("@", "%40") + "@127.0.0.1:" + server.port(21) + "/" + path;
    }

    private byte[] octets(Path file, int length) throws IOException {
        var octets = new byte[length];
        new Random(length).nextBytes(octets);
        Files.write(file, octets);
        return octets;
    }

    @Test
    void scriptsPutListGetAndRemove() throws Exception {
        var server = Served.shared();
        String ann = server.account();
        var file = folder.resolve("a file – ☃");
        octets(file, 300_000);
        ftp(in("mkdir", url(server, ann, "dir"))).run().succeeded();
        ftp(in("put", file.toString(), url(server, ann, "dir/"))).run().succeeded();
        ftp(in("ls", "--json", url(server, ann, "dir")))
                .run()
                .succeeded()
                .says("\"name\":\"a file – ☃\"", "\"size\":300000", "\"type\":\"file\"");
        var back = folder.resolve("back");
        ftp(in(
                        "get",
                        "--verify",
                        "--segments",
                        "1",
                        url(server, ann, "dir/a%20file%20%E2%80%93%20%E2%98%83"),
                        back + "/"))
                .run()
                .succeeded();
        assertThat(back.resolve("a file – ☃")).hasSameBinaryContentAs(file);
        ftp(in("du", url(server, ann, ""))).run().succeeded().says("300000 octets");
        assertThat(ftp(in("get", url(server, ann, "none"), back.toString())).run().exit())
                .isEqualTo(65);
        assertThat(ftp("get", "ftp://x/%0d%0aDELE").run().exit()).isEqualTo(64);
        assertThat(ftp("ls", "--timeout", "5", "ftp://127.0.0.1:1/").run().exit()).isEqualTo(69);
        ftp(in("rm", "--recursive", url(server, ann, "dir"))).run().succeeded();
        assertThat(ftp(in("ls", url(server, ann, ""))).run().succeeded().output()).isBlank();
    }

    /// TRAPS F22: names that other systems and servers change or refuse.
    @Test
    void f22HostileNamesAreMirroredThereAndBack() throws Exception { // TRAPS F22
        var server = Served.shared();
        String ann = server.account();
        var source = Files.createDirectories(folder.resolve("names/[dir] *"));
        Files.createDirectories(source.resolve("inner"));
        for (var name :
                List.of(
                        " lead",
                        "trail ",
                        "*?[]",
                        "a|b",
                        "|id",
                        "q\"q",
                        "back\\slash",
                        "a:b",
                        "CON",
                        "dots...",
                        "u\u0308",
                        "\u00fc",
                        "x".repeat(255),
                        "-al",
                        "~",
                        "%41",
                        "tab\there",
                        "$(x)",
                        "␛")) Files.writeString(source.resolve(name), "content of " + name + "\n");
        var back = folder.resolve("back");
        ftp(in("mirror", source.toString(), url(server, ann, "far"))).run().succeeded();
        ftp(in("mirror", "--parallel", "4", url(server, ann, "far"), back.toString()))
                .run()
                .succeeded();
        Peer.of("diff", "-r", source, back).run().succeeded();
        Files.delete(source.resolve("CON"));
        Files.writeString(back.resolve("more"), "more\n");
        ftp(in("mirror", "--delete", source.toString(), url(server, ann, "far"))).run().succeeded();
        ftp(in("mirror", "--delete", url(server, ann, "far"), back.toString())).run().succeeded();
        Peer.of("diff", "-r", source, back).run().succeeded();
    }

    /// What is asked of any server, by a person at a terminal: the screen says what came of it.
    private void tour(String url) throws Exception {
        Peer.require("expect");
        Files.createDirectories(folder.resolve("tour"));
        octets(folder.resolve("tour/one"), 3_000_000);
        octets(folder.resolve("tour/two.bin"), 1_000);
        Files.writeString(folder.resolve("tour/text"), "line\nline\n");
        var words =
                new ArrayList<>(Served.command(List.of("-Dorg.jline.terminal.dumb=false"), "ftp"));
        words.addAll(List.of("--timeout", "20", url));
        var lines = new StringBuilder();
        int step = 0;
        for (var command :
                List.of(
                        "lcd tour",
                        "mkdir dir",
                        "cd dir",
                        "put one",
                        "put two.bin second",
                        "ls",
                        "get one back",
                        "get --segments 2 one pieces",
                        "size one",
                        "append two.bin second",
                        "size second",
                        "ascii",
                        "put text",
                        "get text text.back",
                        "binary",
                        "active",
                        "get second again",
                        "passive on",
                        "epsv off",
                        "mget *o*",
                        "rename one uno",
                        "reget uno back",
                        "find",
                        "cat text",
                        "quote NOOP",
                        "cd ..",
                        "rm -r dir")) {
            step++;
            lines.append("send -- {").append(command).append("}\nsend \"\\r\"\n");
            if (command.startsWith("rm")) lines.append("expect \"(y/n)\"\nsend \"y\"\n");
            // what the shell makes of it was not typed
            lines.append("send -- {!echo step$((%d+1000))}\nsend \"\\r\"\n".formatted(step));
            lines.append("expect \"step%d\"\n".formatted(1000 + step));
        }
        var script =
                """
                set timeout 50
                set stty_init "rows 24 columns 200"
                spawn %s
                expect {
                    "(y/n)" { send "y"; exp_continue }
                    "Password for" { send "%s\\r"; exp_continue }
                    -re "127.0.0.1.*> " {}
                    timeout { exit 90 }
                    eof { exit 91 }
                }
                %s
                send "bye\\r"
                expect eof
                lassign [wait] pid spawnid os code
                exit $code
                """
                        .formatted(String.join(" ", words), Served.PASSWORD, lines);
        Files.writeString(folder.resolve("person.exp"), script);
        var result =
                Peer.of("sh", "-c", "cd \"$0\" && exec expect person.exp", folder)
                        .where("XDG_CONFIG_HOME", folder.resolve("conf"))
                        .where("NETRC", folder.resolve("none"))
                        .where("TERM", "xterm")
                        .where("NO_COLOR", "1")
                        .run()
                        .succeeded();
        result.says("3000000", "2000  second");
        var tour = folder.resolve("tour");
        assertThat(tour.resolve("back")).hasSameBinaryContentAs(tour.resolve("one"));
        assertThat(tour.resolve("pieces")).hasSameBinaryContentAs(tour.resolve("one"));
        assertThat(tour.resolve("text.back")).hasContent("line\nline\n");
        assertThat(Files.size(tour.resolve("again"))).isEqualTo(2_000);
        assertThat(Files.size(tour.resolve("second"))).isEqualTo(2_000);
    }

    @Test
    void ourServerIsToured() throws Exception {
        var server = Served.shared();
        tour(url(server, server.account(), ""));
    }

    @Test
    void vsftpdIsToured() throws Exception {
        for (boolean tls : new boolean[] {false, true})
            try (var peer = FtpPeer.vsftpd(folder("vsftpd", tls), tls)) {
                tour(peer.url());
            }
    }

    @Test
    void proftpdIsToured() throws Exception {
        for (boolean tls : new boolean[] {false, true})
            try (var peer = FtpPeer.proftpd(folder("proftpd", tls), tls)) {
                tour(peer.url());
            }
    }

    @Test
    void pureFtpdIsToured() throws Exception {
        for (boolean tls : new boolean[] {false, true})
            try (var peer = FtpPeer.pureFtpd(folder("pureftpd", tls), tls)) {
                tour(peer.url());
            }
    }

    @Test
    void pyftpdlibIsToured() throws Exception {
        for (boolean tls : new boolean[] {false, true})
            try (var peer = FtpPeer.pyftpdlib(folder("pyftpdlib", tls), tls)) {
                tour(peer.url());
            }
    }

    private Path folder(String name, boolean tls) throws IOException {
        return Files.createDirectories(folder.resolve(name + tls));
    }
}
