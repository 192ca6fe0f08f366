package org.postroom.interop;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Somebody else's FTP server, unpacked from Debian's packages, with one person (ann, or a guest who may
/// write). They change their user, which takes root.
final class FtpPeer implements AutoCloseable {

    private static final String LIBRARIES =
            "usr/lib/x86_64-linux-gnu:lib/x86_64-linux-gnu:usr/lib/aarch64-linux-gnu";

    private final Process process;
    private final int port;
    private final String user;
    private final Path log;

    private FtpPeer(Process process, int port, String user, Path log) throws Exception {
        this.process = process;
        this.port = port;
        this.user = user;
        this.log = log;
        for (int i = 0; i < 200 && !answers(); i++) {
            if (!process.isAlive()) throw new AssertionError(Files.readString(log));
            Thread.sleep(50);
        }
    }

    String url() {
        return "ftp://" + user + "127.0.0.1:" + port + "/";
    }

    static FtpPeer vsftpd(Path folder, boolean tls) throws Exception {
        var peer = unpacked("vsftpd", "vsftpd", "libwrap0");
        var files = files(folder, "root");
        var keys = keys(folder);
        int port = free();
        var settings =
                Files.writeString(
                        folder.resolve("vsftpd.conf"),
                        """
                        listen=YES
                        listen_ipv6=NO
                        background=NO
                        run_as_launching_user=YES
                        listen_address=127.0.0.1
                        listen_port=%d
                        anonymous_enable=YES
                        anon_root=%s
                        no_anon_password=YES
                        allow_writeable_chroot=YES
                        write_enable=YES
                        anon_upload_enable=YES
                        anon_mkdir_write_enable=YES
                        anon_other_write_enable=YES
                        anon_umask=022
                        anon_world_readable_only=NO
                        secure_chroot_dir=%s
                        ftp_username=root
                        seccomp_sandbox=NO
                        connect_from_port_20=NO
                        ssl_enable=%s
                        allow_anon_ssl=YES
                        require_ssl_reuse=YES
                        ssl_ciphers=HIGH
                        rsa_cert_file=%s
                        rsa_private_key_file=%s
                        """
                                .formatted(port, files, files, tls ? "YES" : "NO", keys, keys));
        return start(peer, folder, port, "", "usr/sbin/vsftpd", settings.toString());
    }

    static FtpPeer proftpd(Path folder, boolean tls) throws Exception {
        var peer =
                unpacked(
                        "proftpd",
                        "proftpd-core",
                        "proftpd-mod-crypto",
                        "libhiredis0.14",
                        "libmemcached11",
                        "libmemcachedutil2",
                        "libhashkit2",
                        "libpcre2-posix3");
        var files = files(folder, "root");
        var keys = keys(folder);
        int port = free();
        String hash =
                Peer.of("openssl", "passwd", "-6", Served.PASSWORD).run().succeeded().output();
        var people =
                Files.writeString(
                        folder.resolve("people"),
                        "ann:" + hash.strip() + ":0:0::" + files + ":/bin/sh\n");
        Files.setPosixFilePermissions(people, PosixFilePermissions.fromString("rw-------"));
        var settings =
                Files.writeString(
                        folder.resolve("proftpd.conf"),
                        """
                        ModulePath %s
                        LoadModule mod_tls.c
                        ServerName peer
                        ServerType standalone
                        DefaultAddress 127.0.0.1
                        SocketBindTight on
                        Port %d
                        UseIPv6 off
                        UseReverseDNS off
                        User root
                        Group root
                        RootLogin on
                        RequireValidShell off
                        AuthOrder mod_auth_file.c
                        AuthUserFile %s
                        AllowOverwrite on
                        AllowStoreRestart on
                        DefaultRoot %s
                        WtmpLog off
                        TransferLog NONE
                        SystemLog %s
                        PidFile %s
                        ScoreboardFile %s
                        TLSEngine %s
                        TLSRSACertificateFile %s
                        TLSRSACertificateKeyFile %s
                        """
                                .formatted(
                                        peer.folder.resolve("usr/lib/proftpd"),
                                        port,
                                        people,
                                        files,
                                        folder.resolve("system.log"),
                                        folder.resolve("pid"),
                                        folder.resolve("scoreboard"),
                                        tls ? "on" : "off",
                                        keys,
                                        keys));
        return start(
                peer,
                folder,
                port,
                "ann@",
                "usr/sbin/proftpd",
                "-n",
                "-q",
                "-c",
                settings.toString());
    }

    static FtpPeer pureFtpd(Path folder, boolean tls) throws Exception {
        var peer = unpacked("pure-ftpd", "pure-ftpd", "pure-ftpd-common");
        var files = files(folder, "daemon");
        var keys = keys(folder);
        int port = free();
        var people = folder.resolve("people");
        String pw = peer.folder.resolve("usr/bin/pure-pw").toString();
        Peer.of(
                        "sh",
                        "-c",
                        "printf '%s\\n%s\\n' \"$1\" \"$1\" | \"$0\" useradd ann -f \"$2\" -u 1 -g 1"
                                + " -d \"$3\"",
                        pw,
                        Served.PASSWORD,
                        people,
                        files)
                .run()
                .succeeded();
        var database = folder.resolve("people.pdb");
        Peer.of("sh", "-c", "\"$0\" mkdb \"$1\" -f \"$2\"", pw, database, people).run().succeeded();
        return start(
                peer,
                folder,
                port,
                "ann@",
                "usr/sbin/pure-ftpd",
                "-S",
                "127.0.0.1," + port,
                "-l",
                "puredb:" + database,
                "-H",
                "-E",
                "-u",
                "1",
                "-Y",
                tls ? "1" : "0",
                "-2",
                keys.toString(),
                "-g",
                folder.resolve("pid").toString());
    }

    static FtpPeer pyftpdlib(Path folder, boolean tls) throws Exception {
        var peer =
                unpacked(
                        "pyftpdlib",
                        "python3-pyftpdlib",
                        "python3-openssl",
                        "python3-cryptography");
        var files = files(folder, "root");
        int port = free();
        var program =
                Files.writeString(
                        folder.resolve("serve.py"),
                        """
                        import sys
                        from pyftpdlib.authorizers import DummyAuthorizer
                        from pyftpdlib.handlers import FTPHandler, TLS_FTPHandler
                        from pyftpdlib.servers import FTPServer
                        handler = TLS_FTPHandler if sys.argv[4] == "true" else FTPHandler
                        handler.certfile = sys.argv[3]
                        handler.authorizer = DummyAuthorizer()
                        handler.authorizer.add_user("ann", "%s", sys.argv[2], perm="elradfmwMT")
                        FTPServer(("127.0.0.1", int(sys.argv[1])), handler).serve_forever()
                        """
                                .formatted(Served.PASSWORD));
        var builder =
                new ProcessBuilder(
                        "python3",
                        program.toString(),
                        Integer.toString(port),
                        files.toString(),
                        keys(folder).toString(),
                        Boolean.toString(tls));
        builder.environment()
                .put("PYTHONPATH", peer.folder.resolve("usr/lib/python3/dist-packages").toString());
        return started(builder, folder, port, "ann@");
    }

    // ---- common to all

    private static Unpacked unpacked(String name, String... packages) throws Exception {
        boolean root = "root".equals(System.getProperty("user.name"));
        assumeTrue(root, "FTP servers change their user, which takes root");
        return Unpacked.of(name, packages);
    }

    private static Path files(Path folder, String owner) throws IOException {
        var files = Files.createDirectories(folder.resolve("files"));
        Files.setOwner(
                files,
                files.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(owner));
        for (var above = folder;
                above != null && above.startsWith("/tmp/");
                above = above.getParent())
            Files.setPosixFilePermissions(above, PosixFilePermissions.fromString("rwxr-xr-x"));
        return files;
    }

    /// A key and its certificate, in one file.
    private static Path keys(Path folder) throws Exception {
        var both = folder.resolve("both.pem");
        var command =
                "openssl req -x509 -newkey rsa:2048 -nodes -keyout $0.key -out $0.cert -days 2"
                        + " -subj /CN=localhost && cat $0.key $0.cert > $0 && chmod 600 $0";
        Peer.of("sh", "-c", command, both).run().succeeded();
        return both;
    }

    private static int free() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static FtpPeer start(
            Unpacked peer, Path folder, int port, String user, String program, String... words)
            throws Exception {
        var command = new java.util.ArrayList<>(List.of(peer.folder.resolve(program).toString()));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command);
        builder.environment().put("LD_LIBRARY_PATH", peer.libraries(LIBRARIES.split(":", -1)));
        return started(builder, folder, port, user);
    }

    private static FtpPeer started(ProcessBuilder builder, Path folder, int port, String user)
            throws Exception {
        var log = folder.resolve("server.log");
        var process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        return new FtpPeer(process, port, user, log);
    }

    private boolean answers() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(log);
    }
}
