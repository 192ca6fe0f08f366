package org.postroom.demo;

import org.postroom.agent.Script;
import org.postroom.agent.account.Hindrance;
import org.postroom.agent.ftp.Ftp;
import org.postroom.control.CannotServe;
import org.postroom.control.Exit;
import org.postroom.control.Ports;
import org.postroom.demo.Witness.Kind;
import org.postroom.names.NameServer;
import org.postroom.names.Zone;
import org.postroom.server.Port;
import org.postroom.store.Refused;
import org.postroom.wire.Departure;
import org.postroom.wire.Fault;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// What the textbooks draw, happening: the four scenarios of electronic mail, a letter typed by hand,
/// and a file by FTP with its two connections. Each step says whether it did what it should.
public final class Demo {

    private static final String HERE = "127.0.0.2";
    private static final String THERE = "127.0.0.3";
    private static final String ALICE = "alice@example.test";
    private static final String CAROL = "carol@example.test";
    private static final String BOB = "bob@example.net";
    private static final String TEA = "tea@example.test";
    private static final String FOROUZAN = "forouzanb@adelphia.net";

    /// What the textbooks count in each scenario.
    ///
    /// @param transfers SMTP conversations over TCP
    /// @param received Received fields in the letter that arrives
    /// @param accesses POP3 and IMAP conversations over TCP
    record Counts(int transfers, int received, int accesses) {}

    /// One scenario, seen.
    record Seen(String title, Counts counts, boolean agreed) {}

    private final Stage stage;
    private final Witness witness;
    private final Agents agents;
    private final List<Seen> seen = new java.util.ArrayList<>();

    private Demo(PrintWriter out) {
        stage = new Stage(out);
        witness = new Witness(stage);
        agents = new Agents(witness);
    }

    /// Runs it.
    ///
    /// @param stays whether it stays up afterwards, until it is interrupted
    /// @return [Exit#OK] only if every step did what it should
    public static int run(PrintWriter out, boolean stays) {
        var demo = new Demo(out);
        try {
            demo.play(stays);
        } catch (Departure | Failure | Refused failed) {
            demo.stage.expect("every step goes through: " + failed.getMessage(), false);
        } catch (IOException | CannotServe | Fault failed) {
            demo.stage.expect("the servers start: " + failed.getMessage(), false);
        }
        return demo.stage.failures() == 0 ? Exit.OK : Exit.SOFTWARE;
    }

    /// Runs it for a test, and says what was counted in each scenario.
    static List<Seen> watch(PrintWriter out) throws Exception {
        var demo = new Demo(out);
        demo.play(false);
        if (demo.stage.failures() > 0) throw new AssertionError("the demo was not as it should be");
        return demo.seen;
    }

    private void play(boolean stays) throws IOException, CannotServe, Refused, Departure, Failure {
        int offset =
                Ports.freeOffset(
                        IntStream.iterate(10_000, it -> it <= 30_000, it -> it + 2000),
                        InetAddress.ofLiteral(HERE),
                        InetAddress.ofLiteral(THERE));
        var zone =
                Zone.of(
                        """
                        example.test MX 10 mx.example.test.
                        mx.example.test A %s
                        example.net MX 10 mx.example.net.
                        mx.example.net A %s
                        """
                                .formatted(HERE, THERE));
        try (var names = NameServer.of(zone);
                var here =
                        Site.open(
                                "mx.example.test",
                                HERE,
                                offset,
                                names.address(),
                                "example.net",
                                List.of(ALICE, CAROL, FOROUZAN));
                var there =
                        Site.open(
                                "mx.example.net",
                                THERE,
                                offset,
                                names.address(),
                                "example.test",
                                List.of(BOB))) {
            witness.attend(here.house(), "mx.example.test -> mx.example.net");
            witness.attend(there.house(), "mx.example.net -> mx.example.test");
            first(here);
            second(here, there);
            third(here, there);
            fourth(here, there);
            byHand(here);
            speaking(here);
            bounce(here);
            list(here, there);
            sevenBits(here, there);
            atTheTerminal(here, there);
            files(there);
            representations(there);
            transaction(there);
            components(there);
            summary();
            if (stays) stay(here);
        }
    }

