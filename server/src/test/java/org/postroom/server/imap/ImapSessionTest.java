package org.postroom.server.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postroom.imap.FetchItem;
import org.postroom.imap.FetchItem.Attribute;
import org.postroom.imap.Flag;
import org.postroom.imap.ImapClient;
import org.postroom.imap.MailboxName;
import org.postroom.imap.Refusal;
import org.postroom.imap.Response;
import org.postroom.imap.SearchKey;
import org.postroom.imap.Section;
import org.postroom.imap.SequenceSet;
import org.postroom.sasl.Binding;
import org.postroom.sasl.ClientExchange;
import org.postroom.sasl.Mechanism;
import org.postroom.server.Port;
import org.postroom.server.dialogue.TestHouse;
import org.postroom.store.Account;
import org.postroom.store.Addressee;
import org.postroom.store.Flags;
import org.postroom.store.NewMessage;
import org.postroom.wire.Departure;
import org.postroom.wire.Limits;
import org.postroom.wire.Line;
import org.postroom.wire.Secret;
import org.postroom.wire.Tap;
import org.postroom.wire.Tls;
import org.postroom.wire.Wire;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

@Timeout(60)
class ImapSessionTest {

    private static final Charset LATIN = StandardCharsets.ISO_8859_1;
    private static final String BOB = "bob@example.test";
    private static final SequenceSet ALL =
            new SequenceSet(List.of(new SequenceSet.Range(1, SequenceSet.STAR)));

    private TestHouse house;
    private Account bob;

    @BeforeEach
    void open() throws Exception {
        house = new TestHouse();
        bob = house.account(BOB);
    }

    @AfterEach
    void close() throws Exception {
        house.close();
    }

    private ImapClient client() throws Departure, Refusal {
        return new ImapClient(
                Wire.connect(house.address(Port.IMAP), 5000, Limits.CLIENT, Tap.NONE));
    }

    private ImapClient signedIn() throws Departure, Refusal {
        var client = client();
        client.login(BOB, TestHouse.PASSWORD);
        return client;
    }

    private void fill(int count) throws Exception {
        try (var draft = house.house.store().draft()) {
            var octets = "Subject: x\r\n\r\ny\r\n".getBytes(StandardCharsets.US_ASCII);
            draft.write(octets, 0, octets.length);
            var message = new NewMessage(draft.seal(), new byte[0], Flags.NONE, Instant.EPOCH);
            for (int left = count; left > 0; left -= 1000)
                bob.append(bob.inbox().id(), Collections.nCopies(Math.min(left, 1000), message));
        }
    }

    @Test
    void theClientSignsInByTheBestMechanismUnderTls() throws Exception {
        var id = house.house.store().directory().find(Addressee.of(BOB)).orElseThrow();
        var secret = house.house.store().passwords().issue(id, "test").secret();
        try (var client = client()) {
            client.starttls(Tls.opportunistic(), "localhost");
            assertThat(client.capability()).contains("AUTH=PLAIN");
            client.authenticate(ClientExchange.scram(Mechanism.SCRAM_SHA_256, BOB, secret));
            assertThat(client.capability()).doesNotContain("STARTTLS", "AUTH=PLAIN");
            assertThat(client.select(MailboxName.INBOX)).isZero();
            client.logout();
        }
        try (var client = client()) {
            var exchange = ClientExchange.plain(BOB, new Secret("wrong"));
            assertThatThrownBy(() -> client.authenticate(exchange)).isInstanceOf(Refusal.class);
        }
    }

    // RFC 3501 §6.4.5: what the view knows is told of twenty thousand messages
    @Test
    void theFlagsOfAWholeMailboxAreTold() throws Exception {
        fill(20_000);
        try (var client = signedIn()) {
            assertThat(client.select(MailboxName.INBOX)).isEqualTo(20_000);
            var fetches = client.fetch(ALL, List.of(Attribute.FLAGS, Attribute.UID));
            assertThat(fetches).hasSize(20_000);
            for (int i = 0; i < 20_000; i += 777) assertThat(fetches.get(i).uid()).hasValue(i + 1);
            var odd = new SearchKey.Not(new SearchKey.Uid(SequenceSet.of(7)));
            assertThat(client.search(odd)).hasSize(19_999);
        }
    }

