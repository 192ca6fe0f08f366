package org.postroom.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

/// Other people's programs that send letters to us, and one that takes them.
final class SendersTest {

    @Test
    void msmtpAsksForNotices() throws Exception {
        var server = Served.shared();
        var ann = server.account();
        var msmtp = Unpacked.of("msmtp", "msmtp", "libgsasl18", "libntlm0", "libsecret-1-0");
        Peer.of("env", "LD_LIBRARY_PATH=" + msmtp.libraries("usr/lib/x86_64-linux-gnu"))
                .with(msmtp.folder.resolve("usr/bin/msmtp"), "-C", "/dev/null")
                .with("--host=127.0.0.1", "--port=" + server.port(587), "--auth=plain")
                .with("--tls=on", "--tls-starttls=on", "--tls-certcheck=off")
                .with("--user=" + ann, "--passwordeval=echo " + Served.PASSWORD, "--from=" + ann)
                .with("--dsn-notify=success,failure", "--dsn-return=headers", ann)
                .hears("Subject: by msmtp\n\n.\n..\ntext\n")
                .run()
                .succeeded();
        // RFC 3461 §4.1: the letter, and the news that it came
        await().until(() -> Letters.count(server, ann) == 2);
    }

    @Test
    void postfixSmtpSourceSendsManyAtOnce() throws Exception {
        var server = Served.shared();
        var ann = server.account();
        var postfix = Unpacked.of("postfix", "postfix");
        Peer.of("env", "LD_LIBRARY_PATH=" + postfix.libraries("usr/lib/postfix"))
                .with(postfix.folder.resolve("usr/sbin/smtp-source"))
                .with("-s", 10, "-m", 200, "-l", 5000, "-f", "ann@example.org", "-t", ann)
                .with("127.0.0.1:" + server.port(25))
                .run()
                .succeeded();
        assertThat(Letters.count(server, ann)).isEqualTo(200);
    }

    @Test
    void nodemailerSends() throws Exception {
        var server = Served.shared();
        var ann = server.account();
        var script =
                """
                const mail = require('nodemailer').createTransport({host: '127.0.0.1', port: %d,
                    auth: {user: '%s', pass: '%s'}, tls: {rejectUnauthorized: false}, requireTLS: true});
                mail.sendMail({from: '%2$s', to: '%2$s', subject: 'Grüße', text: 'von nodemailer\\n.\\n',
                    attachments: [{filename: 'ü.bin', content: Buffer.alloc(100000, 7)}],
                    dsn: {id: 'x=1', return: 'headers', notify: 'failure', recipient: '%2$s'}})
                  .then(it => { console.log(it.response); mail.close(); }, e => { console.log(e); process.exit(1); });
                """
                        .formatted(server.port(587), ann, Served.PASSWORD);
        Peer.of("node", "-e", script)
                .where("NODE_PATH", nodemailer().resolve("node_modules"))
                .run()
                .succeeded()
                .says("250 2.0.0 Accepted");
        assertThat(Letters.newest(server, ann, "INBOX")).contains("von nodemailer");
    }

    private static Path nodemailer() throws IOException, InterruptedException {
        Peer.require("npm");
        var folder = Files.createDirectories(Path.of("target", "peers", "nodemailer"));
        if (!Files.exists(folder.resolve("node_modules/nodemailer"))) {
            var files = Path.of("src", "test", "node");
            for (var name : List.of("package.json", "package-lock.json"))
                Files.copy(
                        files.resolve(name),
                        folder.resolve(name),
                        StandardCopyOption.REPLACE_EXISTING);
            Peer.of("npm", "ci", "--silent", "--prefer-offline", "--no-audit", "--no-fund")
                    .with("--prefix", folder.toAbsolutePath())
                    .run()
                    .succeeded();
        }
        return folder.toAbsolutePath();
    }

