package org.postroom.server.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.postroom.sasl.ClientExchange;
import org.postroom.sasl.Mechanism;
import org.postroom.server.Port;
import org.postroom.server.dialogue.TestHouse;
import org.postroom.smtp.Refusal;
import org.postroom.smtp.Reply;
import org.postroom.wire.Secret;

class DeliveryTest {

    private static final String SENDER = "someone@elsewhere.example";
    private static final String LETTER = "Subject: hello\r\n\r\ntext\r\n";

    @Test
    void anAliasAndItsMemberThatAreNamedTogetherGetOneCopyEach() throws Exception {
        try (var house = new TestHouse()) {
            house.account("ann@example.test");
            house.account("bob@example.test");
            house.alias("all@example.test", "ann@example.test", "bob@example.test");
            try (var client = Posting.call(house, Port.SMTP)) {
                assertThat(
                                Posting.send(
                                        client,
                                        SENDER,
                                        LETTER,
                                        "bob@example.test",
                                        "all@example.test"))
                        .allMatch(Reply::isPositive)
                        .hasSize(2);
            }
            await().until(() -> house.house.queue().waiting() == 0);
            for (var address : new String[] {"ann@example.test", "bob@example.test"})
                assertThat(Posting.inbox(house, address))
                        .singleElement()
                        .asString()
                        .startsWith("Return-Path: <" + SENDER + ">\r\nDelivered-To: " + address)
                        .doesNotContain("for <") // RFC 5321 §7.2
                        .endsWith(LETTER);
        }
    }

    @Test
    void inLmtpAnAliasAndItsMemberGetOneCopyToo() throws Exception {
        try (var house = new TestHouse()) {
            house.account("bob@example.test");
            house.alias("all@example.test", "bob@example.test");
            try (var client = Posting.call(house, Port.LMTP)) {
                assertThat(
                                Posting.send(
                                        client,
                                        SENDER,
                                        LETTER,
                                        "bob@example.test",
                                        "all@example.test"))
                        .allMatch(Reply::isPositive)
                        .hasSize(2);
            }
            assertThat(Posting.inbox(house, "bob@example.test")).hasSize(1);
        }
    }

    @Test
    void theThousandAndFirstRecipientIsPutOff() throws Exception {
        try (var house = new TestHouse()) {
            house.account("bob@example.test");
            var recipients = new String[1001];
            for (int i = 0; i < recipients.length; i++)
                recipients[i] = "bob+" + i + "@example.test";
            try (var client = Posting.call(house, Port.SMTP)) {
                var replies = Posting.send(client, SENDER, LETTER, recipients);
                assertThat(replies.subList(0, 1000)).allMatch(Reply::isPositive);
                assertThat(replies.getLast()).isEqualTo(Reply.TOO_MANY_RECIPIENTS);
            }
            assertThat(Posting.inbox(house, "bob@example.test")).hasSize(1);
        }
    }

    @Test
    void aLetterThatGoesRoundInCirclesIsStopped() throws Exception {
        try (var house = new TestHouse()) {
            house.account("bob@example.test");
            String hop = "Received: from a by b; Thu, 1 Jan 2026 00:00:00 +0000\r\n";
            try (var client = Posting.call(house, Port.SMTP)) {
                var most =
                        Posting.send(client, SENDER, hop.repeat(50) + LETTER, "bob@example.test");
                assertThat(most).allMatch(Reply::isPositive);
                var more =
                        Posting.send(client, SENDER, hop.repeat(51) + LETTER, "bob@example.test");
                assertThat(more).containsExactly(Reply.LOOP);
            }
        }
    }

    @Test
    void aHeaderBeyond100KibIsRefusedAndABodyIsNot() throws Exception {
        try (var house = new TestHouse()) {
            house.account("bob@example.test");
            String field = "X-Long: " + "x".repeat(900) + "\r\n";
            try (var client = Posting.call(house, Port.SMTP)) {
                assertThat(
                                Posting.send(
                                        client,
                                        SENDER,
                                        field.repeat(200) + LETTER,
                                        "bob@example.test"))
                        .containsExactly(Reply.HEADER_TOO_BIG);
                assertThat(
                                Posting.send(
                                        client,
                                        SENDER,
                                        LETTER + field.repeat(200),
                                        "bob@example.test"))
                        .allMatch(Reply::isPositive);
            }
        }
    }

    @Test
    void aLargeLetterComesThroughWhole() throws Exception {
        try (var house = new TestHouse()) {
            house.account("bob@example.test");
            String letter = "Subject: large\r\n\r\n" + ".line of text\r\n".repeat(100_000);
            try (var client = Posting.call(house, Port.SMTP)) {
                assertThat(Posting.send(client, SENDER, letter, "bob@example.test"))
                        .allMatch(Reply::isPositive);
            }
            assertThat(Posting.inbox(house, "bob@example.test").getFirst()).endsWith(letter);
        }
    }

    @Test
    void anAppPasswordSignsInByScram() throws Exception {
        try (var house = new TestHouse()) {
            house.account("bob@example.test");
            var secret = new Secret(house.appPassword("bob@example.test"));
            for (var mechanism :
                    new Mechanism[] {
                        Mechanism.SCRAM_SHA_1, Mechanism.SCRAM_SHA_256, Mechanism.SCRAM_SHA_512
                    })
                try (var client = Posting.call(house, Port.SUBMISSION)) {
                    client.auth(ClientExchange.scram(mechanism, "bob@example.test", secret));
                    client.mail(Posting.mail("bob@example.test"));
                }
            try (var client = Posting.call(house, Port.SUBMISSION)) {
                var wrong =
                        ClientExchange.scram(
                                Mechanism.SCRAM_SHA_256, "bob@example.test", new Secret("guess"));
                assertThatThrownBy(() -> client.auth(wrong))
                        .isInstanceOfSatisfying(
                                Refusal.class,
                                refusal -> assertThat(refusal.reply()).isEqualTo(Reply.WRONG));
            }
        }
    }

    @Test
    void eachLetterIsWrittenDownWithTheIdOfItsReceivedField() throws Exception {
        try (var house = new TestHouse()) {
            house.account("bob@example.test");
            try (var client = Posting.call(house, Port.SMTP)) {
                Posting.send(client, SENDER, LETTER, "bob@example.test");
                client.quit();
            }
            await().until(() -> house.journal().size() == 2);
            var letter = house.journal().getFirst();
            assertThat(letter.event()).isEqualTo("letter");
            var id = letter.fields().getFirst();
            assertThat(id.name()).isEqualTo("id");
            assertThat(Posting.inbox(house, "bob@example.test").getFirst())
                    .contains("\r\n\tid " + id.value() + "\r\n");
            assertThat(house.house.journal().figures())
                    .containsEntry("letter.smtp.accepted", 1L)
                    .containsEntry("session.smtp", 1L);
        }
    }
}