    private void first(Site here) throws Departure, Failure {
        begin(
                "Scenario 1: sender and receiver on one server",
                """

                      alice                         carol
                       UA                            UA
                        \\                           /
                         +--- mx.example.test ---+
                                  mailboxes

                Two user agents, no transfer agent: the letter is handed over at home.
                """);
        agents.handOver(here, ALICE, CAROL, letter(ALICE, CAROL, "One server"));
        var letter = agents.readAtHome(here, CAROL);
        count("1", letter, "One server", new Counts(0, 1, 0));
    }

    private void second(Site here, Site there) throws Departure, Failure {
        begin(
                "Scenario 2: two servers",
                """

                      alice                                                   bob
                       UA                                                     UA
                        |                                                      |
                  mx.example.test  MTA client ----- SMTP ----> MTA server  mx.example.net

                Two user agents and one pair of transfer agents.
                """);
        agents.handOver(here, ALICE, BOB, letter(ALICE, BOB, "Two servers"));
        here.awaitDelivery();
        var letter = agents.readAtHome(there, BOB);
        count("2", letter, "Two servers", new Counts(1, 2, 0));
    }

    private void third(Site here, Site there) throws Departure, Failure {
        begin(
                "Scenario 3: the sender is over a network from her server",
                """

                  alice                                                        bob
                   UA                                                          UA
                  MTA client -- SMTP --> mx.example.test                        |
                                         MTA client -- SMTP --> mx.example.net

                Two user agents and two pairs of transfer agents.
                """);
        agents.submit(here, ALICE, BOB, letter(ALICE, BOB, "Over a network"));
        here.awaitDelivery();
        var letter = agents.readAtHome(there, BOB);
        count("3", letter, "Over a network", new Counts(2, 2, 0));
    }

    private void fourth(Site here, Site there) throws Departure, Failure {
        begin(
                "Scenario 4: both are over networks, the common one",
                """

                  alice                                                            bob
                   UA                                                              UA
                  MTA client -- SMTP --> mx.example.test                       MAA client
                                         MTA client -- SMTP --> mx.example.net  <-- POP3, IMAP
                                                                MAA server

                Two user agents, two pairs of transfer agents, a pair of access agents. SMTP pushes,
                twice; POP3 and IMAP pull.
                """);
        agents.submit(here, ALICE, BOB, letter(ALICE, BOB, "Both over networks"));
        here.awaitDelivery();
        var collected = agents.readByPop3(there, BOB);
        var letter = agents.readByImap(there, BOB);
        count("4", letter, "Both over networks", new Counts(2, 2, 2));
        stage.expect("POP3 and IMAP show the same letter", collected.equals(letter));
    }

    private void byHand(Site here) throws Departure, Failure {
        begin(
                "By hand: the textbooks' example, typed as it is printed",
                "\n"
                    + "No angle brackets, a From without an address, no Date: it is taken all the"
                    + " same.\n");
        var lines = List.of("This is a test message", "to show SMTP in action.");
        agents.type(
                here,
                List.of(
                        "HELO mail.adelphia.net",
                        "MAIL FROM: " + FOROUZAN,
                        "RCPT TO: " + FOROUZAN,
                        "DATA",
                        "QUIT"),
                List.of("From: Forouzan", "TO: Forouzan", "", lines.get(0), lines.get(1), "."));
        var letter = agents.readAtHome(here, FOROUZAN);
        stage.expect(
                "its body is \"" + lines.get(0) + " ...\"",
                letter.endsWith("\r\n\r\n" + lines.get(0) + "\r\n" + lines.get(1) + "\r\n"));
        agree();
    }

    private void speaking(Site here) throws Departure, Failure, Refused {
        begin(
                "SEND: a word to somebody who is there",
                """

                  alice                               carol, at her terminal
                   UA --- SEND --> mx.example.test ---> an open session

                Nothing is kept: 250 means that a session has shown it, 450 that nobody is there.
                """);
        try (var carol = agents.attend(here, CAROL)) {
            agents.speak(here, ALICE, CAROL, letter(ALICE, CAROL, "Tea is ready"));
            stage.expect(
                    "carol's session shows it", carol.heard().contains("Subject: Tea is ready"));
        }
        stage.expect(
                "it is in no mailbox",
                !agents.readAtHome(here, CAROL).contains("Subject: Tea is ready"));
        try {
            agents.speak(here, ALICE, CAROL, letter(ALICE, CAROL, "Too late"));
            stage.expect("carol has gone: 450", false);
        } catch (Failure gone) {
            stage.expect(
                    "carol has gone: 450", String.valueOf(gone.getMessage()).contains("450 4.2.0"));
        }
        agree();
    }

