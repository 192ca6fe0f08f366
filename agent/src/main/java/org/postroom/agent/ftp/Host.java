package org.postroom.agent.ftp;

import org.jspecify.annotations.Nullable;
import org.postroom.agent.account.Asking;
import org.postroom.agent.account.Calls;
import org.postroom.agent.account.Folder;
import org.postroom.agent.account.Hindrance;
import org.postroom.agent.account.Hindrance.Kind;
import org.postroom.agent.account.Place;
import org.postroom.agent.account.Scheme;
import org.postroom.agent.account.SecretSource;
import org.postroom.agent.account.Trust;
import org.postroom.ftp.Command;
import org.postroom.ftp.FtpClient;
import org.postroom.ftp.Refusal;
import org.postroom.ftp.Representation;
import org.postroom.wire.Departure;
import org.postroom.wire.Secret;
import org.postroom.wire.Tap;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// A server at which somebody is known. Connections to it are made as they are needed; the first one asks
/// what has to be asked (the certificate, the password, clear text), further ones know the answers.
final class Host implements AutoCloseable {

    private static final String GUEST = "anonymous"; // RFC 1635 §3
    private static final Secret GUEST_PASSWORD = new Secret("guest");

    final Url url;
    private final Wishes wishes;
    private final Asking asking;
    private final Calls calls;
    private final Place.Net place;
    private final Optional<Secret> account;
    private final Supplier<Tap> taps;
    private final ReentrantLock asksOne = new ReentrantLock();
    private final Deque<Connection> idle = new ArrayDeque<>();
    private volatile boolean clearTextAgreed;
    private volatile boolean rooted = true;
    private volatile @Nullable String start;

    /// @param taps each hears a connection
    Host(Url url, Wishes wishes, Folder folder, Asking asking, Supplier<Tap> taps)
            throws Hindrance {
        var known = Netrc.ofUser().of(url.host(), url.user());
        String user = url.user().or(() -> known.flatMap(Netrc.Entry::login)).orElse(GUEST);
        this.url = url.withUser(user);
        this.wishes = wishes;
        this.asking = asking;
        this.taps = taps;
        this.clearTextAgreed = wishes.plain || isGuest() || url.isLoopback();
        this.place =
                new Place.Net(
                        url.kind() == Url.Kind.FTPS ? Scheme.FTPS : Scheme.FTP,
                        url.host(),
                        url.port(),
                        user);
        this.account = known.flatMap(Netrc.Entry::account);
        var told = known.flatMap(Netrc.Entry::password);
        SecretSource secret =
                wishes.passwordCommand.isPresent()
                        ? new SecretSource.Command(wishes.passwordCommand.get())
                        : wishes.keyring
                                ? new SecretSource.Keyring(user + "@" + url.host())
                                : told.<SecretSource>map(SecretSource.Known::new)
                                        .orElse(new SecretSource.Asked());
        this.calls = new Calls(new Trust(folder, asking, wishes.insecure), asking, secret);
    }

    private boolean isGuest() {
        String user = url.user().orElse(GUEST);
        return user.equals(GUEST) || user.equals("ftp");
    }

    /// Whether paths are like those of Unix. True until the server has said otherwise.
    boolean isRooted() {
        return rooted;
    }

    /// The directory in which one begins.
    String start() throws Hindrance {
        var known = start;
        if (known == null) {
            giveBack(borrow());
            known = start;
        }
        return known == null ? "/" : known;
    }

    /// A connection that nobody else works with: one that rests, or a new one.
    Connection borrow() throws Hindrance {
        while (true) {
            Connection resting;
            synchronized (idle) {
                resting = idle.poll();
            }
            if (resting == null) break;
            if (!resting.client.isOver()) return set(resting);
        }
        asksOne.lock(); // a person answers one question at a time
        try {
            return set(calls.call(place, wishes.timeout, this::open));
        } finally {
            asksOne.unlock();
        }
    }

