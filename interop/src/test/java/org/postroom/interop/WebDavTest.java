package org.postroom.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Pattern;

/// Files by WebDAV, with other people's clients; and the same files by FTP.
final class WebDavTest {

    /// Names that a client has to encode, or a server to understand.
    private static final List<String> NAMES =
            List.of(
                    "plain",
                    " lead and trail ",
                    "per%20cent%",
                    "qu?ry#fragment",
                    "a&b;c=d,e+f",
                    "\"quotes\" 'and' <tags>",
                    "[brackets]{braces}|^`~",
                    "back\\slash",
                    "gr\u00fc\u00dfe",
                    "gru\u0308\u00dfe",
                    "\u65e5\u672c\u8a9e \ud83d\ude00",
                    "...",
                    "-rf");

    @TempDir Path folder;

    private static String files(Served server) {
        return "http://127.0.0.1:" + server.port(80) + "/files/";
    }

    private static Peer curl(String account, Object... more) {
        return Peer.of("curl", "-sS", "--user", account + ":" + Served.PASSWORD).with(more);
    }

    /// The suite that servers of WebDAV are tested by: methods, copies and moves, properties, locks.
    @Test
    void litmusPassesWhole() throws Exception {
        Peer.require("litmus");
        var server = Served.shared();
        var result =
                Peer.of("sh", "-c", "cd \"$0\" && exec litmus -k \"$@\"", folder)
                        .with(files(server), server.account(), Served.PASSWORD)
                        .run()
                        .succeeded();
        var summaries =
                Pattern.compile("of (\\d+) tests run: (\\d+) passed, 0 failed\\. 100\\.0%")
                        .matcher(result.output());
        assertThat(summaries.results().count()).as(result.output()).isEqualTo(5);
        assertThat(result.output()).doesNotContain("FAIL", "WARNING");
    }

    @Test
    void cadaverHasItsWholeDay() throws Exception {
        var server = Served.shared();
        var ann = server.account();
        Files.writeString(
                folder.resolve(".netrc"),
                "machine 127.0.0.1 login %s password %s\n".formatted(ann, Served.PASSWORD));
        var file = Files.writeString(folder.resolve("letter"), "by cadaver");
        var back = folder.resolve("back");
        String commands =
                """
                mkcol d
                cd d
                put %s letter
                propset letter colour green
                propget letter colour
                lock letter
                discover letter
                put %s letter
                copy letter other
                move other third
                ls
                get third %s
                unlock letter
                delete third
                cd ..
                ls
                rmcol d
                quit
                """
                        .formatted(file, file, back);
        Peer.of("cadaver", files(server))
                .where("HOME", folder)
                .hears(commands)
                .run()
                .succeeded()
                .says("green", "third", "Coll:   d")
                .says("Locking `letter': succeeded")
                .says("Moving `/files/d/other' to `/files/d/third':  succeeded")
                .says("Unlocking `letter': succeeded")
                .says("Deleting collection `d': succeeded");
        assertThat(back).hasContent("by cadaver");
    }

    @Test
    void rcloneSynchronisesNamesOfEveryKind() throws Exception {
        var server = Served.shared();
        var ann = server.account();
        var tree = folder.resolve("tree");
        Files.createDirectories(tree.resolve("d & e/f"));
        for (var name : NAMES) {
            Files.writeString(tree.resolve(name), name);
            Files.writeString(tree.resolve("d & e/f").resolve(name), "below " + name);
        }
        rclone(server, ann, "sync", tree, ":webdav:up").succeeded();
        rclone(server, ann, "check", "--download", tree, ":webdav:up")
                .succeeded()
                .says("0 differences found");
        Files.delete(tree.resolve("plain"));
        Files.writeString(tree.resolve("d & e/new"), "new");
        rclone(server, ann, "sync", tree, ":webdav:up").succeeded();
        var back = folder.resolve("back");
        rclone(server, ann, "sync", ":webdav:up", back).succeeded();
        rclone(server, ann, "check", "--download", back, ":webdav:up").succeeded();
        for (var name : NAMES.subList(1, NAMES.size()))
            assertThat(back.resolve("d & e/f").resolve(name)).hasContent("below " + name);
        assertThat(back.resolve("plain")).doesNotExist();
        rclone(server, ann, "moveto", ":webdav:up/d & e", ":webdav:up/moved").succeeded();
        rclone(server, ann, "purge", ":webdav:up").succeeded();
        rclone(server, ann, "about", ":webdav:").says("Used:");
    }

