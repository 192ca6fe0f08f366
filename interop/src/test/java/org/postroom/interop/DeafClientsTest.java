package org.postroom.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.junit.jupiter.api.Test;
import org.postroom.ftp.FtpClient;
import org.postroom.ftp.Type;
import org.postroom.imap.ImapClient;
import org.postroom.imap.MailboxName;
import org.postroom.imap.Section;
import org.postroom.pop3.Pop3Client;
import org.postroom.server.Port;
import org.postroom.wire.Secret;
import org.postroom.wire.Sink;
import org.postroom.wire.Tap;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/// Clients that ask for far more than the server's heap holds and never read it, in each protocol. Who
/// reads is served all the same, and the server does not grow.
final class DeafClientsTest {

    private static final Secret PASSWORD = new Secret(Served.PASSWORD);
    private static final int HEAP = 80; // MiB
    private static final int DEAF = 3; // in each protocol
    private static final byte[] LETTER =
            ("Subject: large\r\n\r\n" + ("0123456789".repeat(7) + "\r\n").repeat(100_000))
                    .getBytes(US_ASCII);

    @Test
    void whoReadsIsServedWhileOthersNeverRead() throws Exception {
        try (var server = Served.withHeap(HEAP)) {
            var ann = server.account();
            fill(server, ann);
            var deaf = new ArrayList<Socket>();
            try {
                for (int i = 0; i < DEAF; i++) deaf.addAll(ask(server));
                // each has something to read, and reads it not
                await().until(() -> heard(deaf) == deaf.size());
                collect(server, ann);
            } finally {
                for (var socket : deaf) socket.close();
            }
            assertThat(server.log()).doesNotContain("OutOfMemoryError");
        }
    }

    private static List<Socket> ask(Served server) throws Exception {
        var who = server.account();
        fill(server, who);
        return List.of(
                deaf(server, Port.POP3, pop3(who)),
                deaf(server, Port.IMAP, imap(who)),
                deaf(server, Port.FTP, ftp(who)),
                deaf(server, Port.SMTP, "EHLO there\r\n" + "HELP\r\n".repeat(90)));
    }

    private static void collect(Served server, String who) throws Exception {
        try (var pop3 = new Pop3Client(server.call(Port.POP3));
                var imap = new ImapClient(server.call(Port.IMAP));
                var ftp = new FtpClient(server.call(Port.FTP), () -> Tap.NONE)) {
            pop3.signIn(who, PASSWORD);
            imap.login(who, PASSWORD);
            imap.select(MailboxName.INBOX);
            ftp.signIn(who, PASSWORD);
            ftp.type(new Type.Image());
            assertThat(octets(sink -> pop3.retr(1, sink))).isEqualTo(LETTER);
            assertThat(octets(sink -> imap.body(1, Section.MESSAGE, sink))).isEqualTo(LETTER);
            assertThat(octets(sink -> ftp.get("parcel", 0, sink))).isEqualTo(LETTER);
        }
    }

    private static void fill(Served server, String who) throws Exception {
        try (var imap = new ImapClient(server.call(Port.IMAP));
                var ftp = new FtpClient(server.call(Port.FTP), () -> Tap.NONE)) {
            imap.login(who, PASSWORD);
            imap.append(
                    MailboxName.INBOX, List.of(), new ByteArrayInputStream(LETTER), LETTER.length);
            ftp.signIn(who, PASSWORD);
            ftp.type(new Type.Image());
            ftp.put("parcel", new ByteArrayInputStream(LETTER));
        }
    }

    private static String pop3(String who) {
        return "USER %s\r\nPASS %s\r\n".formatted(who, Served.PASSWORD) + "RETR 1\r\n".repeat(100);
    }

    private static String imap(String who) {
        return "a LOGIN %s %s\r\nb SELECT INBOX\r\n".formatted(who, Served.PASSWORD)
                + "c FETCH 1 BODY.PEEK[]\r\n".repeat(100);
    }

    private static String ftp(String who) {
        return "USER %s\r\nPASS %s\r\n".formatted(who, Served.PASSWORD) + "HELP\r\n".repeat(2000);
    }

    private static Socket deaf(Served server, Port port, String says) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(16 * 1024);
        socket.connect(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port(port.number)));
        socket.getOutputStream().write(says.getBytes(US_ASCII));
        return socket;
    }

    private static long heard(List<Socket> sockets) throws IOException {
        long some = 0;
        for (var socket : sockets) if (socket.getInputStream().available() > 0) some++;
        return some;
    }

    private interface Fetching {
        void into(Sink sink) throws Exception;
    }

    private static byte[] octets(Fetching fetching) throws Exception {
        var octets = new ByteArrayOutputStream();
        fetching.into(octets::write);
        return octets.toByteArray();
    }
}
