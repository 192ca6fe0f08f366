package org.postroom.demo;

import org.postroom.demo.Witness.Kind;
import org.postroom.ftp.FtpClient;
import org.postroom.imap.Capability;
import org.postroom.imap.Datum;
import org.postroom.imap.FetchItem;
import org.postroom.imap.ImapClient;
import org.postroom.imap.MailboxName;
import org.postroom.imap.Response;
import org.postroom.imap.Section;
import org.postroom.imap.SequenceSet;
import org.postroom.pop3.Pop3Client;
import org.postroom.sasl.ClientExchange;
import org.postroom.server.Port;
import org.postroom.smtp.Address;
import org.postroom.smtp.Command;
import org.postroom.smtp.MailParameters;
import org.postroom.smtp.SmtpClient;
import org.postroom.wire.Departure;
import org.postroom.wire.Limits;
import org.postroom.wire.Wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The people's programs: user agents made of the clients' halves of the protocols.
final class Agents {

    private static final int CALL_MILLIS = 10_000;

    private final Witness witness;

    Agents(Witness witness) {
        this.witness = witness;
    }

    private Wire call(Kind kind, String hop, SocketAddress to) throws Departure {
        return Wire.connect(to, CALL_MILLIS, Limits.CLIENT, witness.client(kind, hop, to));
    }

    /// Hands a letter over on the server's own machine: no password, no TCP.
    void handOver(Site site, String from, String to, String letter) throws Departure, Failure {
        var hop = local(from) + " -> home of " + site.host;
        try (var client = new SmtpClient(call(Kind.ACCESS, hop, site.socket(Port.SUBMISSION)))) {
            client.hello("localhost");
            client.auth(ClientExchange.external(from));
            send(client, from, to, letter);
            client.quit();
        } catch (org.postroom.smtp.Refusal refusal) {
            throw new Failure(hop, refusal.reply().toString());
        }
    }

    /// Submits a letter over a network: TLS, a password, SMTP.
    void submit(Site site, String from, String to, String letter) throws Departure, Failure {
        var hop = local(from) + " -> " + site.host;
        try (var client = new SmtpClient(call(Kind.TRANSFER, hop, site.tcp(Port.SUBMISSION)))) {
            client.hello("agent." + site.host);
            client.starttls(site.tls(), site.host);
            client.hello("agent." + site.host);
            client.auth(ClientExchange.plain(from, Site.PASSWORD));
            send(client, from, to, letter);
            client.quit();
        } catch (org.postroom.smtp.Refusal refusal) {
            throw new Failure(hop, refusal.reply().toString());
        }
    }

    /// Speaks to somebody who is there (RFC 821 §3.4).
    void speak(Site site, String from, String to, String words) throws Departure, Failure {
        var hop = local(from) + " -> home of " + site.host;
        try (var client = new SmtpClient(call(Kind.ACCESS, hop, site.socket(Port.SUBMISSION)))) {
            client.hello("localhost");
            client.auth(ClientExchange.external(from));
            try {
                client.ask(new Command.Send(address(from)));
                client.rcpt(address(to));
                client.data(new ByteArrayInputStream(words.getBytes(StandardCharsets.UTF_8)));
            } finally {
                client.quit();
            }
        } catch (org.postroom.smtp.Refusal refusal) {
            throw new Failure(hop, refusal.reply().toString());
        }
    }

    /// Is there for an account, at the server's machine, until somebody has said something.
    Attending attend(Site site, String who) throws Departure, Failure {
        var hop = local(who) + " <- home of " + site.host;
        var wire = call(Kind.ACCESS, hop, site.socket(Port.IMAP));
        try {
            var client = new ImapClient(wire);
            client.authenticate(ClientExchange.external(who));
            client.enable(Capability.PRESENCE);
            return new Attending(client);
        } catch (org.postroom.imap.Refusal refusal) {
            wire.close();
            throw new Failure(hop, refusal.reply().toString());
        }
    }

    /// Somebody at a terminal, to whom others may speak.
    static final class Attending implements AutoCloseable {

        private final ImapClient client;
        private final CompletableFuture<String> words = new CompletableFuture<>();
        private final Thread thread = Thread.ofVirtual().unstarted(this::listen);

        private Attending(ImapClient client) {
            this.client = client;
            thread.start();
        }

        private void listen() {
            try {
                client.idle(response -> {
                    if (!(response instanceof Response.Notice(var octets))) return false;
                    words.complete(octets);
                    return true;
                });
                client.logout();
            } catch (Departure | org.postroom.imap.Refusal gone) {
                words.complete("");
            }
        }

        /// What was said.
        String heard() {
            return words.completeOnTimeout("", CALL_MILLIS, TimeUnit.MILLISECONDS).join();
        }

        @Override
        public void close() {
            try {
                thread.join(Duration.ofMillis(CALL_MILLIS));
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
            }
            client.close();
        }
    }

    private static void send(SmtpClient client, String from, String to, String letter)
            throws Departure, org.postroom.smtp.Refusal {
        client.mail(new Command.Mail(address(from), MailParameters.NONE));
        client.rcpt(address(to));
        client.data(new ByteArrayInputStream(letter.getBytes(StandardCharsets.UTF_8)));
    }

