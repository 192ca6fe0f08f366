package org.postroom.interop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;

/// Cyrus's master and its IMAP server on a port of 127.0.0.1. Whoever signs in as `cyrus` is its
/// administrator, with any password.
final class Cyrus implements AutoCloseable {

    private final Path folder;
    private final int port;
    private final Process master;

    private Cyrus(Path folder, int port, Process master) {
        this.folder = folder;
        this.port = port;
        this.master = master;
    }

    static Cyrus start() throws IOException, InterruptedException {
        var packages =
                Unpacked.of(
                        "cyrus",
                        "cyrus-imapd",
                        "cyrus-common",
                        "libical3",
                        "libpcre3",
                        "libwrap0",
                        "libxapian30",
                        "libicu72",
                        "libjansson4",
                        "libpq5",
                        "libzephyr4",
                        "libclamav12");
        var folder = Files.createTempDirectory("cyrus");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        boolean root = Peer.of("id", "-u").run().succeeded().output().strip().equals("0");
        String user = root ? "nobody" : System.getProperty("user.name");
        String group = Peer.of("id", "-gn", user).run().succeeded().output().strip();
        for (var name :
                new String[] {"conf/socket", "conf/db", "conf/log", "proc", "lock", "spool"})
            Files.createDirectories(folder.resolve(name));
        int port = freePort();
        var binaries = packages.folder.resolve("usr/lib/cyrus/bin");
        Files.writeString(
                folder.resolve("imapd.conf"),
                """
                configdirectory: %1$s/conf
                proc_path: %1$s/proc
                mboxname_lockpath: %1$s/lock
                defaultpartition: default
                partition-default: %1$s/spool
                cyrus_user: %2$s
                cyrus_group: %3$s
                admins: cyrus
                allowplaintext: yes
                sasl_pwcheck_method: alwaystrue
                sasl_mech_list: PLAIN
                unixhierarchysep: yes
                """
                        .formatted(folder, user, group));
        Files.writeString(
                folder.resolve("cyrus.conf"),
                """
                START {
                }
                SERVICES {
                  imap cmd="%s/imapd -C %s/imapd.conf" listen="127.0.0.1:%d" prefork=1
                }
                EVENTS {
                }
                """
                        .formatted(binaries, folder, port));
        if (root) Peer.of("chown", "-R", user + ":" + group, folder).run().succeeded();
        var builder =
                new ProcessBuilder(
                                binaries.resolve("master").toString(),
                                "-D",
                                "-C",
                                folder.resolve("imapd.conf").toString(),
                                "-M",
                                folder.resolve("cyrus.conf").toString(),
                                "-p",
                                folder.resolve("pid").toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("out").toFile());
        builder.environment()
                .put(
                        "LD_LIBRARY_PATH",
                        packages.libraries("usr/lib/x86_64-linux-gnu", "lib/x86_64-linux-gnu"));
        var cyrus = new Cyrus(folder, port, builder.start());
        for (int i = 0; i < 200 && !cyrus.answers(); i++) {
            if (!cyrus.master.isAlive())
                throw new AssertionError(Files.readString(folder.resolve("out")));
            Thread.sleep(50);
        }
        return cyrus;
    }

    int port() {
        return port;
    }

    private boolean answers() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.getInputStream().read() == '*';
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            var children = master.descendants().toList();
            master.destroy();
            if (!master.waitFor(20, TimeUnit.SECONDS)) master.destroyForcibly();
            children.forEach(ProcessHandle::destroy);
            for (var child : children) child.onExit().get(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException
                | java.util.concurrent.TimeoutException e) {
            throw new IOException(e);
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
