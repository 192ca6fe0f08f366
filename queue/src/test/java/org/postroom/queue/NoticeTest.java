package org.postroom.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.postroom.mime.Source;
import org.postroom.mime.Structure;
import org.postroom.smtp.Address;
import org.postroom.smtp.Command;
import org.postroom.smtp.MailParameters;
import org.postroom.smtp.RcptParameters;
import org.postroom.smtp.RcptParameters.OriginalRecipient;
import org.postroom.smtp.Reply;
import org.postroom.store.DeliveryId;
import org.postroom.store.engine.BlobId;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class NoticeTest {

    private static final Address ANN = new Address("ann", "example.test");
    private static final Said NOBODY =
            new Said("mx.example.net", Reply.of(550, "5.1.1", "No such user, caf\u00e9"));

    private static String notice(MailParameters parameters, String letter, Fate... fates)
            throws IOException {
        return notice(ANN, parameters, letter, fates);
    }

    private static String notice(
            Address sender, MailParameters parameters, String letter, Fate... fates)
            throws IOException {
        byte[] octets = letter.getBytes(StandardCharsets.UTF_8);
        var envelope =
                new Envelope(
                        DeliveryId.random(),
                        0,
                        0,
                        0,
                        false,
                        BlobId.random(),
                        octets.length,
                        new byte[0],
                        new Command.Mail(sender, parameters),
                        new byte[0],
                        "k1");
        var out = new ByteArrayOutputStream();
        new Notice("here.example", sender, envelope, Source.of(octets), List.of(fates))
                .writeTo(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Fate fate(Action action, String local, RcptParameters parameters) {
        return new Fate(
                new Command.Rcpt(new Address(local, "example.net"), parameters),
                action,
                NOBODY,
                0,
                Optional.empty());
    }

    private static Fate failed(String local) {
        return fate(Action.FAILED, local, RcptParameters.NONE);
    }

    private static List<String> types(String message) {
        var parser = new Structure.Parser();
        byte[] octets = message.getBytes(StandardCharsets.UTF_8);
        parser.write(octets, 0, octets.length);
        var root = parser.finish().root();
        var types = new ArrayList<String>();
        types.add(root.type().type() + "/" + root.type().subtype());
        for (var part : root.children())
            types.add(part.type().type() + "/" + part.type().subtype());
        return types;
    }

    // RFC 6522 §3, RFC 3464 §2
    @Test
    void itHasATextAReportAndTheLetter() throws Exception {
        var notice = notice(MailParameters.NONE, Place.LETTER, failed("bob"), failed("eve"));
        assertThat(types(notice))
                .containsExactly(
                        "multipart/report",
                        "text/plain",
                        "message/delivery-status",
                        "message/rfc822");
        assertThat(notice)
                .contains(
                        "In-Reply-To: <tea@example.test>\r\n",
                        "Diagnostic-Code: smtp; 550 5.1.1 No such user, caf?\r\n",
                        "Look at the address for a slip of the pen");
        assertThat(notice.split("Final-Recipient", -1)).hasSize(3);
    }

    // RFC 3461 §4.2, §4.3, §4.4
    @Test
    void itBringsBackWhatTheSenderCalledThings() throws Exception {
        var parameters =
                MailParameters.NONE
                        .withEnvid(Optional.of("QQ314159"))
                        .withRet(Optional.of(MailParameters.Ret.HDRS));
        var original =
                RcptParameters.NONE.withOrcpt(new OriginalRecipient("rfc822", "Bob@example.org"));
        var notice = notice(parameters, Place.LETTER, fate(Action.FAILED, "bob", original));
        assertThat(types(notice)).endsWith("text/rfc822-headers");
        assertThat(notice)
                .contains(
                        "Original-Envelope-Id: QQ314159\r\n",
                        "Original-Recipient: rfc822; Bob@example.org\r\n"
                                + "Final-Recipient: rfc822; bob@example.net\r\n")
                .doesNotContain("At four.");
    }

    // RFC 3461 §4.3: of a letter that did not fail only the header
    @Test
    void aDelayBringsBackTheHeaderOnly() throws Exception {
        var notice =
                notice(
                        MailParameters.NONE,
                        Place.LETTER,
                        fate(Action.DELAYED, "bob", RcptParameters.NONE));
        assertThat(types(notice)).endsWith("text/rfc822-headers");
        assertThat(notice).contains("You need not send it again");
    }

    // RFC 6533 §4
    @Test
    void addressesBeyondAsciiAreToldInUtf8() throws Exception {
        var sender = new Address("j\u00f6rg", "example.test");
        var notice =
                notice(
                        sender,
                        MailParameters.NONE.withUtf8(true),
                        "Subject: Gr\u00fc\u00dfe\r\n\r\nx\r\n",
                        failed("b\u00f6b"));
        assertThat(types(notice))
                .containsExactly(
                        "multipart/report",
                        "text/plain",
                        "message/global-delivery-status",
                        "message/global");
        assertThat(notice)
                .contains("Final-Recipient: utf-8; b\u00f6b@example.net\r\n", "caf\u00e9\r\n");
    }

    // RFC 8689 §5, TRAPS T15
    @Test
    void whatWasToBeKeptToTlsIsNotToldInTheClear() throws Exception {
        var notice = notice(MailParameters.NONE.withRequireTls(true), Place.LETTER, failed("bob"));
        assertThat(notice)
                .contains("Message-ID: <tea@example.test>")
                .doesNotContain("Subject: Tea", "At four.");
    }

    @Test
    void aLetterWithRawOctetsInItsHeaderComesBackAllTheSame() throws Exception {
        var notice =
                notice(
                        MailParameters.NONE,
                        "Subject: Gr\u00fc\u00dfe\r\n\r\n" + "x".repeat(5000) + "\r\n",
                        failed("bob"));
        assertThat(types(notice)).hasSize(4);
    }

    // TRAPS T15: one pair of brackets
    @Test
    void itsMessageIdHasOnePairOfBrackets() throws Exception {
        var notice = notice(MailParameters.NONE, Place.LETTER, failed("bob"));
        assertThat(notice).containsPattern("\r\nMessage-ID: <[a-z0-9]+@here\\.example>\r\n");
    }
}
