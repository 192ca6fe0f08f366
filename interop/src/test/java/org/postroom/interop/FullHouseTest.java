package org.postroom.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.junit.jupiter.api.Test;
import org.postroom.ftp.FtpClient;
import org.postroom.ftp.Type;
import org.postroom.imap.ImapClient;
import org.postroom.imap.MailboxName;
import org.postroom.server.Port;
import org.postroom.smtp.Address;
import org.postroom.smtp.Command.Mail;
import org.postroom.smtp.MailParameters;
import org.postroom.smtp.SmtpClient;
import org.postroom.wire.Secret;
import org.postroom.wire.Tap;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/// A disk of 128 MiB that runs full under letters and files: each protocol says that it is for want of
/// room and for now, what was acknowledged is there, and room that is made is room again.
final class FullHouseTest {

    private static final Secret PASSWORD = new Secret(Served.PASSWORD);
    private static final int PARCEL = 4 << 20;
    private static final byte[] LETTER =
            ("Subject: room\r\n\r\n" + ("x".repeat(70) + "\r\n").repeat(1000)).getBytes(US_ASCII);

    @Test
    void eachProtocolSaysThatTheDiskIsFullAndGoesOnOnceItIsNot() throws Exception {
        try (var server = Served.onSmallDisk(128)) {
            var ann = server.account();
            try (var ftp = new FtpClient(server.call(Port.FTP), () -> Tap.NONE);
                    var smtp = new SmtpClient(server.call(Port.SMTP));
                    var imap = new ImapClient(server.call(Port.IMAP))) {
                ftp.signIn(ann, PASSWORD);
                ftp.type(new Type.Image());
                smtp.hello("there");
                imap.login(ann, PASSWORD);
                int parcels = untilRefused(number -> put(ftp, number), "452"); // RFC 959 §4.2.1
                int letters = untilRefused(_ -> send(smtp, ann), "452 4.3.1"); // RFC 3463 §3.4
                int appended = untilRefused(_ -> append(imap), "NO");
                assertThat(parcels).isGreaterThan(1);
                assertThat(imap.select(MailboxName.INBOX)).isEqualTo(letters + appended);
                for (int number = 0; number < parcels; number++) {
                    var back = new ByteArrayOutputStream();
                    ftp.get("parcel" + number, 0, back::write);
                    assertThat(back.toByteArray()).isEqualTo(parcel(number));
                    ftp.dele("parcel" + number);
                }
                // what was replaced or removed is kept for a while, but not when there is no room
                server.run(null, "sweep", "--older-than", "0");
                await().atMost(Duration.ofSeconds(20))
                        .ignoreExceptionsInstanceOf(org.postroom.smtp.Refusal.class)
                        .untilAsserted(() -> send(smtp, ann));
            }
        }
    }

    /// Something that takes room on the disk.
    private interface Taking {
        void take(int number) throws Exception;
    }

    /// @return how often it was taken
    private static int untilRefused(Taking taking, String reply) {
        for (int number = 0; number < 1000; number++) {
            int one = number;
            var refused = catchThrowable(() -> taking.take(one));
            if (refused == null) continue;
            assertThat(said(refused)).startsWith(reply);
            return number;
        }
        throw new AssertionError("the disk is not full");
    }

    private static String said(Throwable refused) {
        return switch (refused) {
            case org.postroom.smtp.Refusal smtp -> smtp.reply().toString();
            case org.postroom.ftp.Refusal ftp -> ftp.reply().code() + " " + ftp.reply().text();
            case org.postroom.imap.Refusal imap -> imap.reply().condition() + " " + imap.reply();
            default -> throw new AssertionError(refused);
        };
    }

    private static void put(FtpClient ftp, int number) throws Exception {
        ftp.put("parcel" + number, new ByteArrayInputStream(parcel(number)));
    }

    private static void send(SmtpClient smtp, String ann) throws Exception {
        var to = new Address(ann.split("@", 2)[0], "example.test");
        var letter = new ByteArrayInputStream(LETTER);
        for (var reply : smtp.send(new Mail(to, MailParameters.NONE), List.of(to), letter))
            if (!reply.isPositive()) throw new org.postroom.smtp.Refusal(reply);
    }

    private static void append(ImapClient imap) throws Exception {
        imap.append(MailboxName.INBOX, List.of(), new ByteArrayInputStream(LETTER), LETTER.length);
    }

    private static byte[] parcel(int number) {
        byte[] octets = new byte[PARCEL];
        new Random(number).nextBytes(octets);
        return octets;
    }
}
