package org.postroom.bench;

import org.postroom.server.Port;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Pure-FTPd for local users, TLS for those who ask; its look-ups of names are off.
final class PureFtpd extends FtpPeer {

    PureFtpd(Site site, Path folder, InetAddress address, Stage stage) throws IOException {
        super(site, folder, address, stage, Contender.PURE_FTPD.packages());
        etc().write(
                        "ssl/private/pure-ftpd.pem",
                        Files.readString(site.key()) + Files.readString(site.certificate()));
    }

    @Override
    List<String> program() {
        return List.of(
                "/usr/sbin/pure-ftpd",
                "-S",
                address.getHostAddress() + "," + number(Port.FTP),
                "-l",
                "unix",
                "-A", // everybody in a root of their own
                "-c",
                "20000", // clients
                "-H", // no names
                "-E", // nobody anonymous
                "-u",
                "100", // the least user id
                "-L",
                "20000:8", // files in a list
                "-Y",
                "1", // TLS for those who ask
                "-g",
                folder.resolve("pid").toString());
    }
}