    private Connection set(Connection connection) {
        connection.client.passive(!wishes.active);
        connection.client.extended(wishes.extended);
        return connection;
    }

    /// A connection that somebody worked with, to be used again if it still can be.
    void giveBack(Connection connection) {
        if (connection.client.isOver() || connection.isSpent()) connection.close();
        else
            synchronized (idle) {
                idle.push(connection);
            }
    }

    private Connection open(Calls.Line line) throws Departure, Hindrance {
        var tap = taps.get();
        line.wire().tap(tap);
        try {
            var client = new FtpClient(line.wire(), tap::ofData);
            if (!client.isSecured()) secure(client, line);
            if (client.isSecured()) protect(client, line);
            signIn(client);
            introduce(client);
            String here = client.pwd();
            rooted = here.startsWith("/");
            if (start == null) start = here;
            return new Connection(client, this, here);
        } catch (Refusal refusal) {
            throw new Hindrance(Kind.UNREACHABLE, place + ": " + Connection.words(refusal));
        }
    }

    // RFC 4217 §4: AUTH TLS before anything else
    private void secure(FtpClient client, Calls.Line line) throws Departure, Hindrance {
        try {
            client.authTls(line.tls(), line.host());
        } catch (Refusal none) {
            if (client.isOver() || wishes.tls)
                throw new Hindrance(
                        Kind.NOT_ALLOWED,
                        place + " offers no TLS, which --tls demands. " + Connection.words(none));
        }
    }

    // RFC 4217 §9: files in the clear behind a password under TLS are no bargain that anybody asked
    // for
    private void protect(FtpClient client, Calls.Line line) throws Departure, Hindrance {
        try {
            client.protectData(line.tls(), line.host());
        } catch (Refusal no) {
            throw new Hindrance(
                    Kind.NOT_ALLOWED,
                    place
                            + " would send files in the clear, so it is left. "
                            + Connection.words(no));
        }
    }

    private void signIn(FtpClient client) throws Departure, Hindrance {
        if (!client.isSecured() && !clearTextAgreed) {
            if (!asking.agrees(
                    place
                            + " offers no TLS: whoever is on the line will see your password and"
                            + " your files. Go on in the clear?"))
                throw new Hindrance(
                        Kind.NOT_ALLOWED,
                        place + " offers no TLS, so no password is said to it. (--plain does.)");
            clearTextAgreed = true;
        }
        try {
            client.signIn(
                    place.user(),
                    isGuest() ? GUEST_PASSWORD : calls.secret(place),
                    said -> account(said));
        } catch (Refusal wrong) {
            if (wrong.reply().code() == 530) throw calls.wrong(place, Connection.words(wrong));
            throw new Hindrance(Kind.NOT_ALLOWED, place + ": " + Connection.words(wrong));
        }
    }

    // RFC 959 §4.1.1: ACCT, where a server asks for it: a code, or whom to charge
    private Secret account(org.postroom.ftp.Reply said) throws Refusal {
        if (account.isPresent()) return account.get();
        try {
            return asking.secret(
                    org.postroom.mime.render.Visible.line(said.text(), 200)
                            + " (for "
                            + place.user()
                            + ")");
        } catch (Hindrance nobody) {
            throw new Refusal(said);
        }
    }

    /// Octets as they are, names in UTF-8, facts as far as they are of use.
    private void introduce(FtpClient client) throws Departure, Refusal {
        client.type(Representation.IMAGE.type());
        if (client.features().has("UTF8"))
            try {
                client.ask(new Command.OptsUtf8()); // some need to be told (Tolerance.OPTS_UTF8)
            } catch (Refusal notNeeded) {
                if (client.isOver()) throw notNeeded;
            }
    }

    @Override
    public String toString() {
        return place.toString();
    }

    @Override
    public void close() {
        while (true) {
            Connection resting;
            synchronized (idle) {
                resting = idle.poll();
            }
            if (resting == null) return;
            resting.close();
        }
    }
}
