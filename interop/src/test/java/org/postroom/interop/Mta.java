package org.postroom.interop;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Another mail transfer agent: it has one domain, and sends all letters for it on to one account of
/// ours, over TLS both ways. It runs from its unpacked packages, by configuration that lies in
/// `src/test/mta`, with users that the system does not have, which takes root.
final class Mta implements AutoCloseable {

    private static final Path FILES = Path.of("src", "test", "mta");
    private static final List<String> USERS =
            List.of("postfix", "postdrop", "Debian-exim", "smmta", "smmsp");
    private static final int FIRST_USER = 9_001;

    final String domain;
    final int port;
    private final Path folder;
    private final Served server;
    private final String account;
    private final List<Process> running = new ArrayList<>();
    private List<String> command = List.of();
    private String libraries = "";

    private Mta(String name, Served server, String account)
            throws IOException, InterruptedException {
        assumeTrue("root".equals(System.getProperty("user.name")), "it needs users of its own");
        this.domain = name + ".test";
        this.server = server;
        this.account = account;
        this.port = free();
        // sendmail trusts no key below a folder that anybody may write to
        var peers = Files.createDirectories(Path.of("target", "peers").toAbsolutePath());
        this.folder = Files.createTempDirectory(peers, name);
        Peer.of("chmod", "755", folder).run().succeeded();
        Peer.of("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30")
                .with("-subj", "/CN=" + domain, "-keyout", folder.resolve("key.pem"))
                .with("-out", folder.resolve("certificate.pem"))
                .run()
                .succeeded();
        names();
    }

    private void names() throws IOException {
        var passwd = new StringBuilder(Files.readString(Path.of("/etc/passwd")));
        var group = new StringBuilder(Files.readString(Path.of("/etc/group")));
        for (var user : USERS) {
            int number = number(user);
            passwd.append("%s:x:%d:%d::/nonexistent:/bin/false\n".formatted(user, number, number));
            group.append("%s:x:%d:\n".formatted(user, number));
        }
        var host = InetAddress.getLocalHost().getHostName();
        Files.writeString(folder.resolve("passwd"), passwd);
        Files.writeString(folder.resolve("group"), group);
        Files.writeString(
                folder.resolve("hosts"),
                "127.0.0.1 localhost\n127.0.0.1 %s.%s %s\n".formatted(host, domain, host));
    }

    private static int number(String user) {
        return FIRST_USER + USERS.indexOf(user);
    }

    static Mta postfix(Served server, String account) throws IOException, InterruptedException {
        var mta = new Mta("postfix", server, account);
        var packages = Unpacked.of("postfix", "postfix");
        mta.write("main.cf", "main.cf", packages);
        mta.write("master.cf", "master.cf", packages);
        for (var name :
                "active bounce corrupt defer deferred flush hold incoming maildrop private public saved trace"
                        .split(" ", -1)) mta.owned("queue/" + name, "postfix");
        mta.owned("queue/pid", "root");
        mta.owned("data", "postfix");
        mta.libraries = packages.libraries("usr/lib/postfix");
        mta.command =
                List.of(
                        packages.folder.resolve("usr/lib/postfix/sbin/master").toString(),
                        "-d",
                        "-c",
                        mta.folder.toString());
        return mta;
    }

    static Mta exim(Served server, String account) throws IOException, InterruptedException {
        var mta = new Mta("exim", server, account);
        var packages = Unpacked.of("exim", "exim4-base", "exim4-daemon-light");
        mta.write("exim.conf", "exim.conf", packages);
        mta.owned("spool", "Debian-exim");
        Peer.of("chown", number("Debian-exim"), mta.folder.resolve("key.pem")).run().succeeded();
        mta.command =
                List.of(
                        packages.folder.resolve("usr/sbin/exim4").toString(),
                        "-C",
                        mta.folder.resolve("exim.conf").toString(),
                        "-bdf",
                        "-q1m");
        return mta;
    }

    static Mta sendmail(Served server, String account) throws IOException, InterruptedException {
        var mta = new Mta("sendmail", server, account);
        var packages =
                Unpacked.of(
                        "sendmail",
                        "sendmail-bin",
                        "sendmail-cf",
                        "m4",
                        "libwrap0",
                        "liblockfile1");
        mta.write("sendmail.mc", "sendmail.mc", packages);
        var cf =
                Peer.of(
                                "sh",
                                "-c",
                                "\"$0\" \"$@\" 2>/dev/null",
                                packages.folder.resolve("usr/bin/m4"),
                                "-D_CF_DIR_=" + packages.folder + "/usr/share/sendmail/cf/",
                                mta.folder.resolve("sendmail.mc"))
                        .run()
                        .succeeded();
        Files.writeString(mta.folder.resolve("sendmail.cf"), cf.output());
        mta.owned("spool", "root");
        Peer.of("chmod", "700", mta.folder.resolve("spool")).run().succeeded();
        var program = packages.folder.resolve("usr/libexec/sendmail/sendmail");
        Peer.of("chmod", "755", program).run().succeeded(); // as it is, it would find no library
        mta.libraries = packages.libraries("usr/lib/x86_64-linux-gnu");
        mta.command =
                List.of(
                        program.toString(),
                        "-bD",
                        "-q1m",
                        "-C",
                        mta.folder.resolve("sendmail.cf").toString(),
                        "-X",
                        mta.folder.resolve("traffic").toString());
        return mta;
    }

    private void write(String from, String to, Unpacked packages) throws IOException {
        int at = account.indexOf('@');
        Files.writeString(
                folder.resolve(to),
                Files.readString(FILES.resolve(from))
                        .replace("@PACKAGES@", packages.folder.toString())
                        .replace("@FOLDER@", folder.toString())
                        .replace("@DOMAIN@", domain)
                        .replace("@PORT@", Integer.toString(port))
                        .replace("@OURS@", Integer.toString(server.port(25)))
                        .replace("@ACCOUNT@", account)
                        .replace("@LOCAL@", account.substring(0, at))
                        .replace("@THEIRS@", account.substring(at + 1)));
    }

    private void owned(String name, String user) throws IOException, InterruptedException {
        var made = Files.createDirectories(folder.resolve(name));
        int number = user.equals("root") ? 0 : number(user);
        Peer.of("chown", number + ":" + number, made).run().succeeded();
    }

    /// Starts it, and returns once it greets.
    void start() throws IOException, InterruptedException {
        var all =
                new ArrayList<>(
                        List.of(
                                "unshare",
                                "--mount",
                                "sh",
                                FILES.resolve("inside.sh").toAbsolutePath().toString(),
                                folder.toString()));
        all.addAll(command);
        var builder =
                new ProcessBuilder(all)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("output").toFile());
        if (!libraries.isEmpty()) builder.environment().put("LD_LIBRARY_PATH", libraries);
        var process = builder.start();
        running.add(process);
        for (int i = 0; i < 600 && !isListening(); i++) {
            if (!process.isAlive()) throw new AssertionError(told("output"));
            Thread.sleep(50);
        }
    }

    private boolean isListening() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /// What a file of its says.
    String told(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    static int free() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            for (var process : running) {
                var all = process.descendants().toList();
                process.destroy();
                if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly();
                all.forEach(ProcessHandle::destroyForcibly);
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList())
                Files.deleteIfExists(file);
        }
    }
}
