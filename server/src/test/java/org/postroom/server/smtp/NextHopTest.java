package org.postroom.server.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postroom.queue.Route;
import org.postroom.server.dialogue.TestHouse;
import org.postroom.smtp.Command;
import org.postroom.smtp.ForwardPath;
import org.postroom.smtp.MailParameters;
import org.postroom.smtp.MailParameters.DeliverBy;
import org.postroom.smtp.RcptParameters;
import org.postroom.smtp.RcptParameters.Notify;
import org.postroom.smtp.Reply;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What a next hop announces, and what we make of it.
class NextHopTest {

    private static final String LETTER = "Subject: hello\r\n\r\ntext\r\n";

    private final TestHouse here;

    NextHopTest() throws Exception {
        here = new TestHouse();
        here.account("ann@example.test");
    }

    @AfterEach
    void close() throws Exception {
        here.close();
    }

    /// For every domain.
    private void by(PlainServer hop) {
        var route = Route.to("*", Optional.of("127.0.0.1"), Optional.of(hop.port()));
        here.settings(here.settings().withRoutes(List.of(route)));
    }

    private void send(MailParameters parameters, RcptParameters rcpt, String... to)
            throws Exception {
        send(LETTER, parameters, rcpt, to);
    }

    private void send(String letter, MailParameters parameters, RcptParameters rcpt, String... to)
            throws Exception {
        try (var client = Posting.signIn(here, "ann@example.test")) {
            var mail = new Command.Mail(Posting.address("ann@example.test"), parameters);
            var recipients = new ArrayList<Command.Rcpt>();
            for (var one : to)
                recipients.add(new Command.Rcpt((ForwardPath) Posting.address(one), rcpt));
            assertThat(client.post(mail, recipients, Posting.stream(letter)))
                    .allMatch(Reply::isPositive);
        }
    }

    private static String[] recipients(int count, String domain) {
        var all = new String[count];
        for (int i = 0; i < count; i++) all[i] = "r" + i + "@" + domain;
        return all;
    }

    /// The domains of the recipients of each transaction. How many couriers share the work is theirs.
    private static List<List<String>> transactions(PlainServer hop) {
        var transactions = new ArrayList<List<String>>();
        for (var line : hop.heard()) {
            if (line.startsWith("MAIL")) transactions.add(new ArrayList<>());
            if (line.startsWith("RCPT"))
                transactions
                        .getLast()
                        .add(line.substring(line.indexOf('@') + 1).toLowerCase(Locale.ROOT));
        }
        return transactions;
    }

    private static long recipients(PlainServer hop) {
        return transactions(hop).stream().mapToInt(List::size).sum();
    }

    // RFC 9422 §4.2
    @Test
    void noMoreRecipientsAtOnceThanItTakes() throws Exception {
        try (var hop = new PlainServer("LIMITS RCPTMAX=3 NEWLIMIT=x")) {
            by(hop);
            send(MailParameters.NONE, RcptParameters.NONE, recipients(7, "a.example"));
            RelayTest.delivered(here);
            assertThat(transactions(hop)).allMatch(some -> some.size() <= 3).hasSizeLessThan(7);
            assertThat(recipients(hop)).isEqualTo(7);
        }
    }

    // RFC 9422 §4.3
    @Test
    void noMoreDomainsAtOnceThanItTakes() throws Exception {
        try (var hop = new PlainServer("LIMITS RCPTDOMAINMAX=1")) {
            by(hop);
            send(
                    MailParameters.NONE,
                    RcptParameters.NONE,
                    "a@a.example",
                    "b@b.example",
                    "c@A.example");
            RelayTest.delivered(here);
            assertThat(transactions(hop)).allMatch(some -> Set.copyOf(some).size() == 1);
            assertThat(recipients(hop)).isEqualTo(3);
        }
    }

    // RFC 9422 §4.1
    @Test
    void noMoreLettersByOneConnectionThanItTakes() throws Exception {
        try (var hop = new PlainServer("LIMITS MAILMAX=1 RCPTMAX=1")) {
            by(hop);
            send(MailParameters.NONE, RcptParameters.NONE, recipients(3, "a.example"));
            RelayTest.delivered(here);
            assertThat(transactions(hop)).hasSize(3).allMatch(some -> some.size() == 1);
            await().until(() -> count(hop, "QUIT") == 3);
            assertThat(count(hop, "EHLO")).isEqualTo(3);
        }
    }

    // RFC 9422 §3: what can't be read is as if it were not there
    @Test
    void limitsThatMakeNoSenseAreNone() throws Exception {
        try (var hop = new PlainServer("LIMITS RCPTMAX=0 MAILMAX= RCPTDOMAINMAX=x =3")) {
            by(hop);
            send(MailParameters.NONE, RcptParameters.NONE, recipients(7, "a.example"));
            RelayTest.delivered(here);
            assertThat(recipients(hop)).isEqualTo(7);
        }
    }

    private static long count(PlainServer hop, String verb) {
        return hop.heard().stream().filter(line -> line.startsWith(verb)).count();
    }