    // RFC 3501 §6.3.11, §6.4.5: what went in comes out, octet for octet, and is never held whole
    @Test
    void aLargeMessageStreamsBothWays() throws Exception {
        long size = 20L * 1024 * 1024;
        try (var client = signedIn()) {
            client.append(MailboxName.of("Drafts"), List.of(Flag.DRAFT), new Large(size), size);
            client.select(MailboxName.of("Drafts"));
            var digest = MessageDigest.getInstance("SHA-256");
            client.body(1, Section.MESSAGE, digest::update);
            assertThat(digest.digest()).isEqualTo(digest(new Large(size)));
            var exists = client.fetch(ALL, List.of(Attribute.RFC822_SIZE)).getFirst();
            assertThat(exists.item("RFC822.SIZE").orElseThrow().toString()).contains("" + size);
        }
    }

    private static byte[] digest(InputStream stream) throws Exception {
        var digest = MessageDigest.getInstance("SHA-256");
        var some = new byte[8192];
        for (int n = stream.read(some); n > 0; n = stream.read(some)) digest.update(some, 0, n);
        return digest.digest();
    }

    /// A letter of any size: a header, and lines of 64 octets.
    private static final class Large extends InputStream {
        private static final byte[] HEADER =
                "Subject: large\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        private final long size;
        private long at;

        Large(long size) {
            this.size = size;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (at == size) return -1;
            int n = (int) Math.min(length, size - at);
            for (int i = 0; i < n; i++) into[offset + i] = (byte) read();
            return n;
        }

        @Override
        public int read() {
            if (at == size) return -1;
            long i = at++;
            if (i < HEADER.length) return HEADER[(int) i];
            if (i == size - 2 || (i < size - 2 && i % 64 == 62)) return '\r';
            if (i == size - 1 || (i > HEADER.length && i % 64 == 63)) return '\n';
            return 'a' + (int) (i * 31 % 26);
        }
    }

    // RFC 2177: two sessions, one waits for what the other does
    @Test
    void anIdleClientHearsOfALetterAtOnce() throws Exception {
        try (var client = signedIn();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            client.select(MailboxName.INBOX);
            var heard = threads.submit(() -> client.idle(Response.Exists.class::isInstance));
            house.deliver(BOB, "Subject: x\r\n\r\ny\r\n");
            assertThat(heard.get()).isEqualTo(new Response.Exists(1));
            client.logout();
        }
    }

    // TRAPS T32: a search costs the time to read what is searched, whatever is looked for
    @Test
    void aHostileSearchIsLinear() throws Exception {
        house.deliver(BOB, "Subject: x\r\n\r\n" + ("a".repeat(900) + "\r\n").repeat(3000));
        house.deliver(BOB, "Subject: x\r\n\r\n" + "a".repeat(3_000_000) + "\r\n");
        try (var client = signedIn()) {
            client.select(MailboxName.INBOX);
            assertThat(client.search(new SearchKey.Body("a".repeat(100_000) + "b"))).isEmpty();
            assertThat(client.search(new SearchKey.Body("A".repeat(100_000)))).containsExactly(2L);
        }
    }

    // a client that left is not searched for any longer
    @Test
    void aSearchEndsWhenItsClientHasLeft() throws Exception {
        try (var draft = house.house.store().draft()) {
            var octets = new Large(20L * 1024 * 1024).readAllBytes();
            draft.write(octets, 0, octets.length);
            var message = new NewMessage(draft.seal(), new byte[0], Flags.NONE, Instant.EPOCH);
            bob.append(bob.inbox().id(), Collections.nCopies(200, message)); // minutes of work
        }
        try (var client = signedIn()) {
            client.select(MailboxName.INBOX);
            var wire = Wire.connect(house.address(Port.IMAP), 5000, Limits.CLIENT, Tap.NONE);
            wire.say(Line.of("a LOGIN " + BOB + " " + TestHouse.PASSWORD.reveal()));
            wire.say(Line.of("b EXAMINE INBOX"));
            wire.say(Line.of("c SEARCH" + " BODY \"1\"".repeat(100)));
            wire.flush();
            wire.abort();
            org.awaitility.Awaitility.await()
                    .untilAsserted(() -> assertThat(house.journal().toString()).contains("gone"));
            // others of the same account take their turns meanwhile
            assertThat(client.search(new SearchKey.Uid(SequenceSet.of(7)))).containsExactly(7L);
        }
    }

