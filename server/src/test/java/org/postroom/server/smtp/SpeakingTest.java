package org.postroom.server.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.postroom.imap.Capability;
import org.postroom.imap.Command.Noop;
import org.postroom.imap.ImapClient;
import org.postroom.imap.Response;
import org.postroom.server.Port;
import org.postroom.server.dialogue.TestHouse;
import org.postroom.smtp.Address;
import org.postroom.smtp.Command.Rcpt;
import org.postroom.smtp.Command.Send;
import org.postroom.smtp.Reply;
import org.postroom.wire.Limits;
import org.postroom.wire.Tap;
import org.postroom.wire.Wire;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

class SpeakingTest {

    // RFC 821 §3.4
    @Test
    void aBusySessionHearsItAtTheEndOfACommandAndTheSenderWaitsForThat() throws Exception {
        try (var house = new TestHouse()) {
            house.account("bob@example.test");
            var wire = Wire.connect(house.address(Port.IMAP), 5000, Limits.CLIENT, Tap.NONE);
            try (var bob = new ImapClient(wire)) {
                bob.login("bob@example.test", TestHouse.PASSWORD);
                bob.enable(Capability.PRESENCE);
                var said = CompletableFuture.supplyAsync(() -> say(house));
                var notice = new Response.Notice("Subject: hurry\r\n");
                await().until(() -> bob.ask(new Noop()).untagged().contains(notice));
                assertThat(said.get().isPositive()).isTrue();
            }
        }
    }

    // RFC 821 §3.4: 250 once it stands on the terminal, where the client tells that
    @Test
    void aClientThatTellsWhenItHasShownItIsWaitedFor() throws Exception {
        try (var house = new TestHouse()) {
            house.account("bob@example.test");
            var wire = Wire.connect(house.address(Port.IMAP), 5000, Limits.CLIENT, Tap.NONE);
            try (var bob = new ImapClient(wire)) {
                bob.login("bob@example.test", TestHouse.PASSWORD);
                bob.enable(Capability.PRESENCE, Capability.SHOWN);
                var said = new AtomicReference<CompletableFuture<Reply>>();
                var early = new AtomicBoolean();
                bob.tell(response -> {
                    if (response instanceof Response.Continue)
                        said.set(CompletableFuture.supplyAsync(() -> say(house)));
                    if (response instanceof Response.Notice)
                        early.set(said.get().isDone()); // the client has not said DONE yet
                });
                bob.idle(Response.Notice.class::isInstance);
                assertThat(early).isFalse();
                assertThat(said.get().get().isPositive()).isTrue();
            }
        }
    }

    private static Reply say(TestHouse house) {
        try (var ann = Posting.call(house, Port.SMTP)) {
            ann.ask(new Send(new Address("ann", "example.test")));
            ann.ask(new Rcpt(new Address("bob", "example.test")));
            byte[] letter = "Subject: hurry\r\n".getBytes(StandardCharsets.US_ASCII);
            return ann.data(new ByteArrayInputStream(letter));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
