package org.postroom.prove;

import org.postroom.ftp.FtpClient;
import org.postroom.imap.Code;
import org.postroom.imap.Command;
import org.postroom.imap.Flag;
import org.postroom.imap.ImapClient;
import org.postroom.imap.MailboxName;
import org.postroom.imap.Response;
import org.postroom.imap.SequenceSet;
import org.postroom.pop3.Pop3Client;
import org.postroom.sasl.ClientExchange;
import org.postroom.server.Port;
import org.postroom.smtp.Address;
import org.postroom.smtp.ForwardPath;
import org.postroom.smtp.MailParameters;
import org.postroom.smtp.Reply;
import org.postroom.smtp.SmtpClient;
import org.postroom.wire.Departure;
import org.postroom.wire.Limits;
import org.postroom.wire.Secret;
import org.postroom.wire.Tap;
import org.postroom.wire.Tls;
import org.postroom.wire.Wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The people of one round: each speaks one protocol to the child until it is gone, and enters in the
/// ledger what is begun before it is said, and what was acknowledged once it was heard.
final class Load {

    static final String DOMAIN = "prove.test";
    static final String ANN = "ann";
    static final String BOB = "bob";
    static final String KEPT = "Kept";
    static final Secret PASSWORD = new Secret("crash and carry on");

    /// The child's certificate is its own.
    private static final Tls.Client TLS = Tls.opportunistic();

    private static final int CALL_MILLIS = 10_000;
    private static final int TALKS = 7;
    private static final int MOST_COLLECTED = 5; // in one POP3 session

    /// From a server's last octet to its end.
    private static final Duration DYING = Duration.ofMillis(500);

    private final Process child;
    private final Ledger ledger;
    private final int round;
    private final int offset;
    private final Set<String> heard = ConcurrentHashMap.newKeySet();

    Load(Process child, Ledger ledger, int round, int offset) {
        this.child = child;
        this.ledger = ledger;
        this.round = round;
        this.offset = offset;
    }

    /// Speaks until the server is gone.
    private interface Talk {
        void run()
                throws Departure,
                        IOException,
                        org.postroom.smtp.Refusal,
                        org.postroom.imap.Refusal,
                        org.postroom.pop3.Refusal,
                        org.postroom.ftp.Refusal;
    }

    /// Whether every one of them was acknowledged something: from now on a kill is worth its while.
    boolean isHeardByAll() {
        return heard.size() == TALKS;
    }

    private void acknowledge(String who, String key) {
        ledger.acknowledge(key);
        heard.add(who);
    }

    /// Returns when all have lost the server.
    void run() throws InterruptedException {
        var talks =
                Map.<String, Talk>of(
                        "submission", () -> send(Port.SUBMISSION, "submission"),
                        "smtp", () -> send(Port.SMTP, "smtp"),
                        "lmtp", () -> send(Port.LMTP, "lmtp"),
                        "imap", this::imap,
                        "pop3", this::pop3,
                        "ftp", () -> ftp("ftp", false),
                        "ftps", () -> ftp("ftps", true));
        var threads = new ArrayList<Thread>();
        talks.forEach((name, talk) ->
                threads.add(Thread.ofVirtual().name(name).start(() -> run(name, talk))));
        for (var thread : threads) thread.join();
    }

    private void run(String name, Talk talk) {
        try {
            talk.run();
        } catch (Departure left) {
            if (!dies()) end(name, "was left by a server that lives: " + left.getMessage());
        } catch (IOException e) {
            end(name, "failed: " + e);
        } catch (org.postroom.smtp.Refusal refusal) {
            end(name, "was refused: " + refusal.reply());
        } catch (org.postroom.imap.Refusal refusal) {
            end(name, "was refused: " + refusal.reply());
        } catch (org.postroom.pop3.Refusal refusal) {
            end(name, "was refused: " + refusal.reply());
        } catch (org.postroom.ftp.Refusal refusal) {
            end(name, "was refused: " + refusal.reply());
        }
    }