    // TRAPS T35: what is printed of hostile headers is sent before more is printed
    @Test
    void aFetchHoldsLittleOfWhatItTells() throws Exception {
        var many = "a@example.test, ".repeat(9_000);
        for (int i = 0; i < 16; i++)
            house.deliver(BOB, "To: " + many + "b@example.test\r\n\r\nx\r\n");
        var longest = new AtomicInteger();
        var tap =
                new Tap() {
                    @Override
                    public void heard(byte[] octets, int offset, int length) {}

                    @Override
                    public void said(byte[] octets, int offset, int length) {
                        longest.accumulateAndGet(length, Math::max);
                    }

                    @Override
                    public void noted(String what) {}
                };
        try (var _ = house.house.taps().listen(_ -> tap);
                var client = signedIn()) {
            client.select(MailboxName.INBOX);
            assertThat(client.fetch(ALL, List.of(Attribute.ENVELOPE, Attribute.UID))).hasSize(16);
        }
        assertThat(longest.get()).isBetween(100_000, 1_000_000);
    }

    // RFC 3501 §9: CHAR8 is any octet but NUL
    @Test
    void aNulIsNeverSent() throws Exception {
        house.deliver(BOB, "Subject: x\r\n\r\na\0b\r\n");
        try (var client = signedIn()) {
            client.select(MailboxName.INBOX);
            var octets = new ByteArrayOutputStream();
            client.body(1, Section.TEXT, octets::write);
            assertThat(octets.toByteArray()).isEqualTo(new byte[] {'a', (byte) 0x80, 'b', 13, 10});
        }
    }

    @Test
    void aSessionIsWrittenDown() throws Exception {
        try (var client = signedIn()) {
            client.fetch(ALL, List.<FetchItem>of(Attribute.UID));
        } catch (Refusal nothingSelected) {
            assertThat(nothingSelected.reply().condition())
                    .isEqualTo(org.postroom.imap.Reply.Condition.BAD);
        }
        org.awaitility.Awaitility.await()
                .untilAsserted(() ->
                        assertThat(house.journal().toString())
                                .contains("imap", BOB)
                                .doesNotContain(TestHouse.PASSWORD.reveal()));
    }

    @Test
    void theTapsOfBothEndsAgreeAndShowNoPassword() throws Exception {
        var server = new Heard();
        var ours = new Heard();
        try (var _ = house.house.taps().listen(_ -> server)) {
            var wire = Wire.connect(house.address(Port.IMAP), 5000, Limits.CLIENT, ours);
            try (var client = new ImapClient(wire)) {
                assertThatThrownBy(() -> client.login(BOB, new Secret("lít\"mein")))
                        .isInstanceOf(Refusal.class);
                client.login(BOB, TestHouse.PASSWORD);
                client.append(MailboxName.INBOX, List.of(), new Large(5000), 5000);
                client.select(MailboxName.INBOX);
                client.body(1, Section.MESSAGE, (_, _, _) -> {});
                client.logout();
            }
        }
        assertThat(server.said.toString(LATIN)).isEqualTo(ours.heard.toString(LATIN));
        assertThat(server.heard.toString(LATIN)).isEqualTo(ours.said.toString(LATIN));
        assertThat(ours.said.toString(LATIN)).contains("****").doesNotContain("letmein", "mein");
    }

    /// Keeps what a tap hears.
    private static final class Heard implements Tap {
        private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
        private final ByteArrayOutputStream said = new ByteArrayOutputStream();

        @Override
        public void heard(byte[] octets, int offset, int length) {
            heard.write(octets, offset, length);
        }

        @Override
        public void said(byte[] octets, int offset, int length) {
            said.write(octets, offset, length);
        }

        @Override
        public void noted(String what) {}
    }

    // RFC 5802 §6, RFC 9266 §4: a proof is worth something on its own connection only (TRAPS T12)
    @Test
    void aBoundExchangeIsGoodForItsOwnConnection() throws Exception {
        var app = new Secret(house.appPassword(BOB));
        for (var type : Binding.TYPES) {
            var wire = Wire.connect(house.address(Port.IMAP), 5000, Limits.CLIENT, Tap.NONE);
            try (var client = new ImapClient(wire)) {
                client.starttls(Tls.opportunistic(), "localhost");
                client.authenticate(
                        ClientExchange.bound(
                                Mechanism.SCRAM_SHA_256_PLUS,
                                BOB,
                                app,
                                wire::channelBinding,
                                type));
                client.logout();
            }
        }
        var wire = Wire.connect(house.address(Port.IMAP), 5000, Limits.CLIENT, Tap.NONE);
        try (var client = new ImapClient(wire)) {
            client.starttls(Tls.opportunistic(), "localhost");
            Binding forged = _ -> Optional.of(new byte[32]);
            var exchange =
                    ClientExchange.bound(
                            Mechanism.SCRAM_SHA_512_PLUS, BOB, app, forged, "tls-exporter");
            assertThatThrownBy(() -> client.authenticate(exchange)).isInstanceOf(Refusal.class);
        }
    }
}
