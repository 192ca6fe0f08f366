package org.postroom.agent.ftp;

import org.postroom.agent.account.Hindrance;
import org.postroom.agent.account.Hindrance.Kind;
import org.postroom.ftp.Entry;
import org.postroom.ftp.Features;
import org.postroom.ftp.ForeignListing;
import org.postroom.ftp.FtpClient;
import org.postroom.ftp.Refusal;
import org.postroom.ftp.Representation;
import org.postroom.mime.render.Visible;
import org.postroom.wire.Departure;

import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A control connection that somebody is signed in at. One thread at a time works with it.
final class Connection implements AutoCloseable {

    final FtpClient client;
    private final Host host;
    private String directory;
    private boolean listsFacts = true; // until MLSD was refused
    private boolean spent;

    /// @param directory where one is after signing in
    Connection(FtpClient client, Host host, String directory) {
        this.client = client;
        this.host = host;
        this.directory = directory;
    }

    /// What is asked of the server.
    @FunctionalInterface
    interface Question<T> {
        T ask(FtpClient client) throws Departure, Refusal, Hindrance;
    }

    /// What is told to the server, from a file of ours.
    @FunctionalInterface
    interface Telling {
        void tell(FtpClient client) throws Departure, Refusal, Hindrance, IOException;
    }

    <T> T ask(Question<T> question) throws Hindrance {
        try {
            return question.ask(client);
        } catch (Departure gone) {
            throw gone(gone);
        } catch (Refusal refusal) {
            throw refused(refusal);
        }
    }

    /// @param what the file of ours
    void tell(String what, Telling telling) throws Hindrance {
        try {
            telling.tell(client);
        } catch (Departure gone) {
            throw gone(gone);
        } catch (Refusal refusal) {
            throw refused(refusal);
        } catch (IOException e) {
            throw Hindrance.system(what, e);
        }
    }

    private Hindrance gone(Departure gone) {
        return new Hindrance(
                Kind.UNREACHABLE,
                host + ": " + Visible.line(String.valueOf(gone.getMessage()), 300));
    }

    /// RFC 959 §4.2: 421 and 425, 426 are of the connection; the others of what was asked for.
    private Hindrance refused(Refusal refusal) {
        int code = refusal.reply().code();
        boolean broken = client.isOver() || code == 425 || code == 426;
        spent |= client.isSecured() && (code == 425 || code == 522);
        return new Hindrance(broken ? Kind.UNREACHABLE : Kind.NOT_SO, words(refusal));
    }

    static String words(Refusal refusal) {
        var reply = refusal.reply();
        return reply.isNonsense()
                ? "The server makes no sense: " + reply.text() + "."
                : "The server says: " + Visible.line(reply.code() + " " + reply.text(), 300);
    }

    Features features() throws Hindrance {
        return ask(FtpClient::features);
    }

    /// The server's paths are like those of Unix, so that they can be put together here.
    boolean isRooted() {
        return host.isRooted();
    }

    /// Whether a server that insists on the control connection's TLS session (TRAPS F18) found that there was
    /// no ticket of it left: a new connection has some.
    boolean isSpent() {
        return spent;
    }

    /// Where one is.
    String directory() {
        return directory;
    }

    /// Goes to a directory, if it is not there already.
    void at(String path) throws Hindrance {
        if (path.equals(directory) || path.isEmpty()) return;
        directory =
                ask(it -> {
                    it.cwd(path);
                    return it.pwd();
                });
    }

    /// One up.
    void up() throws Hindrance {
        directory =
                ask(it -> {
                    it.ask(new org.postroom.ftp.Command.Cdup());
                    return it.pwd();
                });
    }

    void as(Representation wanted) throws Hindrance {
        ask(it -> {
            it.type(wanted.type());
            it.structure(wanted.structure());
            it.mode(wanted.mode());
            return it;
        });
    }

    /// What is in a directory, but for itself and its parent; with facts where the server tells them, else as
    /// its LIST is understood.
    List<Entry> list(Optional<String> path) throws Hindrance {
        var entries = new ArrayList<Entry>();
        if (listsFacts && features().hasMlsd())
            try {
                client.mlsd(
                        path,
                        entry -> {
                            if (isWithin(entry)) entries.add(entry);
                        });
                return entries;
            } catch (Departure gone) {
                throw gone(gone);
            } catch (Refusal refusal) {
                if (client.isOver() || !isUnknown(refusal)) throw refused(refusal);
                listsFacts = false;
            }
        listsFacts = false;
        var understood = new ForeignListing(LocalDate.now(ZoneOffset.UTC));
        ask(it -> {
            it.list(path, understood::line);
            return it;
        });
        return understood.entries();
    }

    /// Whether times in listings are exact.
    boolean hasFacts() {
        return listsFacts;
    }

    private static boolean isUnknown(Refusal refusal) {
        return switch (refusal.reply().code()) {
            case 500, 501, 502, 504 -> true;
            default -> false;
        };
    }

    private static boolean isWithin(Entry entry) {
        return switch (entry.kind()) {
            case LISTED_DIRECTORY, PARENT_DIRECTORY -> false;
            case FILE, DIRECTORY, OTHER -> !entry.path().equals(".") && !entry.path().equals("..");
        };
    }

    /// Breaks off a transfer; or, the second time, all of it.
    void stop(boolean again) {
        try {
            if (again) client.hangUp();
            else client.abort();
        } catch (Departure gone) {
            client.hangUp();
        }
    }

    /// With a good-bye, if the server still hears it.
    @Override
    public void close() {
        try {
            if (!client.isOver()) client.quit();
        } catch (Departure | Refusal gone) {
            client.hangUp();
        } finally {
            client.close();
        }
    }
}
