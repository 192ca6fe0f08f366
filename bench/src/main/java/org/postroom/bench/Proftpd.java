package org.postroom.bench;

import org.postroom.server.Port;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;

/// ProFTPD for local users, TLS for those who ask; its look-ups of names are off.
final class Proftpd extends FtpPeer {

    Proftpd(Site site, Path folder, InetAddress address, Stage stage) throws IOException {
        super(site, folder, address, stage, Contender.PROFTPD.packages());
        etc().write(
                        "proftpd/proftpd.conf",
                        """
                        ModulePath /usr/lib/proftpd
                        LoadModule mod_tls.c
                        ServerName bench
                        ServerType standalone
                        DefaultAddress %2$s
                        SocketBindTight on
                        Port %3$d
                        UseIPv6 off
                        UseReverseDNS off
                        User nobody
                        Group nogroup
                        MaxInstances none
                        RequireValidShell off
                        AuthOrder mod_auth_unix.c
                        DefaultRoot ~
                        AllowOverwrite on
                        WtmpLog off
                        TransferLog %1$s/transfer.log
                        SystemLog %1$s/proftpd.log
                        PidFile %1$s/pid
                        ScoreboardFile %1$s/scoreboard
                        ScoreboardMutex %1$s/scoreboard.lock
                        TLSEngine on
                        TLSRequired off
                        TLSECCertificateFile %4$s
                        TLSECCertificateKeyFile %5$s
                        TLSOptions NoSessionReuseRequired
                        """
                                .formatted(
                                        folder,
                                        address.getHostAddress(),
                                        number(Port.FTP),
                                        site.certificate(),
                                        site.key()));
    }

    @Override
    List<String> program() {
        return List.of("/usr/sbin/proftpd", "-n", "-q", "-c", "/etc/proftpd/proftpd.conf");
    }
}
