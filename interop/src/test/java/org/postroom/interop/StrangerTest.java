package org.postroom.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;

/// Another user of the machine, before whom the home's sockets lie open by mistake: who calls is asked
/// of the system (SO_PEERCRED), and only root and the server's user are obeyed or named by EXTERNAL.
final class StrangerTest {

    private static final String CALL =
            """
            import socket, sys
            s = socket.socket(socket.AF_UNIX); s.settimeout(10); s.connect(sys.argv[1])
            try: s.sendall(sys.argv[2].encode().decode("unicode_escape").encode())
            except OSError: pass # it has said no already
            heard = b""
            while not heard.endswith(b"\\n") or len(heard.splitlines()) < int(sys.argv[3]):
                more = s.recv(4096)
                if not more: break
                heard += more
            print(heard.decode())
            """;

    @Test
    void aStrangerIsNotObeyedThroughAnOpenSocket() throws Exception {
        var server = Served.shared();
        assumeTrue(
                "root".equals(System.getProperty("user.name")), "only root can be somebody else");
        var open = PosixFilePermissions.fromString("rwxrwxrwx");
        var closed = PosixFilePermissions.fromString("rwx------");
        var run = server.home.resolve("run");
        var above = server.home.resolveSibling(".").normalize();
        Files.setPosixFilePermissions(above, open);
        Files.setPosixFilePermissions(server.home, open);
        Files.setPosixFilePermissions(run, open);
        try {
            assertThat(called(server, "control", "{}\\n", 1)).contains("Only root");
            assertThat(called(server, "imap", "a CAPABILITY\\r\\n", 3))
                    .contains("a OK")
                    .doesNotContain("EXTERNAL");
            assertThat(called(server, "imap", "a AUTHENTICATE EXTERNAL =\\r\\n", 2))
                    .contains("a NO");
        } finally {
            Files.setPosixFilePermissions(run, closed);
            Files.setPosixFilePermissions(server.home, closed);
            Files.setPosixFilePermissions(above, closed);
        }
    }

    @Test
    void aUserWithoutANameIsObeyedByItsOwnServer() throws Exception {
        try (var server = Served.withoutUserName()) { // it has obeyed `domain add` already
            assertThat(server.run(null, "domain", "list")).contains("example.test");
        }
    }

    private static String called(Served server, String socket, String says, int lines)
            throws Exception {
        var path = server.home.resolve("run").resolve(socket);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
        try {
            return Peer.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
                    .with("/usr/bin/python3", "-c", CALL, path, says, lines)
                    .run()
                    .succeeded()
                    .output();
        } finally {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        }
    }
}