    private void bounce(Site here) throws Departure, Failure {
        begin(
                "A letter that can't be delivered comes back",
                """

                  alice                                                       nobody
                   UA --> mx.example.test --- SMTP: RCPT TO --> mx.example.net: 550
                   UA <-- the queue: a notice, from nobody

                """);
        String nobody = "nobody@example.net";
        agents.handOver(here, ALICE, nobody, letter(ALICE, nobody, "To nobody"));
        here.awaitDelivery();
        var notice = agents.readAtHome(here, ALICE);
        stage.expect(
                "alice reads why, and a program can",
                notice.contains("could not be delivered")
                        && notice.contains("Final-Recipient: rfc822; " + nobody)
                        && notice.contains("Action: failed")
                        && notice.contains("Status: 5.1.1"));
        stage.expect("nobody could answer it", notice.startsWith("Return-Path: <>"));
        agree();
    }

    private void list(Site here, Site there) throws Departure, Failure, Refused {
        begin(
                "A letter to a list, inside and outside",
                """

                                            +--> carol, here
                  alice --> tea@example.test
                                            +--> SMTP --> mx.example.net --> bob

                One letter in, a copy for each member out; the list's owner answers for it.
                """);
        here.list(TEA, ALICE, List.of(CAROL, BOB));
        agents.handOver(here, ALICE, TEA, letter(ALICE, TEA, "To all of you"));
        here.awaitDelivery();
        stage.expect("one letter went over the network", witness.overTcp(Kind.TRANSFER) == 1);
        for (var letter : List.of(agents.readAtHome(here, CAROL), agents.readAtHome(there, BOB)))
            stage.expect(
                    "a member has it, with the list's name",
                    letter.contains("Subject: To all of you")
                            && letter.contains("List-Id: <tea.example.test>"));
        agree();
    }

    private void sevenBits(Site here, Site there) throws Departure, Failure {
        begin(
                "MIME: a picture and a letter in four languages, over a path of seven bits",
                """

                  alice                                                        bob
                   UA                                                          UA
                  MIME: octets -> NVT ASCII                     MIME: NVT ASCII -> octets
                        \\                                                     /
                         +-- SMTP --> mx.example.test -- SMTP --> mx.example.net

                SMTP carries seven bits. MIME makes seven bits of anything, and the same again of them.
                """);
        var parcel = new SevenBits(ALICE, BOB);
        stage.say(parcel.howItIsDone());
        agents.submit(here, ALICE, BOB, parcel.letter());
        here.awaitDelivery();
        var letter = agents.readByImap(there, BOB);
        stage.say(SevenBits.parts(letter));
        stage.expect("every octet on the way was below 128", SevenBits.isAscii(letter));
        for (var text : SevenBits.TEXTS.entrySet())
            stage.expect(
                    text.getKey() + " arrives as it was written: " + text.getValue(),
                    SevenBits.text(letter, text.getKey()).equals(text.getValue()));
        stage.expect(
                "the picture arrives octet for octet",
                Arrays.equals(SevenBits.picture(letter), SevenBits.PICTURE));
        agree();
    }

    private void atTheTerminal(Site here, Site there) throws Failure {
        begin(
                "The mail agent at the terminal: ./postroom mail",
                """

                Carol writes to Bob, Bob answers and files the letter, Carol reads the answer. All that
                they type stands behind a >.
                """);
        type(
                here,
                CAROL,
                List.of(
                        "addresses bob " + BOB,
                        "send bob",
                        "Sunday",
                        "Shall we go out?",
                        ".",
                        "y"));
        here.awaitDelivery();
        var bob =
                List.of(
                        "search subject:Sunday new",
                        "read found",
                        "reply",
                        "Gladly, I bring the cake.",
                        ".",
                        "y",
                        "create Picnics",
                        "move . Picnics",
                        "mailboxes Picnics");
        String filed = type(there, BOB, bob);
        stage.expect("Bob reads Carol's letter", filed.contains("Shall we go out?"));
        stage.expect("it is where he filed it", filed.contains("1 letter moved to Picnics."));
        there.awaitDelivery();
        String read = type(here, CAROL, List.of("$", "list --threads"));
        stage.expect(
                "Carol reads his answer, her own words quoted",
                read.contains("> Shall we go out?") && read.contains("I bring the cake."));
    }

