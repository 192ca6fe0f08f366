package org.postroom.bench;

import org.postroom.server.Port;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Postfix, and Dovecot behind it: letters go by LMTP into Maildirs, every write synced as both do by
/// themselves. Limits that would slow them under this load are lifted: connections and processes,
/// Postfix's pause when letters come faster than they are delivered; Dovecot's sign-in processes live
/// on (its high-performance mode), and its cache of sign-ins is on.
final class PostfixDovecot extends Subject {

    private static final int DOVECOT = 9_003;
    private static final int DOVENULL = 9_004;
    private static final int VMAIL = 9_005;

    private final Packages packages;
    private final Postfix postfix;

    PostfixDovecot(Site site, Path folder, InetAddress address, Stage stage) throws IOException {
        super(site, folder, address);
        packages = Packages.unpack(site.peers(), Contender.POSTFIX_DOVECOT.packages());
        var nowhere = Path.of("/nonexistent");
        var users =
                List.of(
                        new Etc.User("dovecot", DOVECOT, nowhere, "*"),
                        new Etc.User("dovenull", DOVENULL, nowhere, "*"),
                        new Etc.User("vmail", VMAIL, nowhere, "*"));
        postfix = new Postfix(packages, folder, at(Port.SMTP), Stage.DOMAIN, main(), users);
        postfix.etc().write("dovecot/dovecot.conf", dovecot(site));
        users(site, stage);
        mail(stage);
    }

    /// Letters for here go to Dovecot.
    private String main() {
        return """
        virtual_mailbox_domains = %2$s
        virtual_mailbox_maps = static:known
        virtual_transport = lmtp:unix:%1$s/run/lmtp
        lmtp_destination_concurrency_limit = 20
        """
                .formatted(folder, Stage.DOMAIN);
    }

    private String dovecot(Site site) throws IOException {
        return """
        protocols = imap pop3 lmtp
        listen = %2$s
        base_dir = %1$s/run
        state_dir = %1$s/state
        log_path = %1$s/dovecot.log
        info_log_path = /dev/null
        default_process_limit = 5000
        default_client_limit = 20000
        mail_location = maildir:%1$s/mail/%%n
        mail_uid = vmail
        mail_gid = vmail
        first_valid_uid = 1000
        mail_fsync = optimized
        mail_max_userip_connections = 0
        disable_plaintext_auth = no
        auth_cache_size = 16M
        auth_mechanisms = plain login
        passdb {
          driver = passwd-file
          args = username_format=%%u %1$s/users
        }
        userdb {
          driver = static
          args = uid=vmail gid=vmail home=%1$s/mail/%%n
        }
        ssl = yes
        ssl_cert = <%3$s
        ssl_key = <%4$s
        service imap-login {
          service_count = 0
          process_min_avail = 2
          client_limit = 5000
          inet_listener imap {
            port = %5$d
          }
          inet_listener imaps {
            port = %6$d
            ssl = yes
          }
        }
        service pop3-login {
          service_count = 0
          process_min_avail = 1
          client_limit = 5000
          inet_listener pop3 {
            port = %7$d
          }
          inet_listener pop3s {
            port = %8$d
            ssl = yes
          }
        }
        service imap {
          process_limit = 5000
        }
        service lmtp {
          process_min_avail = 4
          unix_listener lmtp {
            mode = 0666
          }
        }
        service anvil {
          client_limit = 20000
        }
        service auth {
          client_limit = 20000
        }
        """
                .formatted(
                        folder,
                        address.getHostAddress(),
                        site.certificate(),
                        site.key(),
                        number(Port.IMAP),
                        number(Port.IMAPS),
                        number(Port.POP3),
                        number(Port.POP3S));
    }

    private void users(Site site, Stage stage) throws IOException {
        var text = new StringBuilder();
        var hash = site.hashes().dovecot(stage.hashing());
        for (int i = 0; i < stage.accounts(); i++)
            text.append(Stage.address(i) + ":" + hash + "\n");
        Files.writeString(folder.resolve("users"), text);
    }

    private void mail(Stage stage) throws IOException {
        Postfix.owned(folder.resolve("mail"), VMAIL);
        for (var stock : stage.stock()) {
            var maildir = folder.resolve("mail").resolve(Stage.user(stock.account()));
            for (var part : List.of("", "cur", "new", "tmp"))
                Postfix.owned(maildir.resolve(part), VMAIL);
            for (int i = 0; i < stock.messages(); i++) {
                byte[] letter = Letter.of(i, stock.octets());
                var name = (1_767_603_600L + i) + ".M" + i + ".bench,S=" + letter.length + ":2,";
                var file = maildir.resolve("cur").resolve(name);
                Files.write(file, letter);
                Files.setLastModifiedTime(
                        file, FileTime.from(Instant.ofEpochSecond(1_767_603_600L + i)));
                Files.setAttribute(file, "unix:uid", VMAIL);
            }
        }
    }

    @Override
    List<Child> start() throws IOException {
        var log = folder.resolve("log");
        return List.of(
                Child.start(
                        packages.command(
                                postfix.etc().folder(), List.of("/usr/sbin/dovecot", "-F")),
                        Map.of(),
                        log),
                postfix.start(log));
    }

    @Override
    List<Port> greeters() {
        return List.of(Port.SMTP, Port.POP3, Port.IMAP);
    }
}
