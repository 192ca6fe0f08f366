package org.postroom.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.mime.StructureTest.message;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/// Whole messages that the RFCs print.
class RfcMessagesTest {

    private static String shown(List<Address> addresses) {
        return addresses.stream()
                .map(address ->
                        address.isGroupStart()
                                ? address.mailbox() + ":"
                                : address.isGroupEnd()
                                        ? ";"
                                        : address.displayName() + " <" + address.addrSpec() + ">")
                .collect(Collectors.joining(" "))
                .strip();
    }

    private static String date(Summary summary) {
        return Dates.parse(String.valueOf(summary.envelope().date())).orElseThrow().toString();
    }

    // RFC 5322 §A.1.1
    @Test
    void aMessageFromOnePersonToAnother() {
        var summary =
                Structure.of(
                        message(
                                "From: John Doe <jdoe@machine.example>",
                                "Sender: Michael Jones <mjones@machine.example>",
                                "To: Mary Smith <mary@example.net>",
                                "Subject: Saying Hello",
                                "Date: Fri, 21 Nov 1997 09:55:06 -0600",
                                "Message-ID: <1234@local.machine.example>",
                                "",
                                "This is a message just to say hello.",
                                "So, \"Hello\"."));
        assertThat(summary.oddities()).isEmpty();
        assertThat(shown(summary.envelope().from())).isEqualTo("John Doe <jdoe@machine.example>");
        assertThat(shown(summary.envelope().sender()))
                .isEqualTo("Michael Jones <mjones@machine.example>");
        assertThat(date(summary)).isEqualTo("1997-11-21T09:55:06-06:00");
        assertThat(summary.identification().messageId()).isEqualTo("1234@local.machine.example");
        assertThat(summary.preview())
                .isEqualTo("This is a message just to say hello. So, \"Hello\".");
    }

    // RFC 5322 §A.2
    @Test
    void aReplyToAReply() {
        var summary =
                Structure.of(
                        message(
                                "To: \"Mary Smith: Personal Account\" <smith@home.example>",
                                "From: John Doe <jdoe@machine.example>",
                                "Subject: Re: Saying Hello",
                                "Date: Fri, 21 Nov 1997 11:00:00 -0600",
                                "Message-ID: <abcd.1234@local.machine.test>",
                                "In-Reply-To: <3456@example.net>",
                                "References: <1234@local.machine.example> <3456@example.net>",
                                "",
                                "This is a reply to your reply."));
        assertThat(shown(summary.envelope().to()))
                .isEqualTo("Mary Smith: Personal Account <smith@home.example>");
        assertThat(summary.identification().ancestors())
                .containsExactly("1234@local.machine.example", "3456@example.net");
        assertThat(summary.baseSubject()).isEqualTo(new BaseSubject("Saying Hello", true));
        assertThat(summary.oddities()).isEmpty();
    }

    // RFC 5322 §A.5
    @Test
    void whiteSpaceCommentsAndOtherOddities() {
        var summary =
                Structure.of(
                        message(
                                "From: Pete(A nice \\) chap) <pete(his account)@silly.test(his"
                                        + " host)>",
                                "To:A Group(Some people)",
                                "     :Chris Jones <c@(Chris's host.)public.example>,",
                                "         joe@example.org,",
                                "  John <jdoe@one.test> (my dear friend); (the end of the group)",
                                "Cc:(Empty list)(start)Hidden recipients  :(nobody(that I know)) "
                                        + " ;",
                                "Date: Thu,",
                                "      13",
                                "        Feb",
                                "          1969",
                                "      23:32",
                                "               -0330 (Newfoundland Time)",
                                "Message-ID:              <testabcd.1234@silly.test>",
                                "",
                                "Testing."));
        var envelope = summary.envelope();
        assertThat(shown(envelope.from())).isEqualTo("Pete <pete@silly.test>");
        assertThat(shown(envelope.to()))
                .isEqualTo(
                        "A Group: Chris Jones <c@public.example>  <joe@example.org> John"
                                + " <jdoe@one.test> ;");
        assertThat(shown(envelope.cc())).isEqualTo("Hidden recipients: ;");
        assertThat(date(summary)).isEqualTo("1969-02-13T23:32-03:30");
        assertThat(summary.oddities()).isEmpty();
    }