    private Peer.Result rclone(Served server, String account, Object... arguments)
            throws IOException, InterruptedException {
        String secret = Peer.of("rclone", "obscure", Served.PASSWORD).run().succeeded().output();
        return Peer.of("rclone", "--config", folder.resolve("rclone.conf"), "--retries", 1)
                .with("--webdav-url", files(server), "--webdav-user", account)
                .with("--webdav-pass", secret.strip(), "--no-unicode-normalization")
                .with(arguments)
                .run();
    }

    @Test
    void aFileIsTheSameByFtpAndHttp() throws Exception {
        var server = Served.shared();
        var ann = server.account();
        var one = Files.writeString(folder.resolve("one"), "by ftp");
        var other = Files.writeString(folder.resolve("other"), "by http");
        String ftp = "ftp://127.0.0.1:" + server.port(21) + "/";
        curl(ann, "-T", one, ftp + "parcel").run().succeeded();
        curl(ann, files(server) + "parcel").run().succeeded().says("by ftp");
        curl(ann, "-T", other, files(server) + "parcel").run().succeeded();
        curl(ann, ftp + "parcel").run().succeeded().says("by http");
        String secure = "https://127.0.0.1:" + server.port(443) + "/files/";
        curl(ann, "-k", "--http2", "-f", "-X", "COPY", "-H", "Destination: " + secure + "copy")
                .with(secure + "parcel")
                .run()
                .succeeded();
        curl(ann, "-k", ftp + "copy").run().succeeded().says("by http");
    }

    @Test
    void aLockByWebDavStopsFtp() throws Exception {
        var server = Served.shared();
        var ann = server.account();
        var file = Files.writeString(folder.resolve("file"), "first");
        String ftp = "ftp://127.0.0.1:" + server.port(21) + "/";
        curl(ann, "-T", file, files(server) + "parcel").run().succeeded();
        var taken =
                curl(ann, "-i", "-X", "LOCK", files(server) + "parcel", "-d")
                        .with(
                                "<lockinfo xmlns='DAV:'><lockscope><exclusive/></lockscope>"
                                        + "<locktype><write/></locktype></lockinfo>")
                        .run()
                        .succeeded();
        var token = Pattern.compile("(?i)Lock-Token: (\\S+)").matcher(taken.output());
        assertThat(token.find()).as(taken.output()).isTrue();
        var stored = curl(ann, "-v", "-T", file, ftp + "parcel").run();
        assertThat(stored.exit()).isNotZero();
        stored.says("450 Somebody has a lock on it");
        for (var quote : new String[] {"DELE parcel", "MFMT 19991231235959 parcel"})
            assertThat(curl(ann, "-v", ftp, "-Q", quote).run().output()).contains("< 450 ");
        assertThat(curl(ann, "-v", ftp, "-Q", "RNFR parcel", "-Q", "RNTO x").run().output())
                .contains("< 450 ");
        curl(ann, ftp + "parcel").run().succeeded().says("first");
        curl(ann, "-f", "-X", "UNLOCK", "-H", "Lock-Token: " + token.group(1))
                .with(files(server) + "parcel")
                .run()
                .succeeded();
        curl(ann, "-T", file, ftp + "parcel").run().succeeded();
    }

    @Test
    void davfsShowsThemAsFilesOfTheSystem() throws Exception {
        Peer.require("mount.davfs");
        var server = Served.shared();
        var ann = server.account();
        var place = Files.createDirectories(folder.resolve("place"));
        var cache = Files.createDirectories(folder.resolve("cache"));
        // it gives up root's rights, and wants its secrets to be the owner's alone
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
        var secrets =
                Files.writeString(
                        folder.resolve("secrets"),
                        "%s %s %s\n".formatted(files(server), ann, Served.PASSWORD));
        Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rw-------"));
        var settings =
                Files.writeString(
                        folder.resolve("davfs2.conf"),
                        "secrets %s\ncache_dir %s\ndelay_upload 0\n".formatted(secrets, cache));
        var mounted =
                Peer.of("mount", "-t", "davfs", "-o", "conf=" + settings, files(server), place)
                        .run();
        assumeTrue(mounted.exit() == 0, mounted.output());
        try {
            Files.writeString(place.resolve("letter"), "by davfs2");
            Files.createDirectory(place.resolve("d"));
            Files.move(place.resolve("letter"), place.resolve("d/letter"));
            assertThat(place.resolve("d/letter")).hasContent("by davfs2");
        } finally {
            Peer.of("umount", place).run();
        }
        curl(ann, files(server) + "d/letter").run().succeeded().says("by davfs2");
    }
}