    @Test
    void postfixSmtpSinkTakesWhatWeSendOn() throws Exception {
        var server = Served.shared();
        var ann = server.account();
        int port = Mta.free();
        server.route("sink.example", port, "opportunistic");
        var postfix = Unpacked.of("postfix", "postfix");
        var folder = Files.createTempDirectory("sink");
        Peer.of("chmod", "777", folder).run().succeeded();
        var sink =
                new ProcessBuilder(
                        postfix.folder.resolve("usr/sbin/smtp-sink").toString(),
                        "-u",
                        System.getProperty("user.name").equals("root")
                                ? "nobody"
                                : System.getProperty("user.name"),
                        "-d",
                        folder + "/letter.",
                        "127.0.0.1:" + port,
                        "100");
        sink.environment().put("LD_LIBRARY_PATH", postfix.libraries("usr/lib/postfix"));
        var process = sink.redirectErrorStream(true).start();
        try {
            var submits =
                    """
                    import smtplib, ssl
                    s = smtplib.SMTP('127.0.0.1', %d); s.starttls(context=ssl._create_unverified_context())
                    s.login('%s', '%s')
                    for i in range(50):
                        s.sendmail('%2$s', ['x%%d@sink.example' %% i], b'Subject: many\\r\\n\\r\\n.dot\\r\\n')
                    s.quit()
                    """
                            .formatted(server.port(587), ann, Served.PASSWORD);
            Peer.of("python3", "-c", submits).run().succeeded();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> {
                        try (var letters = Files.list(folder)) {
                            return letters.filter(SendersTest::isWhole).count() == 50;
                        }
                    });
        } finally {
            process.destroy();
            process.waitFor();
            Peer.of("rm", "-r", folder).run().succeeded();
        }
    }

    private static boolean isWhole(Path letter) {
        try {
            return Files.readString(letter).contains("\n\n.dot\n");
        } catch (IOException beingWritten) {
            return false;
        }
    }

    @Test
    void aiosmtpdTakesWhatWeSendOn() throws Exception {
        var server = Served.shared();
        var ann = server.account();
        int port = Mta.free();
        server.route("aiosmtpd.example", port, "opportunistic");
        var aiosmtpd =
                Unpacked.of(
                        "aiosmtpd",
                        "python3-aiosmtpd",
                        "python3-attr",
                        "python3-public",
                        "python3-typing-extensions");
        Peer.of("python3", "-c", takes(port, server.port(587), ann, Served.PASSWORD))
                .where("PYTHONPATH", aiosmtpd.folder.resolve("usr/lib/python3/dist-packages"))
                .run()
                .succeeded()
                .says("all is well");
    }

    private static String takes(int port, int submission, String name, String password) {
        return """
        import smtplib, ssl, time
        from aiosmtpd.controller import Controller
        got = []
        class Handler:
            async def handle_DATA(self, server, session, envelope):
                got.append(envelope)
                return '250 2.0.0 taken'
        c = Controller(Handler(), hostname='127.0.0.1', port=%1$d, enable_SMTPUTF8=True)
        c.start()
        s = smtplib.SMTP('127.0.0.1', %2$d); s.starttls(context=ssl._create_unverified_context())
        s.login('%3$s', '%4$s')
        s.sendmail('%3$s', ['x@aiosmtpd.example'], b'Subject: one\\r\\n\\r\\n.dot\\r\\n')
        s.sendmail('%3$s', ['jürgen@aiosmtpd.example'], 'Subject: zwölf\\r\\n\\r\\nü\\r\\n'.encode(),
            mail_options=['SMTPUTF8', 'BODY=8BITMIME'])
        s.quit()
        for i in range(200):
            if len(got) == 2: break
            time.sleep(0.1)
        c.stop()
        by = {e.rcpt_tos[0]: e for e in got}
        assert by['x@aiosmtpd.example'].content.endswith(b'\\r\\n\\r\\n.dot\\r\\n'), by
        e = by['jürgen@aiosmtpd.example']
        assert 'SMTPUTF8' in e.mail_options and 'Subject: zwölf'.encode() in e.content, e.content
        print('all is well')
        """
                .formatted(port, submission, name, password);
    }
}
