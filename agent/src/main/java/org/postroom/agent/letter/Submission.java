package org.postroom.agent.letter;

import org.postroom.agent.account.Account;
import org.postroom.agent.account.Calls;
import org.postroom.agent.account.Hindrance;
import org.postroom.agent.account.Hindrance.Kind;
import org.postroom.mime.Source;
import org.postroom.mime.compose.CannotCross;
import org.postroom.mime.compose.Composer;
import org.postroom.mime.compose.NextHop;
import org.postroom.mime.compose.Partial;
import org.postroom.mime.compose.Party.Person;
import org.postroom.mime.render.Visible;
import org.postroom.smtp.Address;
import org.postroom.smtp.Command;
import org.postroom.smtp.Extension;
import org.postroom.smtp.Grammar;
import org.postroom.smtp.MailParameters;
import org.postroom.smtp.RcptParameters;
import org.postroom.smtp.Refusal;
import org.postroom.smtp.Reply;
import org.postroom.smtp.SmtpClient;
import org.postroom.wire.Departure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Hands parcels in for one account (RFC 6409).
public final class Submission {

    private final Account account;
    private final Calls calls;
    private final Composer composer;

    public Submission(Account account, Calls calls, Composer composer) {
        this.account = account;
        this.calls = calls;
        this.composer = composer;
    }

    /// Somebody whom the server does not take the letter for.
    public record Refused(Person person, String why) {}

    /// Hands it in.
    ///
    /// @return those whom it was not taken for; the others have it
    /// @throws Hindrance when it was taken for nobody; of [Kind#UNREACHABLE] or [Kind#LATER] if that may
    ///     change
    public List<Refused> send(Parcel parcel) throws Hindrance {
        var place = account.submission();
        return calls.call(
                place,
                line -> {
                    try (var client = signIn(line)) {
                        var refused = send(client, parcel);
                        client.quit();
                        return refused;
                    } catch (Refusal refusal) {
                        throw refused(refusal.reply());
                    }
                });
    }

    private SmtpClient signIn(Calls.Line line) throws Departure, Refusal, Hindrance {
        var client = new SmtpClient(line.wire());
        String name = name(line);
        client.hello(name);
        if (line.wantsStarttls()) {
            if (client.extensions().has(Extension.STARTTLS)) {
                client.starttls(line.tls(), line.host());
                client.hello(name);
            } else line.stayInTheClear();
        }
        var mechanisms = client.extensions().mechanisms();
        if (mechanisms.isEmpty()) return client; // a server that takes what comes from here
        var exchange = calls.exchange(line.place(), mechanisms);
        if (exchange.isEmpty())
            throw new Hindrance(
                    Kind.NOT_ALLOWED,
                    line.place()
                            + " has no way of signing in that we know: "
                            + Visible.line(String.join(" ", mechanisms), 200));
        try {
            client.auth(exchange.get());
        } catch (Refusal refusal) {
            if (refusal.reply().isPermanent())
                throw calls.wrong(line.place(), shown(refusal.reply()));
            throw refusal;
        }
        return client;
    }

    // RFC 5321 §4.1.3: who has no name says its address
    private static String name(Calls.Line line) {
        return line.wire().local() instanceof java.net.InetSocketAddress local
                ? org.postroom.names.Literal.of(local.getAddress())
                : "localhost";
    }

    private List<Refused> send(SmtpClient client, Parcel parcel)
            throws Departure, Refusal, Hindrance {
        var extensions = client.extensions();
        var hop =
                new NextHop(
                        extensions.has(Extension.EIGHT_BIT_MIME),
                        false,
                        extensions.has(Extension.SMTPUTF8));
        if (parcel.wishes().requireTls() && !extensions.has(Extension.REQUIRETLS))
            throw Hindrance.notSo("The server does not promise TLS all the way (REQUIRETLS).");
        Optional<Path> file = Optional.empty();
        try {
            var path = Files.createTempFile("postroom-", ".eml");
            file = Optional.of(path);
            long most = most(parcel, client);
            try (var out = Files.newOutputStream(path)) {
                parcel.content().writeTo(out, hop);
            }
            if (most > 0 && Files.size(path) > most) return inPieces(client, parcel, path, most);
            return one(client, parcel, () -> Files.newInputStream(path), hop);
        } catch (CannotCross e) {
            throw Parcel.unsendable(e);
        } catch (IOException e) {
            throw Hindrance.system("Sending", e);
        } finally {
            remove(file);
        }
    }

