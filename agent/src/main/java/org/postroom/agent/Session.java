package org.postroom.agent;

import org.jspecify.annotations.Nullable;
import org.postroom.agent.access.Access;
import org.postroom.agent.access.Fetched;
import org.postroom.agent.access.ImapAccess;
import org.postroom.agent.access.Mailbox.Use;
import org.postroom.agent.access.Pop3Access;
import org.postroom.agent.access.Row;
import org.postroom.agent.account.Account;
import org.postroom.agent.account.Calls;
import org.postroom.agent.account.Folder;
import org.postroom.agent.account.Hindrance;
import org.postroom.agent.account.Trust;
import org.postroom.agent.keys.KeyRing;
import org.postroom.agent.keys.Letterbox;
import org.postroom.agent.keys.Letterbox.Looked;
import org.postroom.agent.keys.State;
import org.postroom.agent.letter.Book;
import org.postroom.agent.letter.Outbox;
import org.postroom.agent.letter.Submission;
import org.postroom.crypto.letter.Reader;
import org.postroom.mime.compose.Composer;
import org.postroom.wire.Fault;

import java.io.IOException;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.atomic.AtomicBoolean;

/// One person at work on her letters: the account, the open mailbox, the letter that she is at. The
/// server is called when something of it is needed.
final class Session implements AutoCloseable {

    final Folder folder;
    final Account account;
    final Desk desk;
    final Calls calls;
    final Book book;
    final Composer composer;
    final KeyRing ring;

    private static final Looked NOTHING =
            new Looked(Optional.empty(), State.NONE, List.of(), List.of());

    private final String first; // the mailbox to begin with
    private @Nullable Access access;
    private boolean begun; // a mailbox is open
    private int current;
    private final AtomicBoolean told = new AtomicBoolean(); // that there are new letters
    private List<Integer> found = List.of();
    private final SequencedSet<Integer> tagged = new LinkedHashSet<>();
    private @Nullable Opened opened; // the letter that was read last

    /// A letter that was read, so that its parts need not be fetched again.
    ///
    /// @param fetched what may be shown of it: of an encrypted one, what was within
    /// @param looked what is known of it
    /// @param came as it lies at the server
    private record Opened(Row row, Fetched fetched, Looked looked, Fetched came) {}

    Session(Folder folder, Account account, Desk desk, boolean insecure, Optional<String> mailbox)
            throws Hindrance {
        this.folder = folder;
        this.account = account;
        this.desk = desk;
        this.calls = new Calls(new Trust(folder, desk, insecure), desk, account.secret());
        this.book = Book.of(folder);
        this.composer = Composer.of(ZoneId.systemDefault(), account.person().domain());
        this.ring = new KeyRing(folder, account, desk);
        this.first = mailbox.or(account::mailbox).orElse("INBOX");
    }

    /// The server, with a mailbox open.
    Access access() throws Hindrance {
        var open = server();
        if (!begun) open(first);
        return open;
    }

    /// Hears how many letters came into the open mailbox.
    int news() throws Hindrance {
        told.set(false);
        return access().news();
    }

    /// Whether it is worth telling that there are new letters: once, until somebody looks.
    boolean isNews() {
        return !told.getAndSet(true);
    }

    /// The server, whatever is open.
    Access server() throws Hindrance {
        var open = access;
        if (open == null)
            access =
                    open =
                            account.access().scheme().isPop3()
                                    ? Pop3Access.of(account, calls, folder)
                                    : ImapAccess.of(account, calls);
        return open;
    }

    /// Whether the server tells by itself of new letters.
    boolean isTold() {
        return access instanceof ImapAccess imap && imap.canIdle();
    }

    /// The mailbox that is open, or will be.
    String place() {
        var open = access;
        return open == null || open.mailbox().isEmpty() ? first : open.mailbox();
    }

    void open(String mailbox) throws Hindrance {
        server().open(mailbox);
        opened();
    }

    /// A mailbox was opened, perhaps the same one: its letters are numbered anew.
    void opened() {
        forget();
        begun = true;
        current = 0;
        found = List.of();
        tagged.clear();
    }

    /// The number of the letter that the person is at, or 0.
    int current() {
        return current;
    }

    void current(int number) {
        current = number;
    }

    List<Integer> found() {
        return found;
    }

    void found(List<Integer> numbers) {
        found = List.copyOf(numbers);
    }

    /// The letters that the person has tagged, to do something with all of them.
    SequencedSet<Integer> tagged() {
        return tagged;
    }

    Row row(int number) throws Hindrance {
        var rows = access().rows(number, number);
        if (rows.isEmpty())
            throw Hindrance.notSo(
                    "There is no letter " + number + " in " + access().mailbox() + ".");
        return rows.getFirst();
    }

    /// The letter as far as it is shown.
    Fetched read(Row row) throws Hindrance {
        var before = opened;
        if (before != null
                && before.row.id().equals(row.id())
                && before.row.number() == row.number()) return before.fetched;
        forget();
        var come = open(row, access().fetchToRead(row));
        opened = come;
        return come.fetched;
    }

    /// Of a letter that is signed or encrypted all is needed, and shown is what was within.
    private Opened open(Row row, Fetched part) throws Hindrance {
        boolean concerns;
        try {
            concerns = Reader.concerns(part.summary(), part.source());
        } catch (IOException e) {
            part.close();
            throw Hindrance.system("Reading the letter", e);
        }
        var came = part;
        if (concerns && !part.absent().isEmpty()) {
            part.close();
            came = access().fetch(row);
        }
        var looked =
                concerns || came.absent().isEmpty()
                        ? new Letterbox(ring).look(came.summary(), came.source())
                        : NOTHING;
        var inside = looked.opened();
        if (!concerns || inside.isEmpty()) return new Opened(row, came, looked, came);
        var fetched =
                new Fetched(
                        inside.get().source(), inside.get().summary(), Map.of(), Optional.empty());
        return new Opened(row, fetched, looked, came);
    }

    /// What is known of the letter that was read last.
    Looked looked() {
        var last = opened;
        return last == null ? NOTHING : last.looked;
    }

    private void forget() {
        var before = opened;
        opened = null;
        if (before == null) return;
        before.came.close();
        try {
            before.looked.close();
        } catch (IOException e) {
            throw new Fault("removing a temporary file", e);
        }
    }

    Submission submission() {
        return new Submission(account, calls, composer);
    }

    Outbox outbox() {
        return new Outbox(folder, account.name());
    }

    /// The mailbox that serves a use, made if there is none; nothing where there are no mailboxes.
    Optional<String> mailboxFor(Use use) throws Hindrance {
        if (account.access().scheme().isPop3()) return Optional.empty();
        var found = server().serving(use);
        if (found.isPresent()) return found;
        try {
            server().create(use.usual());
            return Optional.of(use.usual());
        } catch (Hindrance notThere) { // some want all mailboxes below INBOX
            String delimiter =
                    server().mailboxes("INBOX").stream()
                            .findFirst()
                            .map(inbox -> inbox.delimiter())
                            .orElse("/");
            String below = "INBOX" + delimiter + use.usual();
            server().create(below);
            return Optional.of(below);
        }
    }

    /// Drops a connection that broke, so that the next need of it calls again.
    void hangUp() {
        forget();
        access = null;
        begun = false;
    }

    @Override
    public void close() throws Hindrance {
        forget();
        var open = access;
        access = null;
        if (open != null) open.close();
    }
}