    /// What a person types at the agent's prompt, and what it shows.
    private String type(Site site, String who, List<String> lines) throws Failure {
        var shown = new StringWriter();
        try {
            Script.play(
                    new PrintWriter(shown, true),
                    site.desk(who),
                    (_, name) -> site.home().socket(name),
                    who,
                    lines);
        } catch (Hindrance hindrance) {
            throw new Failure("the mail agent", hindrance.why());
        }
        stage.say(shown.toString().indent(2));
        return shown.toString();
    }

    private void files(Site there) throws Departure, Failure {
        for (boolean passive : new boolean[] {true, false}) {
            begin(
                    "A file by FTP, " + (passive ? "passive" : "active"),
                    passive
                            ? """

                              client                                    server
                              control process ----------------------->  port 21
                              data transfer process ----------------->  a port that the server names

                            The client opens both connections.
                            """
                            : """

                              client                                    server
                              control process ----------------------->  port 21
                              data transfer process <-----------------  port 20

                            The client names a port, the server opens the data connection to it.
                            """);
            var file = "A parcel.\r\nIts second line.\r\n".getBytes(StandardCharsets.UTF_8);
            var back = agents.putAndGet(there, BOB, passive, file);
            stage.expect("the file comes back as it went", Arrays.equals(file, back));
            agree();
        }
    }

    private void representations(Site there) throws Departure, Failure {
        begin(
                "FTP's types, structures and modes: one text, and what crosses",
                """

                  Type       what a character is: A NVT-ASCII, E EBCDIC, I the octets as they are
                  Structure  what a file is made of: F octets, R records, P pages
                  Mode       how it is wrapped: S a stream, B blocks of descriptor and count,
                             C runs, so that blanks cost little

                Where the mode tells the end of a file, the data connection stays for the next.
                """);
        for (var crossing : Representations.watch(there, BOB)) {
            stage.say("  " + crossing.title() + crossing.octets());
            stage.expect("it is the same text", crossing.arrived().equals(Representations.TEXT));
        }
    }

    private void transaction(Site there) throws Failure {
        begin(
                "An HTTP transaction, taken apart",
                """

                  http   ://  mx.example.net  :  port   /files/dear.txt
                  method      host               port   path

                The method says which protocol, the host whom to call, the port where he listens (80
                where none is said), the path what is asked for. A request is a line, fields, an empty
                line, a body; so is its answer.
                """);
        var all =
                Transaction.watch(
                        there,
                        BOB,
                        List.of(
                                new String[] {"GET /files/dear.txt"},
                                new String[] {"PUT /files/reply.txt", "Dear Alice"},
                                new String[] {"GET /files/reply.txt"},
                                new String[] {"GET /files/nothing.txt"}));
        for (var seen : all) {
            part("request line", seen.request());
            part("status line", seen.answer());
        }
        stage.expect(
                "what FTP stored, HTTP gets: the same file",
                all.get(0).answer().body().equals(Representations.TEXT));
        stage.expect(
                "what HTTP put, HTTP gets, on the connection that stayed",
                all.get(2).answer().body().equals("Dear Alice"));
        stage.expect(
                "a status tells how it went: 200, 201, 200, 404",
                all.stream()
                        .map(seen -> seen.answer().line().split(" ")[1])
                        .toList()
                        .equals(List.of("200", "201", "200", "404")));
        stage.say(
                """

                          connections     commands and data           the server remembers
                  FTP     two             each its own: out of band   who you are, where, what TYPE
                  SMTP    one             one after the other         the envelope, until DATA is done
                  HTTP    one             head and body: in band      nothing: each request says all
                """);
    }

    private void part(String line, Transaction.Part part) {
        stage.say("  " + line + ":  " + part.line());
        part.fields().forEach(field -> stage.say("    field:     " + field));
        part.body().lines().forEach(text -> stage.say("    body:      " + text));
    }