    // RFC 5322 §A.6.1, §A.6.3
    @Test
    void obsoletedForms() {
        var summary =
                Structure.of(
                        message(
                                "From  : John Doe <jdoe@machine(comment).  example>",
                                "To    : Mary Smith",
                                "  ",
                                "          <@node.test:mary@example.net>, , jdoe@test  . example",
                                "Subject     : Saying Hello",
                                "Date  : Fri, 21 Nov 1997 09(comment):   55  :  06 -0600",
                                "Message-ID  : <1234   @   local(blah)  .machine .example>",
                                "",
                                "This is a message just to say hello."));
        assertThat(shown(summary.envelope().from())).isEqualTo("John Doe <jdoe@machine.example>");
        assertThat(shown(summary.envelope().to()))
                .isEqualTo("Mary Smith <mary@example.net>  <jdoe@test.example>");
        assertThat(summary.identification().messageId()).isEqualTo("1234@local.machine.example");
        assertThat(date(summary)).isEqualTo("1997-11-21T09:55:06-06:00");
        assertThat(StructureTest.kinds(summary))
                .containsExactly(Oddity.Kind.BLANK_LINE_IN_FIELD, Oddity.Kind.BLANK_BEFORE_COLON);
    }

    // RFC 6532 §3.1, §3.2, §3.7
    @Test
    void internationalizedHeaders() {
        byte[] letter =
                String.join(
                                "\r\n",
                                "From: \u0c30\u0c3e\u0c2e\u0c41"
                                        + " <\u0c30\u0c3e\u0c2e\u0c41@\u0c09\u0c26\u0c3e.example>",
                                "Subject: \u0c28\u0c2e\u0c38\u0c4d\u0c24\u0c47",
                                "Content-Type: message/global",
                                "",
                                "To: \u00fc@\u00e4.example",
                                "",
                                "x")
                        .getBytes(StandardCharsets.UTF_8);
        var summary = Structure.of(letter);
        var from = summary.envelope().from().getFirst();
        assertThat(from.displayName()).isEqualTo("\u0c30\u0c3e\u0c2e\u0c41");
        assertThat(from.addrSpec())
                .isEqualTo("\u0c30\u0c3e\u0c2e\u0c41@\u0c09\u0c26\u0c3e.example");
        assertThat(summary.baseSubject().text()).isEqualTo("\u0c28\u0c2e\u0c38\u0c4d\u0c24\u0c47");
        assertThat(StructureTest.tree(summary.root())).isEqualTo("message/global(text/plain)");
        assertThat(StructureTest.kinds(summary)).isEmpty();
    }

    // RFC 2046 §5.2.2.2, §5.2.3.7
    @Test
    void partialAndExternalBody() {
        var partial =
                Structure.of(
                                message(
                                        "Content-Type: message/partial; id=\"ABC@host.com\";",
                                        "              number=1; total=2",
                                        "",
                                        "Message-ID: <anotherid@foo.com>",
                                        "",
                                        "First half"))
                        .root();
        assertThat(partial.children()).isEmpty();
        assertThat(partial.type().parameter("id")).contains("ABC@host.com");
        assertThat(partial.type().parameter("total")).contains("2");
        var external =
                Structure.of(
                                message(
                                        "Content-type: message/external-body;"
                                                + " access-type=local-file;",
                                        "              name=\"/u/nsb/writing/rfcs/RFC-MIME.ps\";",
                                        "              site=\"thumper.bellcore.com\";",
                                        "              expiration=\"Fri, 14 Jun 1991 19:13:14 -0400"
                                                + " (EDT)\"",
                                        "",
                                        "Content-type: application/postscript",
                                        "Content-ID: <id42@guppylake.bellcore.com>"))
                        .root();
        assertThat(external.type().parameter("name")).contains("/u/nsb/writing/rfcs/RFC-MIME.ps");
        assertThat(external.type().parameter("expiration"))
                .flatMap(Dates::parse)
                .hasValueSatisfying(
                        date -> assertThat(date).hasToString("1991-06-14T19:13:14-04:00"));
    }

    @Test
    void whatHasNoMailboxHasNoAddress() {
        assertThat(Address.GROUP_END.addrSpec()).isEmpty();
        assertThat(Address.groupStart("g").addrSpec()).isEmpty();
        assertThat(new Address(null, null, "a b", "x").addrSpec()).isEqualTo("\"a b\"@x");
        assertThat(new Address(null, null, "a\"\\b", "x").addrSpec()).isEqualTo("\"a\\\"\\\\b\"@x");
        assertThat(new Address(null, null, "", "x").addrSpec()).isEqualTo("\"\"@x");
        assertThat(new Address(null, null, "root", "").addrSpec()).isEqualTo("root");
        assertThat(new Address("Joe", null, "", "").addrSpec()).isEmpty();
    }
}