    private boolean dies() {
        try {
            return child.waitFor(DYING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /// A talk that can't go on is not waited for.
    private void end(String name, String why) {
        ledger.complain(name + " " + why);
        heard.add(name);
    }

    private Wire call(Port port) throws Departure {
        var to = new InetSocketAddress(InetAddress.getLoopbackAddress(), port.number + offset);
        return Wire.connect(to, CALL_MILLIS, Limits.CLIENT, Tap.NONE);
    }

    private String key(String who, int step) {
        return who + "-" + round + "-" + step;
    }

    private static String name(String account) {
        return account + "@" + DOMAIN;
    }

    private static String place(String account, MailboxName mailbox) {
        return account + "/" + mailbox.value();
    }

    private static ByteArrayInputStream stream(byte[] octets) {
        return new ByteArrayInputStream(octets);
    }

    // ---- letters that come

    private void send(Port port, String who) throws Departure, org.postroom.smtp.Refusal {
        var sender = new org.postroom.smtp.Command.Mail(address(ANN), MailParameters.NONE);
        try (var client = new SmtpClient(call(port))) {
            if (port == Port.LMTP) client.lhlo(DOMAIN);
            else client.hello(DOMAIN);
            if (port == Port.SUBMISSION) {
                client.starttls(TLS, DOMAIN);
                client.hello(DOMAIN); // RFC 3207 §4.2
                client.auth(ClientExchange.plain(name(ANN), PASSWORD));
            }
            for (int step = 0; ; step++) {
                var key = key(who, step);
                // RFC 2033 §4.2: by LMTP each recipient is a promise of its own, not all or none
                var recipients =
                        switch (port == Port.LMTP ? 1 + step % 2 : step % 3) {
                            case 0 -> List.of(ANN, BOB);
                            case 1 -> List.of(ANN);
                            default -> List.of(BOB);
                        };
                ledger.begin(
                        key,
                        places -> {
                            for (var one : recipients)
                                places.put(place(one, MailboxName.INBOX), "");
                            return places;
                        });
                var paths = recipients.stream().<ForwardPath>map(Load::address).toList();
                var letter = stream(Specimen.letter(key));
                for (var reply : client.send(sender, paths, letter)) heard(reply);
                acknowledge(who, key);
            }
        }
    }

    private static Address address(String account) {
        return new Address(account, DOMAIN);
    }

    private static void heard(Reply reply) throws org.postroom.smtp.Refusal {
        if (!reply.isPositive()) throw new org.postroom.smtp.Refusal(reply);
    }

    // ---- letters that are kept

    /// A letter of our own: where it is and by which number.
    private record Own(String key, MailboxName mailbox, int uid, boolean seen) {

        SequenceSet set() {
            return SequenceSet.of(uid);
        }

        String place() {
            return Load.place(ANN, mailbox);
        }

        String value() {
            return seen ? "seen" : "";
        }
    }

    private void imap() throws Departure, org.postroom.imap.Refusal {
        var random = new Random(round);
        var own = new ArrayList<Own>();
        try (var client = new ImapClient(call(Port.IMAP))) {
            client.login(name(ANN), PASSWORD);
            for (int step = 0; ; step++) {
                own.add(append(client, step));
                var one = own.remove(random.nextInt(own.size()));
                client.select(one.mailbox);
                switch (step % 5) {
                    case 0 -> own.add(see(client, one));
                    case 1 -> own.add(move(client, one));
                    case 2 -> copy(client, one);
                    case 3 -> expunge(client, one);
                    default -> own.add(one);
                }
            }
        }
    }

    private Own append(ImapClient client, int step) throws Departure, org.postroom.imap.Refusal {
        var key = key("imap", step);
        var mailbox = step % 2 == 0 ? MailboxName.INBOX : MailboxName.of(KEPT);
        byte[] letter = Specimen.letter(key);
        ledger.begin(key, places -> with(places, place(ANN, mailbox), ""));
        var reply = client.append(mailbox, List.of(), stream(letter), letter.length);
        acknowledge("imap", key);
        return at(mailbox, reply.code(), key, false);
    }

    private Own see(ImapClient client, Own one) throws Departure, org.postroom.imap.Refusal {
        ledger.begin(one.key, places -> with(places, one.place(), "seen"));
        flag(client, one, Flag.SEEN);
        acknowledge("imap", one.key);
        return new Own(one.key, one.mailbox, one.uid, true);
    }

    private Own move(ImapClient client, Own one) throws Departure, org.postroom.imap.Refusal {
        var to = other(one);
        ledger.begin(
                one.key, places -> without(with(places, place(ANN, to), one.value()), one.place()));
        var answer = client.ask(new Command.Move(true, one.set(), to));
        acknowledge("imap", one.key);
        return at(to, code(answer), one.key, one.seen);
    }

    private void copy(ImapClient client, Own one) throws Departure, org.postroom.imap.Refusal {
        var to = other(one);
        ledger.begin(one.key, places -> with(places, place(ANN, to), one.value()));
        var answer = client.ask(new Command.Copy(true, one.set(), to));
        acknowledge("imap", one.key);
        at(to, code(answer), one.key, one.seen);
    }

    private void expunge(ImapClient client, Own one) throws Departure, org.postroom.imap.Refusal {
        flag(client, one, Flag.DELETED);
        ledger.begin(one.key, places -> without(places, one.place()));
        client.ask(new Command.Expunge(Optional.of(one.set())));
        acknowledge("imap", one.key);
    }

    private static void flag(ImapClient client, Own one, Flag flag)
            throws Departure, org.postroom.imap.Refusal {
        var add = Command.Store.Change.ADD;
        client.ask(new Command.Store(true, one.set(), add, false, List.of(flag)));
    }

    private static MailboxName other(Own one) throws org.postroom.imap.Refusal {
        return one.mailbox.isInbox() ? MailboxName.of(KEPT) : MailboxName.INBOX;
    }

    /// RFC 6851 §4.3: MOVE tells COPYUID before its tagged reply.
    private static Optional<Code> code(ImapClient.Answer answer) {
        for (var response : answer.untagged())
            if (response instanceof Response.State(var reply)
                    && reply.code().orElse(null) instanceof Code.CopyUid) return reply.code();
        return answer.reply().code();
    }

    private Own at(MailboxName mailbox, Optional<Code> code, String key, boolean seen)
            throws org.postroom.imap.Refusal {
        var uids =
                switch (code.orElse(null)) {
                    case Code.AppendUid(_, var given) -> given;
                    case Code.CopyUid(_, _, var copies) -> copies;
                    case null, default ->
                            throw new org.postroom.imap.Refusal(
                                    new org.postroom.imap.Reply(
                                            org.postroom.imap.Reply.Condition.NO,
                                            Optional.empty(),
                                            "no UID was told for " + key));
                };
        int uid = (int) uids.ranges().getFirst().first();
        ledger.uid(place(ANN, mailbox), uid, key);
        return new Own(key, mailbox, uid, seen);
    }

    private static Map<String, String> with(
            Map<String, String> places, String place, String value) {
        places.put(place, value);
        return places;
    }

    private static Map<String, String> without(Map<String, String> places, String place) {
        places.remove(place);
        return places;
    }

    // ---- letters that go

    private void pop3() throws Departure, org.postroom.pop3.Refusal {
        while (true)
            try (var client = new Pop3Client(call(Port.POP3))) {
                client.signIn(name(BOB), PASSWORD);
                int count = Math.min(MOST_COLLECTED, client.stat());
                var marked = new ArrayList<String>();
                for (int message = 1; message <= count; message++) {
                    var header = new ByteArrayOutputStream();
                    client.top(message, 0, header::write);
                    var key = Specimen.subject(header.toString(StandardCharsets.ISO_8859_1));
                    var inbox = place(BOB, MailboxName.INBOX);
                    // one whose 250 is not heard yet is left for later
                    if (!ledger.begin(key, places -> without(places, inbox))) continue;
                    marked.add(key);
                    client.dele(message);
                }
                client.quit();
                for (var key : marked) acknowledge("pop3", key);
            }
    }

    // ---- files

    /// A file of ours.
    ///
    /// @param versions what was put and then appended
    private record Parcel(String key, String name, List<Integer> versions) {

        Parcel {
            versions = List.copyOf(versions);
        }

        Parcel and(int version) {
            var more = new ArrayList<>(versions);
            more.add(version);
            return new Parcel(key, name, more);
        }

        String digest() {
            var octets = new ByteArrayOutputStream();
            for (int version : versions) octets.writeBytes(Specimen.file(key, version));
            return Specimen.digest(octets.toByteArray());
        }
    }

    /// @param secured under TLS, and the server calls for the data; else in the clear, and it is called
    private void ftp(String who, boolean secured)
            throws Departure, org.postroom.ftp.Refusal, IOException {
        var random = new Random(round);
        var own = new ArrayList<Parcel>();
        try (var client = new FtpClient(call(Port.FTP), () -> Tap.NONE)) {
            if (secured) {
                client.authTls(TLS, DOMAIN);
                client.protectData(TLS, DOMAIN);
                client.passive(false);
            }
            client.signIn(name(ANN), PASSWORD);
            client.type(new org.postroom.ftp.Type.Image());
            for (int step = 0; ; step++) {
                var key = key(who, step);
                var fresh = new Parcel(key, key, List.of(step));
                own.add(step % 3 == 0 ? resume(client, fresh) : put(client, fresh));
                var one = own.remove(random.nextInt(own.size()));
                switch (step % 5) {
                    case 0 -> own.add(append(client, one.and(step + 1)));
                    case 1 -> own.add(rename(client, one, one.key + "~" + step));
                    case 2 -> remove(client, one);
                    case 3 -> own.add(put(client, new Parcel(one.key, one.name, List.of(step))));
                    default -> own.add(one);
                }
            }
        }
    }

    private Parcel put(FtpClient client, Parcel one)
            throws Departure, org.postroom.ftp.Refusal, IOException {
        ledger.begin(one.key, places -> with(places, one.name, one.digest()));
        client.put(one.name, stream(Specimen.file(one.key, one.versions.getLast())));
        acknowledge(who(one), one.key);
        return one;
    }

    /// Breaks off half-way, and puts the rest behind what the server has kept of it.
    private Parcel resume(FtpClient client, Parcel one)
            throws Departure, org.postroom.ftp.Refusal, IOException {
        ledger.begin(one.key, places -> with(places, one.name, one.digest()));
        byte[] octets = Specimen.file(one.key, one.versions.getLast());
        try {
            client.put(one.name, new Breaking(octets, octets.length / 2));
        } catch (Breaking.Off half) {
            // as it should be
        }
        int kept = kept(client, one);
        client.resume(one.name, kept, new ByteArrayInputStream(octets, kept, octets.length - kept));
        acknowledge(who(one), one.key);
        return one;
    }

    /// What the server has kept of an upload that broke off, if it had come to anything.
    private static int kept(FtpClient client, Parcel one) throws Departure {
        try {
            return (int) client.size(one.name);
        } catch (org.postroom.ftp.Refusal nothing) {
            return 0;
        }
    }

    /// Octets that can't be read to their end.
    private static final class Breaking extends FilterInputStream {

        /// The end that is none.
        static final class Off extends IOException {
            private static final long serialVersionUID = 1;
        }

        Breaking(byte[] octets, int length) {
            super(new ByteArrayInputStream(octets, 0, length));
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int n = super.read(into, offset, length);
            if (n < 0) throw new Off();
            return n;
        }
    }

    private static String who(Parcel one) {
        return one.key.substring(0, one.key.indexOf('-'));
    }

    private Parcel append(FtpClient client, Parcel one)
            throws Departure, org.postroom.ftp.Refusal, IOException {
        ledger.begin(one.key, places -> with(places, one.name, one.digest()));
        client.append(one.name, stream(Specimen.file(one.key, one.versions.getLast())));
        acknowledge(who(one), one.key);
        return one;
    }

    private Parcel rename(FtpClient client, Parcel one, String to)
            throws Departure, org.postroom.ftp.Refusal {
        ledger.begin(one.key, places -> without(with(places, to, one.digest()), one.name));
        client.rename(one.name, to);
        acknowledge(who(one), one.key);
        return new Parcel(one.key, to, one.versions);
    }

    private void remove(FtpClient client, Parcel one) throws Departure, org.postroom.ftp.Refusal {
        ledger.begin(one.key, places -> without(places, one.name));
        client.dele(one.name);
        acknowledge(who(one), one.key);
    }
}