    private static MailParameters by(DeliverBy.Mode mode, boolean trace) {
        return MailParameters.NONE.withBy(Optional.of(new DeliverBy(3600, mode, trace)));
    }

    // RFC 2852 §4.1.4: a hop that knows no deadline gets the letter, and the sender hears of that
    @Test
    void aDeadlineThatTheNextHopDoesNotKnowIsTold() throws Exception {
        try (var hop = new PlainServer("DSN")) {
            by(hop);
            for (var mode : DeliverBy.Mode.values())
                send(by(mode, false), RcptParameters.NONE, "bob@a.example");
            await().until(() -> Posting.inbox(here, "ann@example.test").size() == 2);
            assertThat(Posting.inbox(here, "ann@example.test"))
                    .allMatch(letter -> letter.contains("Action: relayed\r\n"));
            var never = RcptParameters.NONE.withWhen(Set.of(Notify.NEVER));
            send(by(DeliverBy.Mode.RETURN, false), never, "bob@a.example");
            RelayTest.delivered(here);
            assertThat(Posting.inbox(here, "ann@example.test")).hasSize(2);
            assertThat(hop.heard()).noneMatch(line -> line.contains(" BY="));
        }
    }

    // RFC 2852 §4
    @Test
    void aDeadlineIsPassedOnAndTracedWhereThatIsAskedFor() throws Exception {
        try (var hop = new PlainServer("DSN", "DELIVERBY")) {
            by(hop);
            send(by(DeliverBy.Mode.RETURN, false), RcptParameters.NONE, "bob@a.example");
            RelayTest.delivered(here);
            assertThat(Posting.inbox(here, "ann@example.test")).isEmpty();
            send(by(DeliverBy.Mode.NOTIFY, true), RcptParameters.NONE, "bob@a.example");
            await().until(() -> Posting.inbox(here, "ann@example.test").size() == 1);
            assertThat(Posting.inbox(here, "ann@example.test").getFirst())
                    .contains("Action: relayed\r\n");
            assertThat(hop.heard())
                    .anyMatch(line -> line.matches("MAIL .* BY=3[56]\\d\\d;R"))
                    .anyMatch(line -> line.matches("MAIL .* BY=3[56]\\d\\d;NT"));
        }
    }

    // RFC 2852 §4: min-by-time
    @Test
    void aDeadlineThatTheNextHopCantKeepComesBackAtOnce() throws Exception {
        try (var hop = new PlainServer("DELIVERBY 7200")) {
            by(hop);
            send(by(DeliverBy.Mode.RETURN, false), RcptParameters.NONE, "bob@a.example");
            await().until(() -> Posting.inbox(here, "ann@example.test").size() == 1);
            assertThat(Posting.inbox(here, "ann@example.test").getFirst())
                    .contains("Status: 5.4.7\r\n");
            assertThat(hop.heard()).noneMatch(line -> line.startsWith("MAIL"));
        }
    }

    private static boolean isAscii(String line) {
        return line.chars().allMatch(c -> c < 0x80);
    }

    // RFC 6152 §3, TRAPS T45
    @Test
    void aHopOfSevenBitsGetsSevenBits() throws Exception {
        var letter =
                "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
                        + "Content-Transfer-Encoding: 8bit\r\n\r\ncaf\u00c3\u00a9\r\n";
        try (var hop = new PlainServer("SIZE");
                var eight = new PlainServer("8BITMIME")) {
            by(hop);
            send(letter, MailParameters.NONE, RcptParameters.NONE, "bob@a.example");
            RelayTest.delivered(here);
            assertThat(hop.heard())
                    .allMatch(NextHopTest::isAscii)
                    .contains("caf=C3=A9")
                    .noneMatch(line -> line.contains("BODY="));
            by(eight);
            send(letter, MailParameters.NONE, RcptParameters.NONE, "bob@a.example");
            RelayTest.delivered(here);
            assertThat(eight.heard())
                    .contains("caf\u00c3\u00a9")
                    .anyMatch(line -> line.matches("MAIL .* BODY=8BITMIME.*"));
        }
    }

    // RFC 6531 §3.2, §3.5, TRAPS T45
    @Test
    void utf8IsSaidWhereItIsNeededAndComesBackWhereItIsNotTaken() throws Exception {
        try (var hop = new PlainServer("8BITMIME");
                var young = new PlainServer("8BITMIME", "SMTPUTF8")) {
            by(young);
            send(MailParameters.NONE, RcptParameters.NONE, "bob@a.example");
            RelayTest.delivered(here);
            assertThat(young.heard()).noneMatch(line -> line.contains("SMTPUTF8"));
            by(hop);
            var letter = "Subject: caf\u00c3\u00a9\r\n\r\ntext\r\n";
            send(letter, MailParameters.NONE.withUtf8(true), RcptParameters.NONE, "bob@a.example");
            await().until(() -> Posting.inbox(here, "ann@example.test").size() == 1);
            assertThat(Posting.inbox(here, "ann@example.test").getFirst())
                    .contains("Status: 5.6.7\r\n");
        }
    }
}