    private static long most(Parcel parcel, SmtpClient client) {
        long taken = client.extensions().mostOctets().orElse(0);
        long wished = parcel.wishes().most();
        return wished > 0 && taken > 0 ? Math.min(wished, taken) : Math.max(wished, taken);
    }

    /// RFC 2046 §5.2.2: each piece is a letter of its own.
    private List<Refused> inPieces(SmtpClient client, Parcel parcel, Path path, long most)
            throws IOException, CannotCross, Departure, Refusal, Hindrance {
        try (var out = Files.newOutputStream(path)) {
            parcel.content().writeTo(out, NextHop.SEVEN_BIT);
        }
        long room = Math.max(1024, most - 4096); // their own headers
        List<Refused> refused = List.of();
        for (var piece : Partial.split(composer, () -> Files.newInputStream(path), room)) {
            var octets = new java.io.ByteArrayOutputStream();
            piece.writeTo(octets);
            refused = one(client, parcel, Source.of(octets.toByteArray()), NextHop.SEVEN_BIT);
        }
        return refused;
    }

    private static List<Refused> one(SmtpClient client, Parcel parcel, Source letter, NextHop hop)
            throws IOException, CannotCross, Departure, Refusal, Hindrance {
        var needs = parcel.content().needs(hop);
        client.ask(
                new Command.Mail(address(parcel.from()), parameters(client, parcel, needs, hop)));
        var refused = new ArrayList<Refused>();
        Optional<Reply> last = Optional.empty();
        for (var person : parcel.to())
            try {
                client.ask(new Command.Rcpt(address(person), receipt(client, parcel)));
            } catch (Refusal refusal) {
                last = Optional.of(refusal.reply());
                refused.add(new Refused(person, shown(refusal.reply())));
            }
        if (refused.size() == parcel.to().size()) {
            client.rset();
            throw refused(last.orElseThrow());
        }
        try (var in = letter.open()) {
            client.data(in);
        }
        return refused;
    }

    private static MailParameters parameters(
            SmtpClient client, Parcel parcel, NextHop needs, NextHop hop) {
        var extensions = client.extensions();
        var parameters = MailParameters.NONE;
        if (needs.eightBit() && hop.eightBit())
            parameters = parameters.withBody(Optional.of(MailParameters.Body.EIGHT_BIT));
        boolean utf8 = needs.utf8() || !isAscii(parcel.from().address());
        for (var person : parcel.to()) utf8 |= !isAscii(person.address());
        if (utf8 && extensions.has(Extension.SMTPUTF8)) parameters = parameters.withUtf8(true);
        if (parcel.wishes().requireTls()) parameters = parameters.withRequireTls(true);
        return parameters;
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }

    // RFC 3461 §4.1
    private static RcptParameters receipt(SmtpClient client, Parcel parcel) {
        return parcel.wishes().receipt() && client.extensions().has(Extension.DSN)
                ? RcptParameters.NONE.withWhen(
                        Set.of(
                                RcptParameters.Notify.SUCCESS,
                                RcptParameters.Notify.FAILURE,
                                RcptParameters.Notify.DELAY))
                : RcptParameters.NONE;
    }

    private static Address address(Person person) throws Hindrance {
        try {
            return Grammar.address(person.address());
        } catch (Refusal refusal) {
            throw Hindrance.notSo(person.address() + " can't be written to.");
        }
    }

    /// A server's no: for good, or for now.
    private static Hindrance refused(Reply reply) {
        return new Hindrance(
                reply.isPermanent() ? Kind.NOT_SO : Kind.LATER, "The server says: " + shown(reply));
    }

    private static String shown(Reply reply) {
        return Visible.line(reply.toString(), 300);
    }

    private static void remove(Optional<Path> file) throws Hindrance {
        try {
            if (file.isPresent()) Files.deleteIfExists(file.get());
        } catch (IOException e) {
            throw Hindrance.system("Sending", e);
        }
    }
}
