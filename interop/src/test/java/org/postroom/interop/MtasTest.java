package org.postroom.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/// The transfer agents that everybody else runs: a letter goes to each, and comes back from it.
final class MtasTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void aLetterGoesToPostfixAndBackOverTls() throws Exception {
        var server = Served.shared();
        var ann = server.account();
        try (var postfix = Mta.postfix(server, ann)) {
            postfix.start();
            server.route(postfix.domain, postfix.port, "required");
            submit(server, ann, postfix);
            assertThat(returned(server, ann))
                    .containsSubsequence(
                            "Received: from mx.postfix.test",
                            "with ESMTPS (TLSv1.3",
                            "(using TLSv1.3 with cipher",
                            "by mx.postfix.test (Postfix) with ESMTPS",
                            "with ESMTPSA (TLSv1.3");
        }
    }

    @Test
    void aLetterGoesToEximAndBackOverTls() throws Exception {
        var server = Served.shared();
        var ann = server.account();
        try (var exim = Mta.exim(server, ann)) {
            exim.start();
            server.route(exim.domain, exim.port, "required");
            submit(server, ann, exim);
            assertThat(returned(server, ann))
                    .containsSubsequence(
                            "Received: from mx.exim.test",
                            "with ESMTPS (TLSv1.3",
                            "by mx.exim.test with esmtps  (TLS1.3)",
                            "with ESMTPSA (TLSv1.3");
        }
    }

    /// It comes later than the letter, fetches it (RFC 1985), and is told how much time is left
    /// (RFC 2852), as it tells us.
    @Test
    void aLetterGoesToSendmailByEtrnWithItsDeadlineAndBackOverTls() throws Exception {
        var server = Served.shared();
        var ann = server.account();
        try (var sendmail = Mta.sendmail(server, ann)) {
            server.route(sendmail.domain, sendmail.port, "required");
            submit(server, ann, sendmail, "BY=7200;N");
            await().atMost(PATIENCE)
                    .until(() -> server.run(null, "queue", "list").contains("@" + sendmail.domain));
            sendmail.start();
            Peer.of("python3", "-c", etrn(server, sendmail)).run().succeeded().says("(250,");
            assertThat(returned(server, ann))
                    .containsSubsequence(
                            "Received: from mx.sendmail.test",
                            "with ESMTPS (TLSv1.3",
                            "by mx.sendmail.test (8",
                            "with ESMTPSA (TLSv1.3");
            assertThat(sendmail.told("traffic"))
                    .containsPattern("<<< MAIL FROM:<" + ann + ">.* BY=7[12][0-9][0-9];N")
                    .containsPattern(">>> MAIL From:<" + ann + ">.* BY=7[12][0-9][0-9];N");
        }
    }

    private static String etrn(Served server, Mta mta) {
        return """
        import smtplib
        s = smtplib.SMTP('127.0.0.1', %d); s.ehlo(); print(s.docmd('ETRN', '%s')); s.quit()
        """
                .formatted(server.port(25), mta.domain);
    }

    private static void submit(Served server, String from, Mta to, String... options)
            throws Exception {
        var quoted = options.length == 0 ? "" : "'" + String.join("', '", options) + "'";
        var script =
                """
                import smtplib, ssl
                s = smtplib.SMTP('127.0.0.1', %d); s.starttls(context=ssl._create_unverified_context())
                s.login('%s', '%s')
                s.sendmail('%2$s', ['somebody@%s'], b'Subject: there and back\\r\\n\\r\\n.dot\\r\\n',
                    mail_options=[%s])
                s.quit()
                """
                        .formatted(server.port(587), from, Served.PASSWORD, to.domain, quoted);
        Peer.of("python3", "-c", script).run().succeeded();
    }

    private static String returned(Served server, String account) throws Exception {
        await().atMost(PATIENCE)
                .until(() ->
                        Letters.count(server, account) > 0
                                && Letters.newest(server, account, "INBOX")
                                        .contains("there and back"));
        var letter = Letters.newest(server, account, "INBOX");
        assertThat(letter.replace("\r\n", "\n")).endsWith("\n\n.dot\n");
        return letter;
    }
}
