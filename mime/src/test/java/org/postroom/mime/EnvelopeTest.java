package org.postroom.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.mime.StructureTest.message;

import org.junit.jupiter.api.Test;

import java.util.List;

class EnvelopeTest {

    @Test
    void theRfcsExample() { // RFC 9051 §8
        var envelope =
                Structure.of(
                                message(
                                        "Date: Wed, 17 Jul 1996 02:23:25 -0700 (PDT)",
                                        "From: Terry Gray <gray@cac.washington.edu>",
                                        "Subject: IMAP4rev2 WG mtg summary and minutes",
                                        "To: imap@cac.washington.edu",
                                        "cc: minutes@CNRI.Reston.VA.US, John Klensin"
                                                + " <KLENSIN@MIT.EDU>",
                                        "Message-Id: <B27397-0100000@cac.washington.edu>",
                                        "MIME-Version: 1.0",
                                        "Content-Type: TEXT/PLAIN; CHARSET=US-ASCII",
                                        ""))
                        .envelope();
        var gray = List.of(new Address("Terry Gray", null, "gray", "cac.washington.edu"));
        assertThat(envelope)
                .isEqualTo(
                        new Envelope(
                                "Wed, 17 Jul 1996 02:23:25 -0700 (PDT)",
                                "IMAP4rev2 WG mtg summary and minutes",
                                gray,
                                gray,
                                gray,
                                List.of(new Address(null, null, "imap", "cac.washington.edu")),
                                List.of(
                                        new Address(null, null, "minutes", "CNRI.Reston.VA.US"),
                                        new Address("John Klensin", null, "KLENSIN", "MIT.EDU")),
                                List.of(),
                                null,
                                "<B27397-0100000@cac.washington.edu>"));
    }

    @Test
    void absentIsNullAndEmptyIsEmpty() { // RFC 9051 §7.5.2
        var envelope = Envelope.of(Fields.of(message("Subject:", "In-Reply-To: ", "To:")));
        assertThat(envelope.date()).isNull();
        assertThat(envelope.messageId()).isNull();
        assertThat(envelope.subject()).isEmpty();
        assertThat(envelope.inReplyTo()).isEmpty();
        assertThat(envelope.to()).isEmpty();
    }

    @Test
    void senderAndReplyToAreFromWhereTheySayNothing() { // RFC 9051 §7.5.2
        var envelope = Envelope.of(Fields.of(message("From: a@b", "Sender: c@d", "Reply-To:")));
        assertThat(AddressesTest.shown(envelope.sender())).isEqualTo("- <c|d>");
        assertThat(envelope.replyTo()).isEqualTo(envelope.from());
    }

    @Test
    void repeatedAddressFieldsArePutTogether() { // RFC 7103 §7.5.1
        var envelope =
                Envelope.of(Fields.of(message("From: a@b", "To: x@y", "From: c@d", "Subject: 1")));
        assertThat(AddressesTest.shown(envelope.from())).isEqualTo("- <a|b>, - <c|d>");
    }

    @Test
    void encodedWordsStayEncoded() {
        var envelope = Envelope.of(Fields.of(message("Subject: =?utf-8?q?=C3=A4?=")));
        assertThat(envelope.subject()).isEqualTo("=?utf-8?q?=C3=A4?=");
    }
}
