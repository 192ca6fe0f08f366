package org.postroom.interop;

import org.junit.jupiter.api.Test;

/// The clients in Python's own library.
final class PythonTest {

    private static void run(String script) throws Exception {
        Peer.of("python3", "-c", script).run().succeeded().says("all is well");
    }

    @Test
    void smtplibAndPoplib() throws Exception {
        var server = Served.shared();
        var ann = server.account();
        run(
                """
                import smtplib, poplib, ssl
                from email.message import EmailMessage
                tls = ssl._create_unverified_context()
                m = EmailMessage(); m['From'] = '%3$s'; m['To'] = '%3$s'; m['Subject'] = 'Grüße'
                m.set_content('Zażółć gęślą jaźń\\n.\\n..\\n')
                m.add_attachment(bytes(range(256)) * 40, maintype='application', subtype='octet-stream', filename='b')
                s = smtplib.SMTP('127.0.0.1', %1$d); s.starttls(context=tls); s.login('%3$s', '%4$s')
                assert s.send_message(m) == {}
                s.quit()
                p = poplib.POP3('127.0.0.1', %2$d); p.stls(tls); p.user('%3$s'); p.pass_('%4$s')
                assert p.stat()[0] == 1
                uid = p.uidl(1).split()[2]
                import email, email.policy
                got = email.message_from_bytes(b'\\r\\n'.join(p.retr(1)[1]), policy=email.policy.default)
                assert got['Subject'] == 'Grüße', got['Subject']
                assert 'gęślą' in got.get_body().get_content()
                assert list(got.iter_attachments())[0].get_content() == bytes(range(256)) * 40
                p.dele(1); p.quit()
                p = poplib.POP3('127.0.0.1', %2$d); p.user('%3$s'); p.pass_('%4$s')
                assert p.stat()[0] == 0
                p.quit()
                print('all is well')
                """
                        .formatted(server.port(587), server.port(110), ann, Served.PASSWORD));
    }

    @Test
    void imaplib() throws Exception {
        var server = Served.shared();
        var ann = server.account();
        run(
                """
                import imaplib, time
                c = imaplib.IMAP4('127.0.0.1', %1$d)
                c.starttls(__import__('ssl')._create_unverified_context())
                c.login('%2$s', '%3$s')
                def ok(r):
                    assert r[0] == 'OK', r
                    return r[1]
                ok(c.create('Work/2026')); ok(c.subscribe('Work/2026')); ok(c.rename('Work/2026', 'Work/Old'))
                assert any(b'Work/Old' in l for l in ok(c.list()))
                msg = b'From: a@example.org\\r\\nSubject: one\\r\\nDate: Mon, 7 Feb 1994 21:52:25 -0800\\r\\n\\r\\nneedle in hay\\r\\n'
                for i in range(3): ok(c.append('INBOX', r'(\\Flagged)', imaplib.Time2Internaldate(time.time()), msg))
                assert ok(c.select()) == [b'3']
                assert ok(c.search(None, 'FLAGGED', 'TEXT', '"needle"')) == [b'1 2 3']
                assert ok(c.search(None, 'SUBJECT', '"two"')) == [b'']
                d = ok(c.fetch('1', '(FLAGS RFC822.SIZE BODYSTRUCTURE ENVELOPE BODY.PEEK[HEADER.FIELDS (SUBJECT)])'))
                assert b'Subject: one' in d[0][1], d
                ok(c.store('2', '+FLAGS', r'(\\Deleted \\Seen keyword1)'))
                ok(c.copy('1', 'Work/Old'))
                assert ok(c.uid('MOVE', '3', 'Work/Old')) is not None
                ok(c.expunge())
                assert ok(c.select()) == [b'1']
                assert ok(c.select('Work/Old')) == [b'2']
                ok(c.close()); ok(c.delete('Work/Old'))
                c.logout()
                print('all is well')
                """
                        .formatted(server.port(143), ann, Served.PASSWORD));
    }

    @Test
    void ftplib() throws Exception {
        var server = Served.shared();
        var ann = server.account();
        run(
                """
                import ftplib, io, ssl
                data = bytes(range(256)) * 5000
                for make in ('plain', 'tls'):
                    f = ftplib.FTP(encoding='utf-8') if make == 'plain' else ftplib.FTP_TLS(context=ssl._create_unverified_context(), encoding='utf-8')
                    f.connect('127.0.0.1', %1$d); f.login('%2$s', '%3$s')
                    if make == 'tls': f.prot_p()
                    for passive in (True, False):
                        f.set_pasv(passive)
                        f.mkd('dir-' + make + str(passive)); f.cwd('dir-' + make + str(passive))
                        f.storbinary('STOR Übung 1.bin', io.BytesIO(data))
                        assert f.size('Übung 1.bin') == len(data)
                        out = io.BytesIO(); f.retrbinary('RETR Übung 1.bin', out.write); assert out.getvalue() == data
                        f.storlines('STOR text', io.BytesIO(b'a\\nb\\n'))
                        lines = []; f.retrlines('RETR text', lines.append); assert lines == ['a', 'b'], lines
                        assert sorted(f.nlst()) == ['text', 'Übung 1.bin'], f.nlst()
                        facts = dict(f.mlsd()); assert facts['Übung 1.bin']['size'] == str(len(data))
                        f.rename('text', 'text 2'); f.delete('text 2'); f.delete('Übung 1.bin')
                        f.cwd('..'); f.rmd('dir-' + make + str(passive))
                    f.quit()
                print('all is well')
                """
                        .formatted(server.port(21), ann, Served.PASSWORD));
    }

    /// Types, structures and modes by a second implementation, whose author had RFC 959 and nothing else.
    ///
    /// Textbook: F5, F6, F7 in another language
    @Test
    void theRepresentationsOfRfc959() throws Exception { // TRAPS F14, F15
        var server = Served.shared();
        Peer.of(
                        "python3",
                        "src/test/python/rfc959.py",
                        Integer.toString(server.port(21)),
                        server.account(),
                        Served.PASSWORD)
                .run()
                .succeeded()
                .says("all is well");
    }
}
