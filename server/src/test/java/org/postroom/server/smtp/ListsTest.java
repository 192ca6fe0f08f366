package org.postroom.server.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.postroom.server.dialogue.TestHouse;
import org.postroom.smtp.Command;
import org.postroom.smtp.MailParameters;
import org.postroom.smtp.RcptParameters;
import org.postroom.smtp.RcptParameters.Notify;
import org.postroom.smtp.Reply;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Textbook: M10 mailing list
///
/// One address for many, inside and outside.
class ListsTest {

    private static TestHouse house() throws Exception {
        var house = new TestHouse();
        house.account("ann@example.test");
        house.account("bob@example.test");
        house.account("eve@example.test");
        return house;
    }

    // RFC 5321 §3.9.2
    @Test
    void aMemberInsideAndOneOutsideGetOneCopyEachHoweverTheyAreNamed() throws Exception {
        try (var here = house();
                var there = new TestHouse()) {
            there.account("carol@example.net");
            RelayTest.route(here, there, "example.net");
            here.alias("also@example.test", "bob@example.test", "carol@example.net");
            here.list(
                    "staff@example.test",
                    "eve@example.test",
                    false,
                    "bob@example.test",
                    "carol@example.net",
                    "also@example.test");
            RelayTest.send(here, "bob@example.test", "staff@example.test", "also@example.test");
            RelayTest.delivered(here);
            assertThat(Posting.inbox(here, "bob@example.test"))
                    .singleElement()
                    .asString()
                    .startsWith("Return-Path: <ann@example.test>\r\n")
                    .as("named beside the list, so the letter is hers")
                    .doesNotContain("List-Id");
            assertThat(Posting.inbox(there, "carol@example.net")).hasSize(1);

            RelayTest.send(here, "staff@example.test");
            RelayTest.delivered(here);
            for (var copies :
                    List.of(
                            Posting.inbox(here, "bob@example.test"),
                            Posting.inbox(there, "carol@example.net")))
                assertThat(copies).hasSize(2);
            assertThat(Posting.inbox(here, "bob@example.test").getLast())
                    .startsWith(
                            "Return-Path: <staff-owner@example.test>\r\n"
                                    + "Delivered-To: bob@example.test\r\n"
                                    + "List-Id: <staff.example.test>\r\n"
                                    + "List-Post: <mailto:staff@example.test>\r\n");
            assertThat(Posting.inbox(there, "carol@example.net").getLast())
                    .startsWith("Return-Path: <staff-owner@example.test>\r\n")
                    .contains("\r\nList-Id: <staff.example.test>\r\n");
            assertThat(here.house.store().check().findings()).isEmpty();
        }
    }

    @Test
    void whatAMemberCanNotBeGivenTheOwnerHearsOf() throws Exception {
        try (var here = house();
                var there = new TestHouse()) {
            there.account("carol@example.net");
            RelayTest.route(here, there, "example.net");
            here.list("staff@example.test", "eve@example.test", false, "nobody@example.net");
            RelayTest.send(here, "staff@example.test");
            RelayTest.delivered(here);
            await().until(() -> !Posting.inbox(here, "eve@example.test").isEmpty());
            assertThat(Posting.inbox(here, "eve@example.test"))
                    .singleElement()
                    .asString()
                    .startsWith("Return-Path: <>\r\n")
                    .contains("nobody@example.net");
            assertThat(Posting.inbox(here, "ann@example.test")).isEmpty();
        }
    }

    // RFC 3461 §5.2.7.1
    @Test
    void forWhoSentItALetterHasArrivedWhereTheListBegins() throws Exception {
        try (var here = house();
                var client = Posting.signIn(here, "ann@example.test")) {
            here.list("staff@example.test", "eve@example.test", false, "bob@example.test");
            var mail =
                    new Command.Mail(
                            Posting.address("ann@example.test"),
                            MailParameters.NONE.withEnvid(Optional.of("envelope-1")));
            client.mail(mail);
            client.ask(
                    new Command.Rcpt(
                            Posting.address("staff@example.test"),
                            new RcptParameters(Set.of(Notify.SUCCESS), Optional.empty())));
            client.data(Posting.stream("Subject: hello\r\n\r\ntext\r\n"));
            RelayTest.delivered(here);
            await().until(() -> !Posting.inbox(here, "ann@example.test").isEmpty());
            assertThat(Posting.inbox(here, "ann@example.test"))
                    .singleElement()
                    .asString()
                    .containsSubsequence(
                            "Original-Envelope-Id: envelope-1\r\n",
                            "Final-Recipient: rfc822; staff@example.test\r\n",
                            "Action: delivered\r\n");
            assertThat(Posting.inbox(here, "bob@example.test")).hasSize(1);
        }
    }

    @Test
    void aLetterThatComesBackToItsListIsSeen() throws Exception {
        try (var here = house();
                var client = Posting.signIn(here, "ann@example.test")) {
            here.list("staff@example.test", "eve@example.test", false, "bob@example.test");
            assertThat(
                            Posting.send(
                                    client,
                                    "ann@example.test",
                                    "List-Id: Staff <staff.example.test>\r\n\r\nagain\r\n",
                                    "staff@example.test"))
                    .singleElement()
                    .matches(reply -> reply.enhanced().equals("5.4.6"));
            assertThat(Posting.inbox(here, "bob@example.test")).isEmpty();
        }
    }

    @Test
    void aMemberWhoseMailboxIsFullKeepsNobodyElseFromTheList() throws Exception {
        try (var here = house();
                var client = Posting.signIn(here, "ann@example.test")) {
            here.find("eve@example.test").limit(1L);
            here.deliver("eve@example.test", "x");
            here.list(
                    "staff@example.test",
                    "ann@example.test",
                    false,
                    "bob@example.test",
                    "eve@example.test");
            assertThat(
                            Posting.send(
                                    client,
                                    "ann@example.test",
                                    "Subject: x\r\n\r\n",
                                    "staff@example.test"))
                    .allMatch(Reply::isPositive);
            await().until(() -> !Posting.inbox(here, "bob@example.test").isEmpty());
        }
    }
}
