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
        try (var client = Posting.signIn(here, "ann@example.test")) {
            var mail = new Command.Mail(Posting.address("ann@example.test"), parameters);
            var recipients = new ArrayList<Command.Rcpt>();
            for (var one : to)
                recipients.add(new Command.Rcpt((ForwardPath) Posting.address(one), rcpt));
            assertThat(client.post(mail, recipients, Posting.stream(LETTER)))
                    .allMatch(Reply::isPositive);
        }
    }

    private static String[] recipients(int count, String domain) {
        var all = new String[count];
        for (int i = 0; i < count; i++) all[i] = "r" + i + "@" + domain;
        return all;
    }

    /// How many RCPT came behind each MAIL.
    private static List<Integer> transactions(List<String> heard) {
        var counts = new ArrayList<Integer>();
        for (var line : heard) {
            if (line.startsWith("MAIL")) counts.add(0);
            if (line.startsWith("RCPT")) counts.set(counts.size() - 1, counts.getLast() + 1);
        }
        return counts;
    }

    // RFC 9422 §4.2
    @Test
    void noMoreRecipientsAtOnceThanItTakes() throws Exception {
        try (var hop = new PlainServer("LIMITS RCPTMAX=3 NEWLIMIT=x")) {
            by(hop);
            send(MailParameters.NONE, RcptParameters.NONE, recipients(7, "a.example"));
            RelayTest.delivered(here);
            assertThat(transactions(hop.heard())).containsExactlyInAnyOrder(3, 3, 1);
            assertThat(here.journal()).isNotEmpty();
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
            assertThat(transactions(hop.heard())).containsExactlyInAnyOrder(2, 1);
        }
    }

    // RFC 9422 §4.1
    @Test
    void noMoreLettersByOneConnectionThanItTakes() throws Exception {
        try (var hop = new PlainServer("LIMITS MAILMAX=1 RCPTMAX=1")) {
            by(hop);
            send(MailParameters.NONE, RcptParameters.NONE, recipients(3, "a.example"));
            RelayTest.delivered(here);
            assertThat(transactions(hop.heard())).containsExactly(1, 1, 1);
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
            assertThat(transactions(hop.heard())).containsExactly(7);
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
}
