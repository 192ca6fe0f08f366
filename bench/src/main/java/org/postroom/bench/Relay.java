package org.postroom.bench;

import org.jspecify.annotations.Nullable;
import org.postroom.server.Port;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Two servers of a kind: what the first takes is for accounts of the second, and goes there over TLS.
abstract class Relay extends Subject {

    /// Of the first server, which has nobody that letters are for.
    private static final String FIRST = "first.test";

    Relay(Site site, Path folder, InetAddress address) throws IOException {
        super(site, folder, address);
    }

    /// The first server's address is the pair's; the second has the next one.
    static InetAddress second(InetAddress first) throws IOException {
        byte[] octets = first.getAddress();
        octets[octets.length - 1]++;
        return InetAddress.getByAddress(octets);
    }

    abstract List<Subject> both();

    /// A conversation with the first server that may send to the second's accounts.
    abstract Talk talk() throws IOException;

    /// Whom letters come from.
    abstract String sender();

    /// How many letters the second server's accounts have.
    abstract int arrived() throws IOException;

    @Override
    List<Child> start() throws IOException {
        for (var server : both()) server.launch();
        return List.of();
    }

    @Override
    List<Port> greeters() {
        return List.of();
    }

    @Override
    double cpu() {
        return both().stream().mapToDouble(Subject::cpu).sum();
    }

    @Override
    public void close() {
        both().forEach(Subject::close);
    }

    private static Talk greeted(InetSocketAddress address) throws IOException {
        var talk = Talk.to(address);
        talk.reply("220");
        talk.say("EHLO load.example\r\n");
        talk.reply("250");
        return talk;
    }

    private static Path folder(Path folder, String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    /// Our own, which sends for those who sign in.
    static final class OfPostroom extends Relay {

        private final Subject first;
        private final Subject second;
        private final Stage stage;
        private @Nullable List<ImapTalk> sights;

        OfPostroom(Site site, Path folder, InetAddress address, Stage stage) throws IOException {
            super(site, folder, address);
            this.stage = stage;
            second = new Postroom(site, folder(folder, "second"), second(address), stage, Map.of());
            first =
                    new Postroom(
                            site,
                            folder(folder, "first"),
                            address,
                            new Stage("who sends", 1),
                            Map.of(),
                            FIRST,
                            """
                            [[route]]
                            domain = "%s"
                            host = "%s"
                            port = %d
                            """
                                    .formatted(
                                            Stage.DOMAIN,
                                            second.address.getHostAddress(),
                                            second.number(Port.SMTP)));
        }

        @Override
        List<Subject> both() {
            return List.of(second, first);
        }

        @Override
        String sender() {
            return Stage.user(0) + "@" + FIRST;
        }

        @Override
        Talk talk() throws IOException {
            var talk = greeted(first.at(Port.SUBMISSION));
            talk.say("AUTH PLAIN " + Talk.plain(sender(), Stage.PASSWORD) + "\r\n");
            talk.reply("235");
            return talk;
        }

        @Override
        int arrived() throws IOException {
            var all = sights;
            if (all == null) {
                all = new ArrayList<>();
                for (int i = 0; i < stage.accounts(); i++)
                    all.add(ImapTalk.to(second.at(Port.IMAP)).signIn(second.login(i)));
                sights = all;
            }
            int count = 0;
            for (var sight : all) count += sight.messages("INBOX");
            return count;
        }

        @Override
        public void close() {
            sights = null; // their connections end with the server
            super.close();
        }
    }

    /// Postfix beside Postfix, which puts letters into Maildirs itself, synced. Both halves of TLS are
    /// on, and connections are used again.
    static final class OfPostfix extends Relay {

        private static final int VMAIL = 9_005;

        private final Stage stage;
        private final Path mail;
        private final Subject first;
        private final Subject second;

        OfPostfix(Site site, Path folder, InetAddress address, Stage stage) throws IOException {
            super(site, folder, address);
            this.stage = stage;
            mail = folder.resolve("mail");
            Postfix.owned(mail, VMAIL);
            var boxes =
                    IntStream.range(0, stage.accounts())
                            .mapToObj(i -> Stage.address(i) + "=" + Stage.user(i) + "/")
                            .collect(Collectors.joining(", "));
            second =
                    new Instance(
                            site,
                            folder(folder, "second"),
                            second(address),
                            Stage.DOMAIN,
                            """
                            virtual_mailbox_domains = %s
                            virtual_mailbox_base = %s
                            virtual_mailbox_limit = 0
                            virtual_mailbox_maps = inline:{ %s }
                            virtual_uid_maps = static:%d
                            virtual_gid_maps = static:%d
                            smtpd_tls_security_level = may
                            smtpd_tls_cert_file = %s
                            smtpd_tls_key_file = %s
                            """
                                    .formatted(
                                            Stage.DOMAIN,
                                            mail,
                                            boxes,
                                            VMAIL,
                                            VMAIL,
                                            site.certificate(),
                                            site.key()));
            first =
                    new Instance(
                            site,
                            folder(folder, "first"),
                            address,
                            FIRST,
                            """
                            relayhost = [%s]:%d
                            smtp_tls_security_level = may
                            smtp_tls_connection_reuse = yes
                            """
                                    .formatted(
                                            second.address.getHostAddress(),
                                            second.number(Port.SMTP)));
        }

        @Override
        List<Subject> both() {
            return List.of(second, first);
        }

        @Override
        String sender() {
            return "ann@elsewhere.example";
        }

        @Override
        Talk talk() throws IOException {
            return greeted(first.at(Port.SMTP));
        }

        @Override
        int arrived() throws IOException {
            int count = 0;
            for (int i = 0; i < stage.accounts(); i++) {
                var names = mail.resolve(Stage.user(i)).resolve("new").toFile().list();
                if (names != null) count += names.length;
            }
            return count;
        }
    }

    private static final class Instance extends Subject {

        private final Postfix postfix;

        Instance(Site site, Path folder, InetAddress address, String name, String settings)
                throws IOException {
            super(site, folder, address);
            var packages = Packages.unpack(site.peers(), Contender.POSTFIX_DOVECOT.packages());
            postfix = new Postfix(packages, folder, at(Port.SMTP), name, settings, List.of());
        }

        @Override
        List<Child> start() throws IOException {
            return List.of(postfix.start(folder.resolve("log")));
        }

        @Override
        List<Port> greeters() {
            return List.of(Port.SMTP);
        }
    }
}