    private static Address address(String text) throws org.postroom.smtp.Refusal {
        return org.postroom.smtp.Grammar.address(text);
    }

    /// Reads the newest letter on the server's own machine.
    String readAtHome(Site site, String who) throws Departure, Failure {
        var hop = local(who) + " <- home of " + site.host;
        try (var client = new ImapClient(call(Kind.ACCESS, hop, site.socket(Port.IMAP)))) {
            client.authenticate(ClientExchange.external(who));
            return newest(client);
        } catch (org.postroom.imap.Refusal refusal) {
            throw new Failure(hop, refusal.reply().toString());
        }
    }

    /// Reads the newest letter by IMAP over a network.
    String readByImap(Site site, String who) throws Departure, Failure {
        var hop = local(who) + " <-IMAP- " + site.host;
        try (var client = new ImapClient(call(Kind.ACCESS, hop, site.tcp(Port.IMAP)))) {
            client.starttls(site.tls(), site.host);
            client.login(who, Site.PASSWORD);
            return newest(client);
        } catch (org.postroom.imap.Refusal refusal) {
            throw new Failure(hop, refusal.reply().toString());
        }
    }

    private static String newest(ImapClient client)
            throws Departure, org.postroom.imap.Refusal, Failure {
        if (client.select(MailboxName.INBOX) == 0) throw new Failure("IMAP", "the inbox is empty");
        var uids = client.fetch(SequenceSet.of(SequenceSet.STAR), List.of(FetchItem.Attribute.UID));
        long newest = 0;
        for (var fetched : uids)
            if (fetched.item("UID").orElse(null) instanceof Datum.Atom(var uid))
                newest = Math.max(newest, Long.parseLong(uid));
        var letter = new ByteArrayOutputStream();
        client.body(newest, Section.MESSAGE, letter::write);
        client.logout();
        return letter.toString(StandardCharsets.UTF_8);
    }

    /// Collects the newest letter by POP3 over a network, and leaves it there.
    String readByPop3(Site site, String who) throws Departure, Failure {
        var hop = local(who) + " <-POP3- " + site.host;
        try (var client = new Pop3Client(call(Kind.ACCESS, hop, site.tcp(Port.POP3)))) {
            client.stls(site.tls(), site.host);
            client.signIn(who, Site.PASSWORD);
            int count = client.stat();
            if (count == 0) throw new Failure(hop, "the maildrop is empty");
            var letter = new ByteArrayOutputStream();
            client.retr(count, letter::write);
            client.quit();
            return letter.toString(StandardCharsets.UTF_8);
        } catch (org.postroom.pop3.Refusal refusal) {
            throw new Failure(hop, refusal.reply().toString());
        }
    }

    /// Puts a file and gets it back.
    ///
    /// @param passive whether the client opens the data connections, or the server
    byte[] putAndGet(Site site, String who, boolean passive, byte[] file)
            throws Departure, Failure {
        var hop = local(who) + " -> " + site.host + " control";
        try (var client =
                new FtpClient(
                        call(Kind.FILES, hop, site.tcp(Port.FTP)),
                        () ->
                                witness.client(
                                        Kind.FILES,
                                        local(who) + " == " + site.host + " data",
                                        site.tcp(Port.FTP)))) {
            client.passive(passive);
            client.signIn(who, Site.PASSWORD);
            client.type(new org.postroom.ftp.Type.Image());
            client.put("parcel.txt", new ByteArrayInputStream(file));
            client.list(java.util.Optional.empty(), _ -> {});
            var back = new ByteArrayOutputStream();
            client.get("parcel.txt", 0, back::write);
            client.quit();
            return back.toByteArray();
        } catch (org.postroom.ftp.Refusal refusal) {
            throw new Failure(hop, refusal.reply().toString());
        } catch (java.io.IOException e) {
            throw new Failure(hop, String.valueOf(e.getMessage()));
        }
    }

    /// Types lines as a person does by telnet, waiting for an answer to each command.
    void type(Site site, List<String> commands, List<String> letter) throws Departure, Failure {
        var hop = "telnet " + site.host;
        try (var wire = call(Kind.TRANSFER, hop, site.tcp(Port.SMTP))) {
            answered(wire, hop, "220");
            for (var command : commands) {
                wire.say(org.postroom.wire.Line.of(command));
                if (command.equals("DATA")) {
                    answered(wire, hop, "354");
                    for (var line : letter) wire.say(org.postroom.wire.Line.of(line));
                }
                answered(wire, hop, command.equals("QUIT") ? "221" : "250");
            }
        }
    }

    private static void answered(Wire wire, String hop, String code) throws Departure, Failure {
        while (true) {
            String line = wire.line().text();
            if (!line.startsWith(code)) throw new Failure(hop, line);
            if (line.length() == 3 || line.charAt(3) != '-') return;
        }
    }

    private static String local(String address) {
        return address.substring(0, address.indexOf('@'));
    }
}
