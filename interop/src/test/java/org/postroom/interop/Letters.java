package org.postroom.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

/// What the tests of clients have in common: putting a letter into a mailbox, and looking at one.
final class Letters {

    private Letters() {}

    /// Sends a letter to an account by SMTP, as another server would.
    static void send(Served server, String to, String subject, String body)
            throws IOException, InterruptedException {
        Peer.of(
                        "swaks",
                        "--server",
                        "127.0.0.1:" + server.port(25),
                        "--from",
                        "ann@example.org",
                        "--to",
                        to,
                        "--header",
                        "Subject: " + subject,
                        "--body",
                        body)
                .run()
                .succeeded();
    }

    /// What IMAP, spoken by Python, shows of the newest message in a mailbox.
    static String newest(Served server, String account, String mailbox)
            throws IOException, InterruptedException {
        String script =
                """
                import imaplib, sys
                c = imaplib.IMAP4('127.0.0.1', %d)
                c.login('%s', '%s')
                typ, data = c.select('"%s"', True)
                n = data[0].decode()
                assert int(n) > 0, 'empty'
                typ, data = c.fetch(n, '(BODY.PEEK[])')
                sys.stdout.write(data[0][1].decode('utf-8', 'replace'))
                c.logout()
                """
                        .formatted(server.port(143), account, Served.PASSWORD, mailbox);
        var result = Peer.of("python3", "-c", script).run().succeeded();
        assertThat(result.output()).isNotEmpty();
        return result.output();
    }

    /// How many messages INBOX has.
    static int count(Served server, String account) throws IOException, InterruptedException {
        var script =
                """
                import imaplib
                c = imaplib.IMAP4('127.0.0.1', %d)
                c.login('%s', '%s')
                print(c.select('INBOX', True)[1][0].decode())
                c.logout()
                """
                        .formatted(server.port(143), account, Served.PASSWORD);
        var said = Peer.of("python3", "-c", script).run().succeeded().output();
        return Integer.parseInt(said.strip());
    }
}
