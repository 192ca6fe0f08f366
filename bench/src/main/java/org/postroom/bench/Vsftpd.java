package org.postroom.bench;

import org.postroom.server.Port;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;

/// vsftpd for local users who may write, TLS for those who ask.
final class Vsftpd extends FtpPeer {

    Vsftpd(Site site, Path folder, InetAddress address, Stage stage) throws IOException {
        super(site, folder, address, stage, Contender.VSFTPD.packages());
        etc().write(
                        "vsftpd.conf",
                        """
                        listen=YES
                        listen_ipv6=NO
                        background=NO
                        listen_address=%2$s
                        listen_port=%3$d
                        anonymous_enable=NO
                        local_enable=YES
                        write_enable=YES
                        chroot_local_user=YES
                        allow_writeable_chroot=YES
                        secure_chroot_dir=%1$s/empty
                        pam_service_name=vsftpd
                        max_clients=0
                        max_per_ip=0
                        xferlog_enable=YES
                        vsftpd_log_file=%1$s/vsftpd.log
                        ssl_enable=YES
                        force_local_logins_ssl=NO
                        force_local_data_ssl=NO
                        require_ssl_reuse=NO
                        ssl_ciphers=HIGH
                        rsa_cert_file=%4$s
                        rsa_private_key_file=%5$s
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
        return List.of("/usr/sbin/vsftpd", "/etc/vsftpd.conf");
    }
}