    /// The agent itself, as a person calls it.
    private void components(Site there) throws Failure {
        begin(
                "FTP's client and its three components, by ./postroom ftp",
                """

                  user interface          what is asked for: a verb and a file
                  control process         C: commands, S: replies (under TLS, which it asks for)
                  data transfer process   (so many octets) of the file
                """);
        var file = "A parcel.\r\nIts second line.\r\n";
        try {
            var folder = Files.createTempDirectory("postroom-demo");
            var parcel = Files.writeString(folder.resolve("parcel.txt"), file);
            var back = folder.resolve("back.txt");
            String url =
                    "ftp://%s@%s:%d/"
                            .formatted(
                                    BOB.replace("@", "%40"),
                                    there.address,
                                    there.tcp(Port.FTP).getPort());
            int put = interfaced("put", parcel.toString(), url);
            int got = interfaced("get", url + "parcel.txt", "--out", back.toString());
            stage.expect("both commands end well", put == Exit.OK && got == Exit.OK);
            stage.expect("the file comes back as it went", file.equals(Files.readString(back)));
            for (var one : List.of(parcel, back, folder)) Files.deleteIfExists(one);
        } catch (IOException e) {
            throw new Failure("./postroom ftp", String.valueOf(e.getMessage()));
        }
    }

    private int interfaced(String... words) {
        stage.say("  [user interface] ./postroom ftp " + String.join(" ", words));
        var all = new java.util.ArrayList<>(List.of(words));
        all.addAll(
                List.of(
                        "--verbose",
                        "--insecure",
                        "--password-command",
                        "echo " + Site.PASSWORD.reveal()));
        var said = new java.io.StringWriter();
        int exit = Ftp.run(new PrintWriter(said), new PrintWriter(said), all);
        said.toString().lines().forEach(line -> stage.say("      " + line));
        return exit;
    }

    private void begin(String title, String picture) {
        witness.begin();
        stage.title(title);
        stage.say(picture);
    }

    private void count(String number, String letter, String subject, Counts expected) {
        var counts =
                new Counts(
                        witness.overTcp(Kind.TRANSFER),
                        received(letter),
                        witness.overTcp(Kind.ACCESS));
        stage.expect("the letter arrived", letter.contains("Subject: " + subject));
        stage.expect(
                counts.transfers()
                        + " SMTP conversations over TCP, "
                        + counts.received()
                        + " Received fields, "
                        + counts.accesses()
                        + " access conversations over TCP",
                counts.equals(expected));
        seen.add(new Seen(number, counts, agree()));
    }

    private boolean agree() {
        boolean agreed = witness.bothEndsAgree();
        stage.expect("both ends of every conversation heard the same, byte for byte", agreed);
        return agreed;
    }

    private static int received(String letter) {
        var header = letter.substring(0, Math.max(0, letter.indexOf("\r\n\r\n")));
        return (int) header.lines().filter(line -> line.startsWith("Received:")).count();
    }

    private static String letter(String from, String to, String subject) {
        return "From: %s\r\nTo: %s\r\nSubject: %s\r\n\r\nHello,\r\nthis is %s.\r\n"
                .formatted(from, to, subject, subject.toLowerCase(java.util.Locale.ROOT));
    }

    private void summary() {
        stage.title("What was counted");
        stage.say("  scenario   SMTP over TCP   Received fields   POP3 and IMAP over TCP");
        for (var one : seen)
            stage.say(
                    "  %-10s %-15d %-17d %d"
                            .formatted(
                                    one.title(),
                                    one.counts().transfers(),
                                    one.counts().received(),
                                    one.counts().accesses()));
        stage.say(
                stage.failures() == 0
                        ? "\nEvery step did what it should."
                        : "\n" + stage.failures() + " steps did not do what they should.");
    }

    /// Until the process is interrupted.
    private void stay(Site here) {
        stage.say(
                """

                Both servers stay up; Ctrl-C ends them. Everybody's password is "%s". By hand:

                  telnet %s %d
                  HELO mail.adelphia.net
                  MAIL FROM: %s
                  RCPT TO: %s
                  DATA
                  From: Forouzan
                  TO: Forouzan

                  This is a test message
                  to show SMTP in action.
                  .
                  QUIT

                  curl imap://%s:%d/INBOX -u %s:%s -X 'FETCH 1:* (ENVELOPE)'
                  curl ftp://%s:%d/ -u %s:%s
                  ./postroom ftp ftp://%s:%d/
                """
                        .formatted(
                                Site.PASSWORD.reveal(),
                                here.address,
                                here.tcp(Port.SMTP).getPort(),
                                FOROUZAN,
                                FOROUZAN,
                                here.address,
                                here.tcp(Port.IMAP).getPort(),
                                FOROUZAN,
                                Site.PASSWORD.reveal(),
                                here.address,
                                here.tcp(Port.FTP).getPort(),
                                ALICE,
                                Site.PASSWORD.reveal(),
                                here.address,
                                here.tcp(Port.FTP).getPort()));
        try {
            Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
